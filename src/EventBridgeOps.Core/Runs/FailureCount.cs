using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Runs;

/// <summary>Passes everything on, and counts what failed.</summary>
internal sealed class FailureCount(IRunObserver observer) : IRunObserver
{
    private int _failures;

    public IVoice Voice => observer.Voice;

    public int Failures => Volatile.Read(ref _failures);

    public void Progress(RunProgress progress) => observer.Progress(progress);

    public void Warning(Message message) => observer.Warning(message);

    public void Verbose(Message message) => observer.Verbose(message);

    public void Failed(ItemFailure failure)
    {
        Interlocked.Add(ref _failures, failure.Count);
        observer.Failed(failure);
    }
}
