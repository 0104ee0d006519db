using EventBridgeOps.Changes;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Roles;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;

namespace EventBridgeOps.DeadLetters;

/// <summary>What the diagnosis of dead letters is made from.</summary>
/// <param name="rules">Reads rules.</param>
/// <param name="batch">AWS Batch.</param>
/// <param name="resources">The resources that are targets.</param>
/// <param name="roles">The roles of targets.</param>
/// <param name="trail">The event history.</param>
/// <param name="identity">Who is calling: the rules of its account are read.</param>
/// <param name="region">The Region of the session.</param>
/// <param name="retry">Retries an item when a call has used up its retries.</param>
public sealed class DiagnosisSources(RuleReader rules, IBatchApi batch, ITargetResourceApi resources, IRoleApi roles, ITrailApi trail, IIdentityApi identity, string region, ItemRetry retry)
{
    /// <summary>Opens a doctor for one run.</summary>
    /// <param name="cancellationToken">Cancels the run.</param>
    internal DeadLetterDoctor Open(CancellationToken cancellationToken) => new(rules, batch, resources, roles, trail, new CallerAccount(identity, retry), region, retry, cancellationToken);
}
