using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Runs;

/// <summary>What a run tells of itself besides its results. Called from any thread, so a front end passes it on to the thread that shows things.</summary>
public interface IRunObserver
{
    /// <summary>How far the run is.</summary>
    /// <param name="progress">The newest count.</param>
    void Progress(RunProgress progress);

    /// <summary>Something that needs a human, though nothing failed.</summary>
    /// <param name="message">One sentence.</param>
    void Warning(string message);

    /// <summary>A decision that the run took.</summary>
    /// <param name="message">One sentence.</param>
    void Verbose(string message);

    /// <summary>One item failed; the run goes on.</summary>
    /// <param name="failure">What failed and why.</param>
    void Failed(ItemFailure failure);
}

/// <summary>How far a run is.</summary>
/// <param name="Activity">What the run does, for people: <c>Reading targets</c>.</param>
/// <param name="Done">Items finished.</param>
/// <param name="Total">Items known so far; null while unknown.</param>
/// <param name="Current">The item at hand, for people; may be null.</param>
public sealed record RunProgress(string Activity, int Done, int? Total, string? Current = null);

/// <summary>One item of a run that failed.</summary>
/// <param name="Error">Why, with its stable id.</param>
/// <param name="Target">The item: what PowerShell carries as <c>TargetObject</c>.</param>
public sealed record ItemFailure(OpsException Error, object? Target);

/// <summary>An observer that keeps nothing.</summary>
public sealed class SilentObserver : IRunObserver
{
    /// <summary>The one instance.</summary>
    public static SilentObserver Instance { get; } = new();

    private SilentObserver()
    {
    }

    /// <inheritdoc/>
    public void Progress(RunProgress progress)
    {
    }

    /// <inheritdoc/>
    public void Warning(string message)
    {
    }

    /// <inheritdoc/>
    public void Verbose(string message)
    {
    }

    /// <inheritdoc/>
    public void Failed(ItemFailure failure)
    {
    }
}
