using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Images;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Automation;

/// <summary>An image was pushed: the job definitions that run it get a new revision, and the targets follow.</summary>
/// <remarks>It can be run again at any time: a job definition that runs the image already gets none, and a target that names the latest revision is not written.</remarks>
/// <param name="update">Registers revisions.</param>
/// <param name="scanner">Finds targets.</param>
/// <param name="sync">Repairs targets.</param>
/// <param name="settings">What is followed.</param>
public sealed class ImagePushTask(ImageUpdate update, TargetScanner scanner, TargetSync sync, PushSettings settings)
{
    /// <summary>Reads the push.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="observer">Receives why it is skipped.</param>
    /// <returns>The push; null if it is not one that is followed.</returns>
    public ImageSelection? Read(EventDocument happened, IRunObserver observer)
    {
        if (EcrPushEvent.Read(happened, observer, includeUntagged: false) is not { } push)
            return null;
        if (!settings.IsMeant(push))
        {
            observer.Verbose(AutomationMessages.PushNotMeant(push.ToString(), settings.Repositories, settings.Tags));
            return null;
        }

        return push with { JobDefinition = settings.JobDefinitions };
    }

    /// <summary>The same for each delivery of the event of a push, and another for the next push of the same image.</summary>
    /// <param name="push">The push.</param>
    public static WorkKey Key(ImageSelection push) => new("image-push", $"{push.RegistryId}/{push.RegistryRegion}/{push.RepositoryName}:{push.ImageTag}@{push.PushedDigest} {push.PushedAt:O}");

    /// <summary>Follows a push.</summary>
    /// <param name="push">The push.</param>
    /// <param name="observer">Receives warnings and failures.</param>
    /// <param name="cancellationToken">Cancels the run; what was in flight is recorded in the journal.</param>
    /// <exception cref="OpsException">A failure that may pass: the event should be delivered again.</exception>
    public async Task<AutomationOutcome> RunAsync(ImageSelection push, IRunObserver observer, CancellationToken cancellationToken)
    {
        FailureList failures = new(observer);
        ImageUpdateOptions options = new() { PinDigest = settings.PinDigest, KeepRevisions = settings.KeepRevisions, MaxSeverity = settings.MaxSeverity };
        List<BatchImageUpdate> updates = await update.RunAsync(Streams.From([push]), options, TargetFollower.Always, failures, cancellationToken).ToListAsync(cancellationToken);
        string[] inPlace = [.. updates.Where(result => BatchImageUpdate.IsInPlace(result.Status.ToString())).Select(result => result.JobDefinitionName)];
        IReadOnlyList<TargetSyncResult> targets = inPlace.Length == 0 ? [] : await FollowAsync(inPlace, failures, cancellationToken);
        failures.ThrowIfMayPass();

        AutomationItem[] items = [.. updates.Select(Item), .. targets.Select(TargetFollower.Item)];
        return new AutomationOutcome
        {
            Task = AutomationTask.ImagePush,
            Status = failures.Errors.Count > 0 ? AutomationStatus.Failed : updates.Count == 0 ? AutomationStatus.Nothing : AutomationStatus.Done,
            Message = observer.Text(Said(push, updates, targets, failures)),
            ChangeIds = TargetFollower.Changes(updates.Select(result => result.ChangeId), targets.Select(result => result.ChangeId)),
            Items = items,
            Facts = new Dictionary<string, string> { ["repository"] = push.RepositoryName, ["tag"] = push.ImageTag ?? "", ["digest"] = push.PushedDigest ?? "" },
        };
    }

    private async Task<IReadOnlyList<TargetSyncResult>> FollowAsync(IReadOnlyList<string> jobDefinitions, IRunObserver observer, CancellationToken cancellationToken)
    {
        TargetQuery query = TargetQuery.Following([.. jobDefinitions], settings.EventBuses, null, thorough: false, new SyncOptions().ThrottleLimit).Expecting(settings.JobQueues, null);
        return await TargetFollower.SyncAsync(sync, TargetSelection.FromAll(scanner.ScanAsync(query, observer, cancellationToken)), observer, cancellationToken);
    }

    private static AutomationItem Item(BatchImageUpdate update) =>
        new("job-definition", update.ToString(), update.PreviousImage, update.Image, update.Status.ToString(), update.Reason);

    private static Message Said(ImageSelection push, List<BatchImageUpdate> updates, IReadOnlyList<TargetSyncResult> targets, FailureList failures)
    {
        int registered = updates.Count(result => result.Status == SyncStatus.Updated);
        int moved = targets.Count(result => result.Status == SyncStatus.Updated);
        Message said = updates.Count == 0 ? AutomationMessages.NoDefinitionRuns(push.RepositoryName) : AutomationMessages.PushFollowed(push.ToString(), registered, moved);
        return failures.Errors.Count == 0 ? said : AutomationMessages.WithFailures(said, failures.Errors.Count, failures.Errors[0]);
    }
}
