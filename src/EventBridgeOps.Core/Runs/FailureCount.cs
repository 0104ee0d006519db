using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Runs;

/// <summary>Passes everything on, and counts what failed.</summary>
internal sealed class FailureCount(IRunObserver observer) : PassingObserver(observer)
{
    private int _failures;

    public int Failures => Volatile.Read(ref _failures);

    public override void Failed(ItemFailure failure)
    {
        Interlocked.Add(ref _failures, failure.Count);
        base.Failed(failure);
    }
}
