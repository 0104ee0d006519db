using EventBridgeOps.Changes;
using EventBridgeOps.Publishing;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Jobs;

/// <summary>The operations on the jobs of a store.</summary>
/// <param name="store">The job store; it is closed with this object.</param>
/// <param name="publisher">Sends the events.</param>
/// <param name="ids">Creates new IDs.</param>
/// <param name="batch">The Batch jobs of the account.</param>
/// <param name="identity">The caller.</param>
/// <param name="region">The Region.</param>
/// <param name="retry">What to do when the retries of a call are exhausted.</param>
/// <param name="time">The clock.</param>
public sealed class MvpJobs(IMvpJobStore store, EventPublisher publisher, IdSource ids, IBatchJobApi batch, IIdentityApi identity, string region, ItemRetry retry, TimeProvider time) : IDisposable
{
    /// <summary>The job store.</summary>
    public IMvpJobStore Store => store;

    /// <summary>Sends requests.</summary>
    public MvpSender Sender { get; } = new(store, publisher, ids, retry, time);

    /// <summary>Reads jobs and waits for them.</summary>
    public MvpJobReader Reader { get; } = new(store, batch, retry, time);

    /// <summary>Stops jobs.</summary>
    public MvpJobStopper Stopper { get; } = new(store, batch, retry, time);

    /// <summary>Updates jobs from the events of Batch.</summary>
    public MvpJobUpdater Updater { get; } = new(store, identity, region, retry, time);

    /// <summary>Sends the events of pending jobs again.</summary>
    public MvpJobRepair Repair { get; } = new(store, new MvpSender(store, publisher, ids, retry, time), retry, time);

    /// <summary>Closes the store.</summary>
    public void Dispose() => store.Dispose();
}
