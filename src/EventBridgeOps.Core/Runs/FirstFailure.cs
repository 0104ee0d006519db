using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Runs;

/// <summary>Keeps the first failure instead of passing any on.</summary>
internal sealed class FirstFailure(IRunObserver observer) : PassingObserver(observer)
{
    private OpsException? _error;

    public OpsException? Error => _error;

    public override void Warning(Message message) => Verbose(message);

    public override void Failed(ItemFailure failure) => Interlocked.CompareExchange(ref _error, failure.Error, null);
}
