using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Automation;

/// <summary>Keeps the failures of a run, to tell those that another delivery would not have from those that stay.</summary>
internal sealed class FailureList(IRunObserver observer) : PassingObserver(observer)
{
    private readonly List<OpsException> _errors = [];

    public IReadOnlyList<OpsException> Errors
    {
        get
        {
            lock (_errors)
                return [.. _errors];
        }
    }

    public override void Failed(ItemFailure failure)
    {
        lock (_errors)
            _errors.Add(failure.Error);
        base.Failed(failure);
    }

    /// <summary>Throws a failure that may pass, so that the event is delivered again.</summary>
    public void ThrowIfMayPass()
    {
        if (Errors.FirstOrDefault(MayPass) is { } error)
            throw new OpsException(error.ErrorId, error.Said, error);
    }

    /// <summary>Whether another delivery of the event may succeed.</summary>
    public static bool MayPass(OpsException error) => error is ServiceCallException { MayPass: true }
        || error.ErrorId is ErrorIds.TargetChanged or ErrorIds.ConcurrentModification or ErrorIds.NotVerified or ErrorIds.JournalUnavailable or ErrorIds.WorkTableUnavailable or ErrorIds.WorkInProgress;
}
