namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>The last deliveries. It is not a part of the state: a restart begins a new log.</summary>
internal sealed class DeliveryLog
{
    /// <summary>Bounded, so that a sandbox that runs for weeks does not grow.</summary>
    public const int Most = 10_000;

    private readonly object gate = new();
    private readonly SortedDictionary<long, SandboxDelivery> byNumber = [];
    private readonly Dictionary<string, long> open = new(StringComparer.Ordinal);
    private TaskCompletionSource<bool> changed = New();
    private long last;

    /// <summary>Completes at the next change.</summary>
    public Task Changed
    {
        get
        {
            lock (gate)
                return changed.Task;
        }
    }

    /// <summary>Writes a delivery, in place of what was written of it before.</summary>
    /// <param name="id">The ID of the delivery, by which its retries are recognized.</param>
    /// <param name="delivery">What is known now.</param>
    public void Write(string id, SandboxDelivery delivery)
    {
        TaskCompletionSource<bool> told;
        lock (gate)
        {
            if (open.TryGetValue(id, out long before))
            {
                byNumber.Remove(before);
                open.Remove(id);
            }

            byNumber[++last] = delivery with { Number = last };
            if (delivery.Outcome == DeliveryOutcome.Retrying)
                open[id] = last;
            if (byNumber.Count > Most)
                byNumber.Remove(byNumber.First().Key);
            told = changed;
            changed = New();
        }

        told.TrySetResult(true);
    }

    /// <summary>The deliveries that changed after a number, oldest change first.</summary>
    public IReadOnlyList<SandboxDelivery> After(long number)
    {
        lock (gate)
            return byNumber.Values.Where(delivery => delivery.Number > number).ToList();
    }

    public void Clear()
    {
        lock (gate)
        {
            byNumber.Clear();
            open.Clear();
        }
    }

    private static TaskCompletionSource<bool> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
