using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Targets;

/// <summary>Determines the state of a job definition reference.</summary>
/// <param name="catalog">Where revisions are looked up.</param>
/// <param name="region">The Region of the session.</param>
/// <param name="retry">Retries an item when a call has used up its retries.</param>
internal sealed class RevisionJudge(JobDefinitionCatalog catalog, string region, ItemRetry retry)
{
    /// <summary>The verdict on one reference.</summary>
    /// <param name="jobDefinition">The reference as written.</param>
    /// <param name="accountId">The account that owns the rule; null when unknown.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    public async Task<RevisionVerdict> JudgeAsync(string jobDefinition, string? accountId, CancellationToken cancellationToken)
    {
        if (!JobDefinitionReference.TryParse(jobDefinition, out JobDefinitionReference? reference, out Message? fault))
            return new RevisionVerdict(null, RevisionState.Unresolved, TargetMessages.NotAReference(jobDefinition, fault));
        if (reference.AccountId is { } owner && accountId is not null && owner != accountId)
            return new RevisionVerdict(reference, RevisionState.Unresolved, TargetMessages.OtherAccount(owner));
        if (reference.Region is { } elsewhere && elsewhere != region)
            return new RevisionVerdict(reference, RevisionState.Unresolved, TargetMessages.OtherRegion(elsewhere));
        try
        {
            return Judge(reference, await retry.RunAsync(() => catalog.FindAsync(reference.Name, cancellationToken), cancellationToken));
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            return new RevisionVerdict(reference, RevisionState.Unresolved, TargetMessages.LookupFailed(e)) { Fault = e };
        }
    }

    private static RevisionVerdict Judge(JobDefinitionReference reference, JobDefinitionRevisions known)
    {
        if (known.Latest is not { } latest)
        {
            Message reason = known.Inactive.Count > 0 ? TargetMessages.AllDeregistered(reference.Name) : TargetMessages.NoDefinition(reference.Name);
            return new RevisionVerdict(reference, RevisionState.Missing, reason) { Known = known };
        }

        RevisionVerdict verdict = reference.Revision switch
        {
            null => new(reference, RevisionState.Floating, null),
            { } pinned when pinned == latest => new(reference, RevisionState.Current, null),
            { } pinned when known.Active.Contains(pinned) => new(reference, RevisionState.Behind, null),
            { } pinned when pinned < latest => new(reference, RevisionState.Inactive, TargetMessages.Deregistered(pinned)),
            { } pinned => new(reference, RevisionState.Inactive, TargetMessages.NotActive(pinned, latest)),
        };
        return verdict with { Known = known };
    }
}

/// <summary>The state of a reference, and the reason.</summary>
internal sealed record RevisionVerdict(JobDefinitionReference? Reference, RevisionState State, Message? Reason)
{
    /// <summary>The revisions of the job definition; null if they could not be looked up.</summary>
    public JobDefinitionRevisions? Known { get; init; }

    /// <summary>Why they could not be looked up; null if they were.</summary>
    public OpsException? Fault { get; init; }

    public int? Latest => Known?.Latest;

    public int? Behind => Reference?.Revision is { } pinned && Latest is { } latest ? Math.Max(0, latest - pinned) : null;
}
