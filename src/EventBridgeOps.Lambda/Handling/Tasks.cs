using EventBridgeOps.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Automation;
using EventBridgeOps.Aws.Jobs;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.DeadLetters;
using EventBridgeOps.Images;
using EventBridgeOps.Jobs;
using EventBridgeOps.Publishing;
using EventBridgeOps.Rules;
using EventBridgeOps.ServiceDeployments;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Lambda.Handling;

/// <summary>The tasks of the function, over one session.</summary>
internal sealed class Tasks
{
    private readonly Lazy<JobStateTask?> _jobState;

    /// <summary>Makes the tasks.</summary>
    /// <param name="session">The session.</param>
    /// <param name="host">The host of the session.</param>
    /// <param name="settings">The configuration.</param>
    /// <param name="table">The table for leases and the journal; null for none.</param>
    public Tasks(OpsSession session, SessionHost host, AutomationSettings settings, string? table)
    {
        IWorkLedger? ledger = table is null ? null : session.Get<AutomationTables>().Ledger(table);
        Once = new WorkOnce(ledger, host.Time, host.Random);
        ImagePush = new ImagePushTask(session.Get<ImageUpdate>(), session.Get<TargetScanner>(), session.Get<TargetSync>(), settings.Push);
        DriftRepair repair = new(session.Get<TargetSync>(), session.Get<RuleOwner>(), settings.Drift);
        Drift = new DriftTask(session.Get<TargetScanner>(), repair, settings.Drift);
        StartedDeployments started = new(ledger);
        ServiceUpdate = new ServiceUpdateTask(session.Get<ServiceUpdate>(), session.Get<ServiceDeploymentReader>(), started, settings.Deployment);
        ServiceDeployment = new ServiceDeploymentTask(session.Get<ServiceDeploymentReader>(), started);
        DeadLetter = new DeadLetterTask(session.Get<IMessageQueueApi>(), session.Get<DiagnosisSources>(), session.Get<DeadLetterRedrive>(), session.Get<TargetScanner>(), repair, settings);
        Announcer = new Announcer(session.Get<IEventBusApi>(), session.Get<ITopicApi>(), settings, table);
        Redaction = new EventRedaction(settings.Log.Redact);
        _jobState = new(() => settings.JobTable is { } jobs ? new JobStateTask(session.Get<MvpJobStores>().Open(new JobStoreChoice(null, jobs)).Updater) : null);
    }

    /// <summary>Does each piece of work once.</summary>
    public WorkOnce Once { get; }

    /// <summary>Image pushes.</summary>
    public ImagePushTask ImagePush { get; }

    /// <summary>Drift checks.</summary>
    public DriftTask Drift { get; }

    /// <summary>Images that are ready to be deployed to Amazon ECS.</summary>
    public ServiceUpdateTask ServiceUpdate { get; }

    /// <summary>Deployments that Amazon ECS reports.</summary>
    public ServiceDeploymentTask ServiceDeployment { get; }

    /// <summary>Dead letters.</summary>
    public DeadLetterTask DeadLetter { get; }

    /// <summary>Job states; null without a table of jobs.</summary>
    public JobStateTask? JobState => _jobState.Value;

    /// <summary>Announces outcomes.</summary>
    public Announcer Announcer { get; }

    /// <summary>Redacts events before they are logged.</summary>
    public EventRedaction Redaction { get; }
}
