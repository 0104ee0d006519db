using EventBridgeOps.Changes;
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
            _items.Add(item);
        return Task.FromResult(Approval.WhatIf);
    };

    /// <summary>The plan.</summary>
    /// <param name="cancellationToken">Cancels the call that asks who is calling.</param>
    public async Task<ChangePlan> MakeAsync(CancellationToken cancellationToken)
    {
        CallerIdentity? caller = null;
        try
        {
            caller = await identity.GetCallerIdentityAsync(cancellationToken);
        }
        catch (ServiceCallException)
        {
            // The plan then does not say for which account it is.
        }

        return new ChangePlan { Kind = kind, Region = region, AccountId = caller?.AccountId, Identity = caller?.Arn, Time = time.GetUtcNow(), Items = [.. _items] };
    }
}
