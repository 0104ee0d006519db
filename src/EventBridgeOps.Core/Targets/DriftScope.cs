using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Events.Rules;

namespace EventBridgeOps.Targets;

/// <summary>Which targets are listed by their state, and which of them count as drift.</summary>
[Request]
public sealed partial record DriftScope
{
    /// <summary>The states to list: <c>Current</c>, <c>Behind</c>, <c>Inactive</c>, <c>Missing</c>, <c>Floating</c>, <c>Unresolved</c>.</summary>
    [Option("state", Otherwise = "all")]
    public IReadOnlyList<string> State { get; init; } = [];

    /// <summary>Also count the targets of disabled rules as drift.</summary>
    [Option]
    public bool IncludeDisabledRule { get; init; }

    /// <summary>Also count the targets of rules that an AWS service manages as drift.</summary>
    [Option]
    public bool IncludeManaged { get; init; }

    /// <summary>The states to list; empty for all.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: a word is not a state.</exception>
    public IReadOnlyCollection<RevisionState> States() => [.. State.Select(Parse)];

    /// <summary>Why a target of a rule does not count; null if it does. A repair makes the same choice.</summary>
    /// <param name="ruleState">The rule's state.</param>
    /// <param name="managedBy">The service that manages the rule; null for the account's own rules.</param>
    internal Message? Exclusion(string? ruleState, string? managedBy) => (ruleState, managedBy) switch
    {
        (_, { Length: > 0 } service) when !IncludeManaged => TargetMessages.ManagedBy(service),
        (RuleStates.Disabled, _) when !IncludeDisabledRule => TargetMessages.RuleDisabled(),
        _ => null,
    };

    // A number is a state to Enum.TryParse, and names nothing here.
    private static RevisionState Parse(string word) =>
        Enum.TryParse(word, ignoreCase: true, out RevisionState state) && string.Equals(state.ToString(), word, StringComparison.OrdinalIgnoreCase)
            ? state
            : throw new OpsException(ErrorIds.InvalidArgument, TargetMessages.NotAState(word, TargetRevision.Shape.State!.States.Select(known => known.Name)));
}
