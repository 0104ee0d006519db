using System.Collections.Concurrent;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Tests;

/// <summary>An observer that keeps all that a run reports, in the spelling of no front end.</summary>
public class RecordingObserver : IRunObserver
{
    private readonly ConcurrentQueue<ItemFailure> _failures = new();
    private readonly ConcurrentQueue<RunProgress> _progress = new();
    private readonly ConcurrentQueue<string> _warnings = new();
    private readonly ConcurrentQueue<string> _decisions = new();

    public IVoice Voice => NeutralVoice.Instance;

    public IReadOnlyList<ItemFailure> Failures => [.. _failures];

    public IReadOnlyList<RunProgress> ProgressSeen => [.. _progress];

    public IReadOnlyList<string> Warnings => [.. _warnings];

    public IReadOnlyList<string> Decisions => [.. _decisions];

    public void Progress(RunProgress progress) => _progress.Enqueue(progress);

    public void Warning(Message message) => _warnings.Enqueue(message.ToString());

    public void Verbose(Message message) => _decisions.Enqueue(message.ToString());

    public void Failed(ItemFailure failure) => _failures.Enqueue(failure);
}
