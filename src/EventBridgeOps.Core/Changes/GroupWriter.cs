using EventBridgeOps.Events.Messages;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Changes;

/// <summary>Writes the resources of one group: read again, compare, record, write, and read back.</summary>
/// <param name="kind">The kind of resource.</param>
/// <param name="recorder">Records the change.</param>
/// <param name="retry">How long an item is retried.</param>
/// <param name="time">The clock.</param>
internal sealed class GroupWriter(IResourceKind kind, ChangeRecorder recorder, ItemRetry retry, TimeProvider time)
{
    private const int LooksForEffect = 4;

    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(3);

    /// <summary>Compares with the account as it is now, and writes nothing. What is still pending after it would be written.</summary>
    /// <param name="writes">The writes.</param>
    /// <param name="force">Whether a resource is written even if it was modified.</param>
    /// <param name="previewed">What would be there instead, after what was previewed before.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public Task LookAsync(IReadOnlyList<ItemWrite> writes, bool force, Func<ResourceId, ResourceDocument?> previewed, CancellationToken cancellationToken) =>
        CompareAsync(writes, force, retry.Start(), cancellationToken, previewed);

    /// <summary>Writes. A failure is part of the writes, unless it ends the whole run.</summary>
    public async Task WriteAsync(IReadOnlyList<ItemWrite> writes, bool force, bool isRevert, CancellationToken cancellationToken)
    {
        RetryBudget budget = retry.Start();
        for (bool isOver = false; ;)
        {
            // Each try reads again: the failed write may have taken effect, or another writer may have been faster.
            List<ItemWrite> pending = [.. writes.Where(write => write.IsPending)];
            await CompareAsync(pending, force, budget, cancellationToken);
            pending.RemoveAll(write => !write.IsPending);
            if (pending.Count == 0 || isOver)
                return;
            await recorder.WritingAsync(pending, isRevert, cancellationToken);
            await kind.WriteAsync(pending, cancellationToken);
            pending.RemoveAll(write => !write.IsPending);
            if (pending.Count == 0)
                return;
            isOver = !await budget.WaitAsync((pending.Find(write => write.Error!.ErrorId is not (ErrorIds.Unreachable or ErrorIds.MalformedAnswer)) ?? pending[0]).Error!, cancellationToken);
        }
    }

    /// <summary>Waits until accepted writes show, and records the outcome of all of them.</summary>
    public async Task VerifyAsync(IReadOnlyList<ItemWrite> writes, TimeSpan timeout, bool isRevert, CancellationToken cancellationToken)
    {
        List<ItemWrite> open = [.. writes.Where(write => write.IsAccepted)];
        long start = time.GetTimestamp();
        for (TimeSpan delay = FirstLook; open.Count > 0; delay = Longer(delay))
        {
            OpsException? fault = null;
            try
            {
                await kind.ReadBackAsync(open, cancellationToken);
            }
            catch (OpsException e) when (!e.EndsRun)
            {
                fault = e;
            }

            open.RemoveAll(write => !write.IsAccepted);
            if (open.Count == 0)
                break;
            if (fault is not (null or Services.ServiceCallException { MayPass: true }) || time.GetElapsedTime(start) + delay > timeout)
            {
                foreach (ItemWrite write in open)
                    write.End(kind.NotVerified(write, fault, timeout));
                break;
            }

            await time.Delay(delay, cancellationToken);
        }

        await recorder.WrittenAsync(writes, isRevert, cancellationToken);
    }

    private async Task CompareAsync(IReadOnlyList<ItemWrite> writes, bool force, RetryBudget budget, CancellationToken cancellationToken, Func<ResourceId, ResourceDocument?>? previewed = null)
    {
        if (writes.Count == 0)
            return;
        try
        {
            IReadOnlyDictionary<string, ResourceDocument> now = await ReadAsync();
            // What took effect may take a while to show, and a look costs less than a write too many.
            TimeSpan delay = FirstLook;
            for (int look = 1; !kind.IsRepeatable && look <= LooksForEffect && writes.Any(write => write is { After: not null, MayHaveArrived: true } && !(Find(now, write) is { } found && kind.IsEffect(write, found))); look++)
            {
                await time.Delay(delay, cancellationToken);
                delay = Longer(delay);
                now = await ReadAsync();
            }

            foreach (ItemWrite write in writes)
                write.Compare(kind, previewed?.Invoke(write.Item.Resource) ?? Find(now, write), force);
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            foreach (ItemWrite write in writes.Where(write => write.IsPending))
                write.End(e);
        }

        Task<IReadOnlyDictionary<string, ResourceDocument>> ReadAsync() => kind.ReadAsync([.. writes.Select(write => write.Item.Resource)], budget, cancellationToken);
    }

    private static ResourceDocument? Find(IReadOnlyDictionary<string, ResourceDocument> documents, ItemWrite write) =>
        documents.TryGetValue(write.Item.Resource.Name, out ResourceDocument? found) ? found : null;

    private static TimeSpan Longer(TimeSpan delay) => TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, LongestLook.Ticks));
}
