using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Runs;

/// <summary>A run was ended because nothing that follows is likely to succeed.</summary>
internal sealed class RunEndedException(OpsException cause, int items) : OpsException(cause.ErrorId, RunMessages.Ended(cause, items), cause)
{
    public override bool EndsRun => true;
}

internal static class EarlyEnd
{
    /// <summary>How many items at the beginning of a run have to fail.</summary>
    public const int Items = 5;

    /// <summary>Ends a run with one error if its first items all fail because the endpoint cannot be reached or its answers cannot be read.</summary>
    /// <param name="items">The items in their order; the first failures are held back.</param>
    /// <param name="error">Why an item failed; null if it did not.</param>
    /// <exception cref="OpsException">The run was ended.</exception>
    public static async IAsyncEnumerable<T> EndingEarly<T>(this IAsyncEnumerable<T> items, Func<T, OpsException?> error)
    {
        List<T> held = [];
        bool atStart = true;
        await foreach (T item in items)
        {
            if (atStart && Unreachable(error(item)) is { } fault)
            {
                held.Add(item);
                if (held.Count == Items)
                    throw new RunEndedException(fault, Items);
                continue;
            }

            atStart = false;
            foreach (T before in held)
                yield return before;
            held.Clear();
            yield return item;
        }

        foreach (T before in held)
            yield return before;
    }

    private static OpsException? Unreachable(Exception? error) => error switch
    {
        OpsException { ErrorId: ErrorIds.Unreachable or ErrorIds.MalformedAnswer } fault => fault,
        null => null,
        _ => Unreachable(error.InnerException),
    };
}
