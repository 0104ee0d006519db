using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Policies;

/// <summary>What policies say of a request.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html.</remarks>
public enum PolicyOutcome
{
    /// <summary>A statement allows it, and none denies it.</summary>
    Allowed,

    /// <summary>No statement allows it.</summary>
    ImplicitDeny,

    /// <summary>A statement denies it, whatever others allow.</summary>
    ExplicitDeny,

    /// <summary>It depends on something that is not known here; the reason says on what.</summary>
    Unknown,
}

/// <summary>What policies say of a request, and why.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Statements">The statements that decide: those that deny it, else those that allow it, else those of which it is unknown; empty if no statement is about the request.</param>
public sealed record PolicyDecision(PolicyOutcome Outcome, Message Reason, IReadOnlyList<PolicyStatement> Statements)
{
    /// <summary>Whether the request is allowed for certain.</summary>
    public bool IsAllowed => Outcome == PolicyOutcome.Allowed;

    /// <summary>Whether the request is denied for certain.</summary>
    public bool IsDenied => Outcome is PolicyOutcome.ImplicitDeny or PolicyOutcome.ExplicitDeny;

    /// <summary>
    /// What the policies of a principal and of the resource say together. In one account either may allow it, across accounts both must;
    /// a statement that denies it decides in any case.
    /// </summary>
    /// <remarks>Service control policies, permission boundaries and session policies may deny it still: they are not looked at.</remarks>
    /// <param name="identity">What the policies of the principal say.</param>
    /// <param name="resource">What the policy of the resource says.</param>
    /// <param name="isOneAccount">Whether the principal and the resource are in one account.</param>
    public static PolicyDecision Together(PolicyDecision identity, PolicyDecision resource, bool isOneAccount)
    {
        PolicyDecision[] both = [identity, resource];
        if (Array.Find(both, decision => decision.Outcome == PolicyOutcome.ExplicitDeny) is { } denied)
            return denied;
        PolicyDecision? unknown = Array.Find(both, decision => decision.Outcome == PolicyOutcome.Unknown);
        if (!isOneAccount)
            return Array.Find(both, decision => decision.Outcome == PolicyOutcome.ImplicitDeny) ?? unknown ?? resource;
        // An unknown one may be a denial as well as an allowance.
        return unknown ?? Array.Find(both, decision => decision.IsAllowed) ?? identity;
    }
}
