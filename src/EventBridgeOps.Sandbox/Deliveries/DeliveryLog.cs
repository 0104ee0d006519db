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
    private long dropped;
    private long cleared;

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
                byNumber.Remove(dropped = byNumber.First().Key);
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

    /// <summary>A part of the log, for a reader that follows it.</summary>
    /// <param name="number">The last number that the reader knows.</param>
    /// <param name="most">The maximum number of deliveries to read.</param>
    public Part Read(long number, int most)
    {
        lock (gate)
        {
            // Who follows is a few numbers behind: those are tried one by one, so that no write makes it read the whole log.
            List<SandboxDelivery> found = [];
            if (last - number > Most)
            {
                found.AddRange(byNumber.Values.Where(delivery => delivery.Number > number).Take(most));
                return new(found, dropped, cleared);
            }

            while (number < last && found.Count < most)
            {
                if (byNumber.TryGetValue(++number, out SandboxDelivery? delivery))
                    found.Add(delivery);
            }

            return new(found, dropped, cleared);
        }
    }

    /// <summary>The number after which there are at most so many deliveries.</summary>
    public long Before(int newest)
    {
        lock (gate)
            return newest == 0 ? last : byNumber.Keys.Skip(byNumber.Count - newest - 1).Take(byNumber.Count > newest ? 1 : 0).FirstOrDefault();
    }

    public void Clear()
    {
        TaskCompletionSource<bool> told;
        lock (gate)
        {
            byNumber.Clear();
            open.Clear();
            cleared = last;
            told = changed;
            changed = New();
        }

        told.TrySetResult(true);
    }

    private static TaskCompletionSource<bool> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A part of the log.</summary>
    /// <param name="Deliveries">The deliveries, oldest change first.</param>
    /// <param name="Dropped">The last number that the log dropped because it was full.</param>
    /// <param name="Cleared">The last number at the time at which the log was cleared.</param>
    public sealed record Part(IReadOnlyList<SandboxDelivery> Deliveries, long Dropped, long Cleared);
}
