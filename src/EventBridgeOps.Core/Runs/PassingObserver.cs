using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Runs;

/// <summary>Passes on what is reported, but for what it overrides.</summary>
/// <param name="observer">Receives it.</param>
internal abstract class PassingObserver(IRunObserver observer) : IRunObserver
{
    public IVoice Voice => observer.Voice;

    protected IRunObserver Inner => observer;

    public void Progress(RunProgress progress) => observer.Progress(progress);

    public virtual void Warning(Message message) => observer.Warning(message);

    public void Verbose(Message message) => observer.Verbose(message);

    public virtual void Failed(ItemFailure failure) => observer.Failed(failure);
}
