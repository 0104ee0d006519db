using EventBridgeOps.Changes;
using EventBridgeOps.Deployments;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Images;
using EventBridgeOps.ServiceDeployments;

namespace EventBridgeOps.Automation;

/// <summary>An image is ready: the Amazon ECS services that run it are deployed. Nothing waits for the end: Amazon ECS reports it with another event.</summary>
/// <remarks>It can be run again at any time: a service that runs the image already, or is just being deployed with it, is not deployed again.</remarks>
/// <param name="update">Deploys services.</param>
/// <param name="reader">Reads deployments.</param>
/// <param name="started">Remembers what was started.</param>
/// <param name="settings">Which services run which repository, and how they are deployed.</param>
public sealed class ServiceUpdateTask(ServiceUpdate update, ServiceDeploymentReader reader, StartedDeployments started, DeploymentSettings settings)
{
    /// <summary>Reads the event.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="observer">Receives why it is skipped, and a failure that names each field that is not valid.</param>
    /// <returns>The image and its services; null if there is nothing to deploy.</returns>
    public DeploymentReady? Read(EventDocument happened, IRunObserver observer) => DeploymentReady.Read(happened, settings.Sources, settings.Map, observer);

    /// <summary>The same for each delivery of the event; null if the event has no ID.</summary>
    /// <param name="ready">The event.</param>
    public static WorkKey? Key(DeploymentReady ready) => ready.EventId is { Length: > 0 } id ? new("service-update", id) : null;

    /// <summary>Deploys the services.</summary>
    /// <param name="ready">The event.</param>
    /// <param name="observer">Receives warnings and failures.</param>
    /// <param name="cancellationToken">Cancels the run; what was in flight is recorded in the journal.</param>
    /// <exception cref="OpsException">A failure that may pass: the event should be delivered again.</exception>
    public async Task<AutomationOutcome> RunAsync(DeploymentReady ready, IRunObserver observer, CancellationToken cancellationToken)
    {
        FailureList failures = new(observer);
        ServiceSelection[] selections = [.. ready.Services.Select(place => ServiceSelection.From([place.ClusterName], [place.ServiceName], settings.RegisterImage ? ready.Image : null))];
        List<ServiceUpdateResult> results = [];
        await foreach (ServiceUpdateResult result in update.RunAsync(Streams.From(selections), new ServiceUpdateOptions(), TargetFollower.Always, failures, cancellationToken))
            results.Add(result.Status == SyncStatus.AlreadyCurrent ? await TakeOverAsync(result, failures, cancellationToken) : result);
        foreach (ServiceUpdateResult result in results.Where(result => result.DeploymentId is not null))
            await started.RecordAsync(new StartedDeployment(result.DeploymentId!, result.PreviousTaskDefinition, result.TaskDefinition, result.ChangeId, Facts(ready, [result])), cancellationToken);
        failures.ThrowIfMayPass();

        bool isStarted = results.Exists(result => result.DeploymentId is not null);
        string[] services = [.. results.Select(result => result.ToString())];
        ServiceUpdateResult[] others = [.. results.Where(result => !settings.RegisterImage && !Names(result.Image, ready.Image))];
        Message said = others.Length > 0 ? AutomationMessages.OtherImages(ready.Image, others.Select(result => result.ToString()), others.Select(result => result.Image).Distinct())
            : isStarted ? AutomationMessages.DeploymentsStarted(ready.Image, results.Where(result => result.DeploymentId is not null).Select(result => result.ToString()))
            : failures.Errors.Count == 0 && results.Count > 0 && results.TrueForAll(result => result.Status == SyncStatus.AlreadyCurrent) ? AutomationMessages.AlreadyDeployed(ready.Image, services)
            : AutomationMessages.NotDeployed(ready.Image, ready.Services.Select(place => place.ToString()));
        return new AutomationOutcome
        {
            Task = AutomationTask.ServiceUpdate,
            Status = failures.Errors.Count > 0 ? AutomationStatus.Failed : isStarted ? AutomationStatus.Started : results.Count == 0 ? AutomationStatus.Nothing : AutomationStatus.Done,
            Message = observer.Text(failures.Errors.Count == 0 ? said : AutomationMessages.WithFailures(said, failures.Errors.Count, failures.Errors[0])),
            ChangeIds = TargetFollower.Changes(results.Select(result => result.ChangeId)),
            Items = [.. results.Select(result => new AutomationItem("service", result.ToString(), result.PreviousTaskDefinition, result.TaskDefinition, result.Status.ToString(), result.Reason))],
            Facts = Facts(ready, results),
        };
    }

    // Without another revision a service runs the images of its task definition, whatever was announced. An image that could not be read is not claimed to be another.
    private static bool Names(string? images, string announced)
    {
        ImageSelection wanted = ServiceSelection.From(null, null, announced).Image!;
        return images is null || images.Split([", "], StringSplitOptions.None).Any(text =>
            ImageReference.TryParse(text, out ImageReference? image) && wanted.IsMeant(image) && image.IsSame(image.With(wanted.ImageTag, wanted.ImageDigest)));
    }

    // The instance that started it may have ended before it could remember it; whoever started it, its end is what the event is waited for.
    private async Task<ServiceUpdateResult> TakeOverAsync(ServiceUpdateResult result, IRunObserver observer, CancellationToken cancellationToken)
    {
        ServiceQuery query = new() { ClusterName = [result.ClusterName], ServiceName = [result.ServiceName] };
        await foreach (ServiceDeployment deployment in reader.ReadAsync(query, observer, cancellationToken))
        {
            if (deployment is { IsPrimary: true, State: ServiceState.Deploying, DeploymentId: { } id })
                return result with { DeploymentId = id, State = ServiceState.Deploying, Reason = observer.Text(AutomationMessages.DeploymentTakenOver(id)) };
        }

        return result;
    }

    private static Dictionary<string, string> Facts(DeploymentReady ready, List<ServiceUpdateResult> results)
    {
        Dictionary<string, string> facts = new(StringComparer.Ordinal) { ["repository"] = ready.Repository, ["tag"] = ready.Tag, ["image"] = ready.Image };
        Add("cluster", Join(results.Count > 0 ? results.Select(result => result.ClusterName) : ready.Services.Select(place => place.ClusterName)));
        Add("service", Join(results.Count > 0 ? results.Select(result => result.ServiceName) : ready.Services.Select(place => place.ServiceName)));
        Add("deploymentId", Join(results.Select(result => result.DeploymentId)));
        Add("branch", ready.Branch);
        Add("commit", ready.Commit);
        Add("actor", ready.Actor);
        Add("runUrl", ready.RunUrl);
        return facts;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                facts[name] = value!;
        }
    }

    private static string Join(IEnumerable<string?> values) => string.Join(", ", values.OfType<string>().Distinct(StringComparer.Ordinal));
}
