using System.Runtime.CompilerServices;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Plans;

/// <summary>Makes a plan of a run that writes nothing: give the run <see cref="Approve"/>, and take the plan when it has ended.</summary>
/// <param name="kind">The kind of change.</param>
/// <param name="region">The Region of the session.</param>
/// <param name="identity">Who is calling.</param>
/// <param name="time">The clock.</param>
public sealed class PlanMaker(ChangeKind kind, string region, IIdentityApi identity, TimeProvider time)
{
    private readonly List<PlannedItem> _items = [];

    /// <summary>Notes each planned write, and approves none.</summary>
    public ApproveChange Approve => (change, _) =>
    {
        if (change.Item is { } item)
            Add(item);
        return Task.FromResult(Approval.WhatIf);
    };

    /// <summary>Plans a run instead of carrying it out, if its options name a file for the plan.</summary>
    /// <param name="options">The options of the run.</param>
    /// <param name="run">The run, with what answers its questions for approval.</param>
    /// <param name="approve">What answers them if there is no file for a plan.</param>
    /// <param name="make">Makes the maker of the plan.</param>
    /// <param name="observer">Receives where the plan is.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.ReportNotWritten"/>: the plan cannot be saved, for example because the file exists.</exception>
    internal static async IAsyncEnumerable<T> RunAsync<T>(
        WriteOptions options, Func<ApproveChange, IAsyncEnumerable<T>> run, ApproveChange approve, Func<PlanMaker> make, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PlanMaker? maker = options.PlanPath is null ? null : make();
        if (maker is not null)
            PlanFile.CheckFree(options.PlanPath!); // before the work, and not only after it
        await foreach (T result in run(maker?.Approve ?? approve).WithCancellation(cancellationToken))
            yield return result;
        if (maker is null)
            yield break;
        ChangePlan plan = await maker.MakeAsync(observer, cancellationToken);
        PlanFile.Save(options.PlanPath!, plan);
        observer.Verbose(PlanMessages.Saved(options.PlanPath!, plan.Items.Count));
    }

    // A later image of the same job definition is planned on what the earlier one leads to: together they are one new revision.
    private void Add(PlannedItem item)
    {
        int earlier = item.Resource.Kind == ChangeItemKind.Registration ? _items.FindIndex(each => each.Resource == item.Resource) : -1;
        if (earlier < 0)
            _items.Add(item);
        else
            _items[earlier] = _items[earlier].Then(item);
    }

    /// <summary>The plan.</summary>
    /// <param name="observer">Receives a warning if the account is not known.</param>
    /// <param name="cancellationToken">Cancels the call that asks who is calling.</param>
    public async Task<ChangePlan> MakeAsync(IRunObserver observer, CancellationToken cancellationToken)
    {
        CallerIdentity? caller = null;
        try
        {
            caller = await identity.GetCallerIdentityAsync(cancellationToken);
        }
        catch (ServiceCallException e)
        {
            observer.Warning(PlanMessages.AccountUnknown(e));
        }

        return new ChangePlan { Kind = kind, Region = region, AccountId = caller?.AccountId, Identity = caller?.Arn, Time = time.GetUtcNow(), Items = [.. _items] };
    }
}
