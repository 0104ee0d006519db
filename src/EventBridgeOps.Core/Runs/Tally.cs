namespace EventBridgeOps.Runs;

/// <summary>Counts the outcomes of a run, and puts them into words. It may be used from several threads.</summary>
/// <typeparam name="TOutcome">What may become of an item.</typeparam>
/// <param name="words">The outcomes that are told, in this order, each with its words: <c>3 updated</c>.</param>
public sealed class Tally<TOutcome>(params (TOutcome Outcome, string Words)[] words)
    where TOutcome : struct, Enum
{
    private readonly Dictionary<TOutcome, int> _count = [];

    /// <summary>How many items had an outcome.</summary>
    /// <param name="outcome">Which.</param>
    public int this[TOutcome outcome]
    {
        get
        {
            lock (_count)
                return _count.TryGetValue(outcome, out int count) ? count : 0;
        }
    }

    /// <summary>Counts an item.</summary>
    /// <param name="outcome">What became of it.</param>
    public void Add(TOutcome outcome)
    {
        lock (_count)
            _count[outcome] = this[outcome] + 1;
    }

    /// <summary>The counts for people: <c>3 updated, 1 failed</c>; empty when nothing was counted.</summary>
    /// <param name="failed">How many items failed, of which the outcomes may tell but a part.</param>
    public string Describe(int failed) => string.Join(", ", words
        .Where(told => this[told.Outcome] > 0).Select(told => $"{this[told.Outcome]} {told.Words}")
        .Concat(failed > 0 ? [$"{failed} failed"] : []));
}
