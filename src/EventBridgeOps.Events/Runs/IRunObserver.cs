using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Runs;

/// <summary>Receives the progress, warnings and failures of a run. Called from any thread, so a front end passes them to the thread that shows them.</summary>
public interface IRunObserver
{
    /// <summary>How the front end spells actions and parameters, also in the texts of results.</summary>
    IVoice Voice { get; }

    /// <summary>Reports progress.</summary>
    /// <param name="progress">The newest count.</param>
    void Progress(RunProgress progress);

    /// <summary>Reports something that needs attention although nothing failed.</summary>
    /// <param name="message">One sentence.</param>
    void Warning(Message message);

    /// <summary>Reports a decision of the run.</summary>
    /// <param name="message">One sentence.</param>
    void Verbose(Message message);

    /// <summary>Reports an item that failed; the run continues.</summary>
    /// <param name="failure">What failed and why.</param>
    void Failed(ItemFailure failure);
}

/// <summary>Texts for the results of a run.</summary>
public static class RunObserverTexts
{
    /// <summary>A message in the spelling of the front end that watches.</summary>
    /// <param name="observer">Who watches the run.</param>
    /// <param name="message">The message.</param>
    public static string Text(this IRunObserver observer, Message message) => message.In(observer.Voice);

    /// <summary>An error's message in that spelling, without secrets.</summary>
    /// <param name="observer">Who watches the run.</param>
    /// <param name="error">The error.</param>
    public static string Text(this IRunObserver observer, OpsException error) => error.In(observer.Voice).Message;
}

/// <summary>The progress of a run.</summary>
/// <param name="Activity">What the run does, for people: <c>Reading targets</c>.</param>
/// <param name="Done">Items finished.</param>
/// <param name="Total">Items known so far; null while unknown.</param>
/// <param name="Current">The current item, for display; may be null.</param>
public sealed record RunProgress(Message Activity, int Done, int? Total, string? Current = null);

/// <summary>An item of a run that failed.</summary>
/// <param name="Error">Why, with its stable id.</param>
/// <param name="Target">The item: what PowerShell carries as <c>TargetObject</c>.</param>
public sealed record ItemFailure(OpsException Error, object? Target)
{
    /// <summary>The number of items that failed.</summary>
    public int Count { get; init; } = 1;
}

/// <summary>An observer that ignores everything.</summary>
public sealed class SilentObserver : IRunObserver
{
    private SilentObserver(IVoice voice) => Voice = voice;

    /// <summary>The instance for texts in no front end's spelling.</summary>
    public static SilentObserver Instance { get; } = new(NeutralVoice.Instance);

    /// <inheritdoc/>
    public IVoice Voice { get; }

    /// <summary>An observer for texts in the spelling of a front end.</summary>
    /// <param name="voice">The spelling.</param>
    public static SilentObserver In(IVoice voice) => new(voice);

    /// <inheritdoc/>
    public void Progress(RunProgress progress)
    {
    }

    /// <inheritdoc/>
    public void Warning(Message message)
    {
    }

    /// <inheritdoc/>
    public void Verbose(Message message)
    {
    }

    /// <inheritdoc/>
    public void Failed(ItemFailure failure)
    {
    }
}
