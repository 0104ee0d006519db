using EventBridgeOps.Publishing;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Jobs;

/// <summary>All that can be done with the jobs of one store.</summary>
/// <param name="store">Where jobs are kept; it is closed with this.</param>
/// <param name="publisher">Sends the events.</param>
/// <param name="ids">Where new ids come from.</param>
/// <param name="batch">The account's Batch jobs.</param>
/// <param name="retry">What to do when a call has run out of tries.</param>
/// <param name="time">The clock.</param>
public sealed class MvpJobs(IMvpJobStore store, EventPublisher publisher, IdSource ids, IBatchJobApi batch, ItemRetry retry, TimeProvider time) : IDisposable
{
    /// <summary>Where jobs are kept.</summary>
    public IMvpJobStore Store => store;

    /// <summary>Sends requests.</summary>
    public MvpSender Sender { get; } = new(store, publisher, ids, retry, time);

    /// <summary>Reads jobs, and waits for them.</summary>
    public MvpJobReader Reader { get; } = new(store, batch, retry, time);

    /// <summary>Stops jobs.</summary>
    public MvpJobStopper Stopper { get; } = new(store, batch, retry, time);

    /// <summary>Moves jobs by what Batch tells.</summary>
    public MvpJobUpdater Updater { get; } = new(store, retry, time);

    /// <summary>Finishes what is pending.</summary>
    public MvpJobRepair Repair { get; } = new(store, new MvpSender(store, publisher, ids, retry, time), retry, time);

    /// <summary>Closes the store.</summary>
    public void Dispose() => store.Dispose();
}
