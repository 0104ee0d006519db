using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Runs;

/// <summary>Counts expected and finished items, from any thread, and reports progress to the observer.</summary>
internal sealed class ProgressCount(IRunObserver observer, Message activity)
{
    private int _done;
    private int _total;

    public void Expect(int more) => Interlocked.Add(ref _total, more);

    public void Finish(string item) => observer.Progress(new RunProgress(activity, Interlocked.Increment(ref _done), Volatile.Read(ref _total), item));
}
