using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Policies;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Roles;

/// <summary>What EventBridge does with the role of a target.</summary>
/// <param name="Role">The ARN of the role, as the target names it.</param>
/// <param name="Rule">The rule of the target.</param>
/// <param name="Action">The action: <c>batch:SubmitJob</c>.</param>
/// <param name="Resources">The ARNs of what it is performed on; empty if they are not known.</param>
internal sealed record RoleUse(string Role, Arn Rule, string Action, IReadOnlyList<string> Resources)
{
    /// <summary>The resource that stands for a job definition whose revision is not known; null if there is none.</summary>
    public string? WithoutRevision { get; init; }

    /// <summary>
    /// The submission of a Batch job, which needs the job queue and the job definition: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbatch.html.
    /// </summary>
    /// <param name="role">The ARN of the role.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="queue">The ARN of the job queue; null if it is not known.</param>
    /// <param name="definition">The job definition as the target names it; null if it is not known.</param>
    public static RoleUse OfBatch(string role, Arn rule, string? queue, string? definition)
    {
        const string action = "batch:SubmitJob";
        if (!Arn.TryParse(queue, out Arn? to) || !JobDefinitionReference.TryParse(definition, out JobDefinitionReference? reference, out _))
            return new(role, rule, action, []);
        string named = definition!.StartsWith("arn:", StringComparison.Ordinal) ? definition : (to with { Resource = "job-definition/" + definition }).ToString();
        return new(role, rule, action, [queue!, named]) { WithoutRevision = reference.IsPinned ? null : named };
    }

    /// <summary>The use of the role of a Batch target.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="target">The document of the target.</param>
    /// <returns>Null if the target has no role.</returns>
    public static RoleUse? OfBatch(Arn rule, JsonObject target) => target.String("RoleArn") is { } role
        ? OfBatch(role, rule, target.String("Arn"), (target["BatchParameters"] as JsonObject)?.String("JobDefinition"))
        : null;
}

/// <summary>Whether EventBridge may do with a role what a target needs.</summary>
/// <param name="IsAllowed">Null if that is unknown.</param>
/// <param name="Reason">Why, in a sentence.</param>
internal sealed record RoleVerdict(bool? IsAllowed, Message Reason)
{
    /// <summary>Whether the role could be looked up; if not, the reason is what the service said.</summary>
    public bool IsRead { get; init; } = true;
}

/// <summary>Finds out whether EventBridge may assume the roles of targets, and what they allow then.</summary>
/// <remarks>IAM simulates it. Where that is not permitted, or not supported, the policies are read and evaluated.</remarks>
/// <param name="roles">IAM.</param>
/// <param name="retry">Retries a call when its own retries are used up.</param>
internal sealed class RoleJudge(IRoleApi roles, ItemRetry retry)
{
    /// <summary>Judges one use of a role.</summary>
    /// <param name="use">The use.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="OpsException">The run cannot continue.</exception>
    public async Task<RoleVerdict> JudgeAsync(RoleUse use, CancellationToken cancellationToken)
    {
        if (!Arn.TryParse(use.Role, out Arn? arn) || arn.Service != "iam" || !arn.Resource.StartsWith("role/", StringComparison.Ordinal))
            return new(false, RoleMessages.NotARole(use.Role));
        // A caller reads the roles of its own account alone.
        if (arn.AccountId != use.Rule.AccountId)
            return new(null, RoleMessages.OtherAccount(use.Role, use.Rule.AccountId));
        try
        {
            return await JudgeAsync(use, arn.Resource.Substring(arn.Resource.LastIndexOf('/') + 1), cancellationToken);
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new(null, RoleMessages.NotRead(e)) { IsRead = false };
        }
    }

    private async Task<RoleVerdict> JudgeAsync(RoleUse use, string name, CancellationToken cancellationToken)
    {
        if (await retry.RunAsync(() => roles.FindAsync(name, cancellationToken), cancellationToken) is not { } role)
            return new(false, RoleMessages.NoRole(use.Role));
        if (role.Arn != use.Role)
            return Arn.TryParse(role.Arn, out Arn? found) && found.AccountId != use.Rule.AccountId ? new(null, RoleMessages.OtherAccount(use.Role, found.AccountId)) : new(false, RoleMessages.OtherPath(use.Role, role.Arn));
        PolicyDecision assumed = PolicyEvaluation.OfTrust(role.TrustPolicy, PolicyRequest.OfService(PolicyRequest.EventBridge, "sts:AssumeRole", use.Role, use.Rule.ToString(), use.Rule.AccountId));
        if (!assumed.IsAllowed)
            return assumed.IsDenied ? new(false, RoleMessages.NotTrusted(use.Role, assumed.Reason)) : new(null, assumed.Reason);
        if (use.Resources.Count == 0)
            return new(null, RoleMessages.NothingToSimulate(use.Role));
        IReadOnlyList<SimulatedAction> results;
        try
        {
            results = await retry.RunAsync(() => roles.SimulateAsync(use.Role, use.Action, use.Resources, cancellationToken), cancellationToken);
        }
        catch (ServiceCallException e) when (!e.EndsRun)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return await EvaluateAsync(use, name, role.HasBoundary, e, cancellationToken);
        }

        SimulatedAction[] denied = [.. results.Where(result => !result.IsAllowed)];
        return denied.Length == 0 ? new(true, RoleMessages.Allows(use.Role, use.Action))
            : Array.Find(denied, result => result.Resource != use.WithoutRevision || result.Decision == "explicitDeny") is { } certain ? new(false, RoleMessages.Lacks(use.Role, use.Action, certain.Resource, certain.Decision))
            : new(null, RoleMessages.WithoutRevision(use.Role, use.Action, use.WithoutRevision!));
    }

    private async Task<RoleVerdict> EvaluateAsync(RoleUse use, string name, bool hasBoundary, ServiceCallException reason, CancellationToken cancellationToken)
    {
        IReadOnlyList<KeyValuePair<string, string>> policies = await retry.RunAsync(() => roles.ReadPoliciesAsync(name, cancellationToken), cancellationToken);
        RoleVerdict? doubt = null;
        foreach (string resource in use.Resources)
        {
            PolicyDecision decision = PolicyEvaluation.OfIdentity(policies, PolicyRequest.OfRole(use.Role, use.Action, resource, use.Rule.Region));
            if (decision.IsDenied && (resource != use.WithoutRevision || decision.Outcome == PolicyOutcome.ExplicitDeny))
                return new(false, RoleMessages.PoliciesLack(use.Role, use.Action, decision.Reason));
            if (!decision.IsAllowed)
                doubt = new(null, decision.IsDenied ? RoleMessages.WithoutRevision(use.Role, use.Action, resource) : decision.Reason);
        }

        return doubt ?? (hasBoundary ? new(null, RoleMessages.BoundaryUnknown(use.Role, use.Action, reason)) : new(true, RoleMessages.PoliciesAllow(use.Role, use.Action, reason)));
    }
}
