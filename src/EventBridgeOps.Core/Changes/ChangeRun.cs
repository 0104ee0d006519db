using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Changes;

/// <summary>Carries plans out: approve in order, then record, write and read back several groups at a time, and conclude each item.</summary>
/// <param name="recorder">Records the change.</param>
/// <param name="options">How to write.</param>
/// <param name="approve">Asks for approval.</param>
/// <param name="observer">Receives progress and failures.</param>
/// <param name="retry">How long an item is retried.</param>
/// <param name="time">The clock.</param>
internal sealed class ChangeRun(ChangeRecorder recorder, WriteOptions options, ApproveChange approve, IRunObserver observer, ItemRetry retry, TimeProvider time)
{
    /// <summary>The Region in which each item is compared with the account before approval is asked, because it was planned earlier; null if none is.</summary>
    public string? PreviewedRegion { get; init; }

    /// <summary>The result of each planned item, in order.</summary>
    /// <param name="kind">The kind of resource.</param>
    /// <param name="groups">The plans, each of resources of one group.</param>
    /// <param name="whenWritten">The status of what was written.</param>
    /// <param name="activity">What the run does, for progress.</param>
    /// <param name="cancellationToken">Cancels the run; what was in flight is recorded in the journal.</param>
    public IAsyncEnumerable<T> RunAsync<T>(IResourceKind kind, IAsyncEnumerable<IReadOnlyList<Draft<T>>> groups, SyncStatus whenWritten, Message activity, CancellationToken cancellationToken)
        where T : IChangeResult<T> => FinishAsync(kind, WriteAsync(kind, groups, whenWritten, activity, cancellationToken), cancellationToken);

    /// <summary>Writes the planned items. What failed is not reported yet: <see cref="FinishAsync"/> does so for all parts of a run.</summary>
    /// <param name="kind">The kind of resource.</param>
    /// <param name="groups">The plans, each of resources of one group.</param>
    /// <param name="whenWritten">The status of what was written.</param>
    /// <param name="activity">What the run does, for progress.</param>
    /// <param name="cancellationToken">Cancels the run; what was in flight is recorded in the journal.</param>
    public IAsyncEnumerable<Draft<T>> WriteAsync<T>(IResourceKind kind, IAsyncEnumerable<IReadOnlyList<Draft<T>>> groups, SyncStatus whenWritten, Message activity, CancellationToken cancellationToken)
        where T : IChangeResult<T>
    {
        ProgressCount progress = new(observer, activity);
        GroupWriter writer = new(kind, recorder, retry, time);
        if (PreviewedRegion is { } region)
            groups = OrderedParallel.SelectAsync(groups, options.ThrottleLimit, (group, token) => LookAsync(kind, writer, region, group, whenWritten, token), cancellationToken);
        IAsyncEnumerable<IReadOnlyList<Draft<T>>> written = OrderedParallel.SelectAsync(
            ApproveAsync(kind, groups, whenWritten == SyncStatus.Reverted, progress, cancellationToken),
            options.ThrottleLimit,
            async (group, token) =>
            {
                ItemWrite[] writes = Writes(group);
                if (writes.Length > 0)
                    await writer.WriteAsync(writes, options.Force, isRevert: false, token);
                if (writes.Length > 0 && kind.GroupsReadBack == 1)
                    await writer.VerifyAsync(writes, options.VerifyTimeout, isRevert: false, token);
                progress.Finish(group.Count == 0 ? "" : $"{group[0].Result}");
                return group;
            },
            cancellationToken);
        if (kind.GroupsReadBack > 1)
            written = VerifyAsync(writer, kind, written, cancellationToken);
        return ConcludeAsync(written, whenWritten, cancellationToken);
    }

    /// <summary>Rolls the run back if that is wanted and an item failed, and returns the results.</summary>
    /// <param name="kind">The kind of resource.</param>
    /// <param name="drafts">All parts of the run.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    public IAsyncEnumerable<T> FinishAsync<T>(IResourceKind kind, IAsyncEnumerable<Draft<T>> drafts, CancellationToken cancellationToken)
        where T : IChangeResult<T>
    {
        drafts = drafts.EndingEarly(draft => draft.Error);
        return ReportAsync(options.RevertOnFailure ? RollBackAsync(kind, drafts, cancellationToken) : drafts);
    }

    private static ItemWrite[] Writes<T>(IReadOnlyList<Draft<T>> group) => [.. group.Select(draft => draft.Write).OfType<ItemWrite>()];

    /// <summary>What needs no write any more, or cannot be written, is concluded. The rest starts from what is there now.</summary>
    private async Task<IReadOnlyList<Draft<T>>> LookAsync<T>(IResourceKind kind, GroupWriter writer, string region, IReadOnlyList<Draft<T>> group, SyncStatus whenWritten, CancellationToken cancellationToken)
        where T : IChangeResult<T>
    {
        IReadOnlyList<Draft<T>> looked = [.. group.Select(draft => draft with { Write = draft.Item is { } item ? new ItemWrite(item) : null })];
        ItemWrite[] writes = Writes(looked);
        await writer.LookAsync(writes, options.Force, resource => options.Previewed.Find(region, resource), cancellationToken);
        foreach (ItemWrite write in writes.Where(write => write.IsPending && kind.IsRepeatable)) // the version of another would be made up
            options.Previewed.Add(region, write.Item.Resource, new ResourceDocument(write.After!) { Reference = write.Item.To });
        return
        [
            .. looked.Select(draft => draft.Write switch
            {
                null => draft,
                { IsPending: true } write => draft with { Item = draft.Item! with { From = write.Before?.Reference ?? draft.Item.From } },
                { } write => Conclude(draft, write, whenWritten) with { Item = null, Write = null },
            }),
        ];
    }

    private async IAsyncEnumerable<IReadOnlyList<Draft<T>>> ApproveAsync<T>(
        IResourceKind kind, IAsyncEnumerable<IReadOnlyList<Draft<T>>> groups, bool isUndo, ProgressCount progress, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : IChangeResult<T>
    {
        await foreach (IReadOnlyList<Draft<T>> group in groups.WithCancellation(cancellationToken))
        {
            progress.Expect(1);
            List<Draft<T>> approved = [];
            foreach (Draft<T> draft in group)
                approved.Add(draft.Item is { } item ? await ApproveAsync(draft, item, kind.Describe(item, isUndo), cancellationToken) : draft);
            yield return approved;
        }
    }

    private async Task<Draft<T>> ApproveAsync<T>(Draft<T> draft, PlannedItem item, Message action, CancellationToken cancellationToken)
        where T : IChangeResult<T> => await approve(new PlannedChange(item.ToString(), action) { Item = item }, cancellationToken) switch
        {
            Approval.WhatIf => new Draft<T>(draft.Result.With(new Conclusion(SyncStatus.WouldUpdate) { Reason = draft.Reason, Write = draft.Write })),
            Approval.Declined => new Draft<T>(draft.Result.With(new Conclusion(SyncStatus.Skipped) { Reason = observer.Text(ChangeMessages.Declined()) })),
            _ => draft with { Write = new ItemWrite(item) },
        };

    private async IAsyncEnumerable<IReadOnlyList<Draft<T>>> VerifyAsync<T>(
        GroupWriter writer, IResourceKind kind, IAsyncEnumerable<IReadOnlyList<Draft<T>>> written, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<IReadOnlyList<Draft<T>>> together = [];
        await foreach (IReadOnlyList<Draft<T>> group in written.WithCancellation(cancellationToken))
        {
            together.Add(group);
            if (together.Count < kind.GroupsReadBack)
                continue;
            foreach (IReadOnlyList<Draft<T>> each in await VerifyAllAsync())
                yield return each;
            together = [];
        }

        foreach (IReadOnlyList<Draft<T>> each in await VerifyAllAsync())
            yield return each;

        async Task<List<IReadOnlyList<Draft<T>>>> VerifyAllAsync()
        {
            ItemWrite[] writes = [.. together.SelectMany(Writes)];
            if (writes.Length > 0)
                await writer.VerifyAsync(writes, options.VerifyTimeout, isRevert: false, cancellationToken);
            return together;
        }
    }

    private async IAsyncEnumerable<Draft<T>> ConcludeAsync<T>(IAsyncEnumerable<IReadOnlyList<Draft<T>>> groups, SyncStatus whenWritten, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : IChangeResult<T>
    {
        await foreach (IReadOnlyList<Draft<T>> group in groups.WithCancellation(cancellationToken))
        {
            foreach (Draft<T> draft in group)
                yield return draft.Write is { } write ? Conclude(draft, write, whenWritten) : draft;
        }
    }

    private Draft<T> Conclude<T>(Draft<T> draft, ItemWrite write, SyncStatus whenWritten)
        where T : IChangeResult<T>
    {
        Conclusion conclusion = new(write.Error is not null ? SyncStatus.Failed : write.IsWritten ? whenWritten : SyncStatus.AlreadyCurrent)
        {
            Verified = write.Error is null,
            ChangeId = write.After is null ? null : recorder.ChangeId,
            Reason = write.Error is { } error ? observer.Text(error) : write.IsWritten ? draft.Reason : observer.Text(whenWritten == SyncStatus.Reverted ? ChangeMessages.AlreadyUndone() : ChangeMessages.AlreadyUpToDate()),
            ErrorId = write.Error?.ErrorId,
            Write = write,
        };
        return draft with { Result = draft.Result.With(conclusion), Error = write.Error };
    }

    private async IAsyncEnumerable<Draft<T>> RollBackAsync<T>(IResourceKind kind, IAsyncEnumerable<Draft<T>> drafts, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : IChangeResult<T>
    {
        List<Draft<T>> done = await drafts.ToListAsync(cancellationToken);
        Dictionary<ResourceId, ItemWrite> back = done.Exists(draft => draft.Error is not null) ? await RollBackAsync(kind, Writes(done), cancellationToken) : [];
        foreach (Draft<T> draft in done)
            yield return draft.Write is { After: not null } write && back.TryGetValue(write.Item.Resource, out ItemWrite? reverted) ? RolledBack(draft, reverted) : draft;
    }

    private async Task<Dictionary<ResourceId, ItemWrite>> RollBackAsync(IResourceKind kind, IEnumerable<ItemWrite> writes, CancellationToken cancellationToken)
    {
        Dictionary<ResourceId, ItemWrite> back = [];
        foreach (IGrouping<ResourceId, ItemWrite> written in writes.Where(write => write is { After: not null, Before: not null, IsSuperseded: false }).GroupBy(write => write.Item.Resource))
        {
            if (kind.RollBack([.. written], time.GetUtcNow()) is { } item)
                back.Add(written.Key, new ItemWrite(item));
        }

        if (back.Count > 0)
            observer.Warning(ChangeMessages.RollingBack());
        GroupWriter writer = new(kind, recorder, retry, time);
        foreach (IGrouping<string, ItemWrite> group in back.Values.GroupBy(write => kind.GroupOf(write.Item.Resource)))
        {
            await writer.WriteAsync([.. group], force: false, isRevert: true, cancellationToken);
            await writer.VerifyAsync([.. group], options.VerifyTimeout, isRevert: true, cancellationToken);
        }

        return back;
    }

    private Draft<T> RolledBack<T>(Draft<T> draft, ItemWrite back)
        where T : IChangeResult<T>
    {
        if (draft.Error is not null && back.Error is null)
            return draft; // It failed and had no lasting effect.
        return back.Error is { } error
            ? draft with { Error = error, Result = draft.Result.With(new Conclusion(SyncStatus.Failed) { Verified = true, ChangeId = recorder.ChangeId, Reason = observer.Text(ChangeMessages.NotRolledBack(error)), ErrorId = error.ErrorId }) }
            : draft with { Result = draft.Result.With(new Conclusion(SyncStatus.Reverted) { Verified = true, ChangeId = recorder.ChangeId, Reason = observer.Text(ChangeMessages.OtherItemFailed()) }) };
    }

    /// <summary>The results. Failures are reported to the observer as well.</summary>
    private async IAsyncEnumerable<T> ReportAsync<T>(IAsyncEnumerable<Draft<T>> drafts)
    {
        await foreach (Draft<T> draft in drafts)
        {
            if (draft.Error is not null)
                observer.Failed(new ItemFailure(draft.Error, draft.Result));
            yield return draft.Result;
        }
    }
}

/// <summary>One item of a run: the result so far, and the write if one is planned.</summary>
/// <param name="Result">The result.</param>
/// <param name="Item">The planned write; null if there is none.</param>
/// <param name="Error">Why it failed; null if it did not.</param>
internal sealed record Draft<T>(T Result, PlannedItem? Item = null, OpsException? Error = null)
{
    /// <summary>What the result says if the item is written.</summary>
    public string? Reason { get; init; }

    /// <summary>The write on its way; null if it was neither approved nor looked at.</summary>
    public ItemWrite? Write { get; init; }
}

/// <summary>A result that a run completes when its item is done.</summary>
/// <typeparam name="T">The result's type.</typeparam>
internal interface IChangeResult<out T>
{
    /// <summary>The result with the outcome.</summary>
    /// <param name="conclusion">The outcome.</param>
    T With(Conclusion conclusion);
}

/// <summary>What became of an item.</summary>
/// <param name="Status">The outcome.</param>
internal sealed record Conclusion(SyncStatus Status)
{
    /// <summary>True if it was read back.</summary>
    public bool Verified { get; init; }

    /// <summary>The change in the journal; null if nothing was written.</summary>
    public string? ChangeId { get; init; }

    /// <summary>The reason, if the status alone does not explain it.</summary>
    public string? Reason { get; init; }

    /// <summary>The error ID of the failure.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The write; null if it was not sent by this run.</summary>
    public ItemWrite? Write { get; init; }
}
