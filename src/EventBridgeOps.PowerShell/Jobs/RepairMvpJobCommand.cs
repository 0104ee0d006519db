using System.Management.Automation;
using EventBridgeOps.Jobs;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Runs;

namespace EventBridgeOps.PowerShell.Jobs;

/// <summary>Repairs pending MVP jobs: sends their events again, with the same IDs.</summary>
[Performs("mvp repair")]
[Requires("events:PutEvents", "events:DescribeEventBus", On = "arn:aws:events:*:123456789012:event-bus/mvp-development")]
[Requires("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Scan", On = "arn:aws:dynamodb:*:123456789012:table/mvp-development-jobs*")]
[Cmdlet(VerbsDiagnostic.Repair, "MvpJob", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(MvpSendResult))]
public sealed class RepairMvpJobCommand : JobCmdlet
{
    private readonly Dictionary<JobPlace, List<string>> _ids = [];

    /// <summary>Only these jobs. By default, all that have been pending long enough.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JobCompleter))]
    public string[]? JobId { get; set; }

    /// <summary>How long a job must have been pending, unless it is named. A more recent one may still be in progress.</summary>
    [Parameter]
    public TimeSpan MinimumAge { get; set; } = MvpJobRepair.DefaultMinimumAge;

    /// <summary>The database URL, for jobs whose event contained it; a SecureString. By default <c>FOUNDERDASH_DB_URL</c>, <c>FOUNDERDASH_DATABASE_URL</c> or <c>DATABASE_URL</c>.</summary>
    [Parameter]
    public object? DatabaseUrl { get; set; }

    /// <summary>The maximum number of concurrent calls.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = ThrottleLimits.Default;

    /// <summary>Collects the IDs.</summary>
    protected override void ProcessRecord()
    {
        JobPlace place = Place();
        if (!_ids.TryGetValue(place, out List<string>? ids))
            _ids.Add(place, ids = []);
        ids.AddRange(JobId ?? []);
    }

    /// <summary>Sends the events.</summary>
    protected override void EndProcessing()
    {
        string? url = DatabaseSetting.Find(Reveal(DatabaseUrl), Setting);
        foreach ((JobPlace place, List<string> ids) in _ids.Select(at => (at.Key, at.Value)))
        {
            // An empty pipeline means no jobs, and not all of them.
            if (ids.Count == 0 && MyInvocation.ExpectingInput)
                continue;
            Start(async () =>
            {
                MvpJobs jobs = await OpenJobsAsync(place);
                await WriteAllAsync(jobs.Repair.RunAsync(ids, MinimumAge, url, ThrottleLimit, ApproveAsync, Observer, StopToken));
            });
        }

        base.EndProcessing();
    }
}
