using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Policies;

/// <summary>Decides what policies say of a request, as IAM does; what depends on something that is not known is <see cref="PolicyOutcome.Unknown"/>, never a guess.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html.</remarks>
public static class PolicyEvaluation
{
    /// <summary>What the policy of a queue, topic, function, event bus or bucket says.</summary>
    /// <param name="policy">The policy: JSON; null if the resource has none.</param>
    /// <param name="request">The request.</param>
    public static PolicyDecision OfResource(string? policy, PolicyRequest request) => Decide(
        policy is null ? [] : [new("", policy)], request, statement => [PolicyPrincipals.Of(statement, request), PolicyPatterns.Resource(statement, request)]);

    /// <summary>What the trust policy of a role says of who assumes it; the role itself is the resource.</summary>
    /// <param name="policy">The trust policy: JSON.</param>
    /// <param name="request">The request, with the ARN of the role as its resource.</param>
    public static PolicyDecision OfTrust(string policy, PolicyRequest request) => Decide([new("", policy)], request, statement => [PolicyPrincipals.Of(statement, request)]);

    /// <summary>What the policies of a role or user together say; the role itself is the principal.</summary>
    /// <param name="policies">The policies by their names: those in it, and the documents of those attached to it.</param>
    /// <param name="request">The request.</param>
    public static PolicyDecision OfIdentity(IEnumerable<KeyValuePair<string, string>> policies, PolicyRequest request) =>
        Decide([.. policies], request, statement => [PolicyPatterns.Resource(statement, request)]);

    private static PolicyDecision Decide(IReadOnlyList<KeyValuePair<string, string>> policies, PolicyRequest request, Func<PolicyStatement, IEnumerable<Match>> isAbout)
    {
        List<PolicyStatement> statements = [];
        foreach (KeyValuePair<string, string> policy in policies)
        {
            if (PolicyStatement.ReadAll(policy.Value, policy.Key) is not { } read)
                return new(PolicyOutcome.Unknown, PolicyMessages.Unreadable(policy.Key), []);
            statements.AddRange(read);
        }

        List<(PolicyStatement Statement, Match Match)> about = [.. statements
            .Select(statement => (Statement: statement, Match: Match.All([PolicyPatterns.Action(statement, request.Action), .. isAbout(statement), PolicyConditions.Of(statement, request.Context)])))
            .Where(found => found.Match.Fits != false)];
        List<PolicyStatement> denying = [.. about.Where(found => found.Statement.Denies && found.Match.Fits == true).Select(found => found.Statement)];
        if (denying.Count > 0)
            return new(PolicyOutcome.ExplicitDeny, PolicyMessages.Denied(denying[0].Name, request.Principal, request.Action, request.Resource), denying);
        // Where nothing could allow it, a denial that is in doubt changes nothing.
        if (!about.Exists(found => !found.Statement.Denies))
            return new(PolicyOutcome.ImplicitDeny, policies.Count == 0
                ? PolicyMessages.NoPolicy(request.Principal, request.Action, request.Resource)
                : PolicyMessages.NotAllowed(request.Principal, request.Action, request.Resource), []);

        List<PolicyStatement> allowing = [.. about.Where(found => !found.Statement.Denies && found.Match.Fits == true).Select(found => found.Statement)];
        (PolicyStatement Statement, Match Match) doubt = about.Find(found => found.Match.Fits is null && (found.Statement.Denies || allowing.Count == 0));
        if (doubt.Statement is null)
            return new(PolicyOutcome.Allowed, PolicyMessages.Allowed(allowing[0].Name, request.Principal, request.Action, request.Resource), allowing);
        Message reason = PolicyMessages.Doubtful(doubt.Statement.Name, request.Principal, request.Action, request.Resource, doubt.Match.Why ?? Message.None);
        return new(PolicyOutcome.Unknown, reason, [.. about.Where(found => found.Match.Fits is null).Select(found => found.Statement)]);
    }
}
