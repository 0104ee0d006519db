using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Runs;

/// <summary>Counts the outcomes of a run and describes them. It can be used from several threads.</summary>
/// <typeparam name="TOutcome">The possible outcomes of an item.</typeparam>
/// <param name="words">The outcomes to describe, in this order, each with its words: <c>3 updated</c>.</param>
public sealed class Tally<TOutcome>(params (TOutcome Outcome, Message Words)[] words)
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

    /// <summary>Counts one item.</summary>
    /// <param name="outcome">Its outcome.</param>
    public void Add(TOutcome outcome)
    {
        lock (_count)
            _count[outcome] = this[outcome] + 1;
    }

    /// <summary>The counts for people: <c>3 updated, 1 failed</c>; empty when nothing was counted.</summary>
    /// <param name="failed">How many items failed; the outcomes need not include all of them.</param>
    public Message Describe(int failed) => Message.Join(", ", words
        .Where(each => this[each.Outcome] > 0).Select(each => RunMessages.Count(this[each.Outcome], each.Words))
        .Concat(failed > 0 ? [RunMessages.Count(failed, RunMessages.Failed())] : []));
}
