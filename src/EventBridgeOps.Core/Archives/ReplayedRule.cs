using EventBridgeOps.Events.Records;

namespace EventBridgeOps.Archives;

/// <summary>What a replay does to a rule.</summary>
[Record("Replayed rules", State = nameof(State))]
[Column("Rule", nameof(RuleName), Label = nameof(RuleName), Room = 20)]
[Column("State", nameof(State), Width = 10)]
[Column("What happens again", nameof(Effects), Label = nameof(Effects), Form = ColumnForm.List)]
public sealed partial record ReplayedRule
{
    /// <summary>The name of the rule.</summary>
    [Field(Key = true)]
    public required string RuleName { get; init; }

    /// <summary>Whether it receives the events.</summary>
    public ReplayedRuleState State { get; init; }

    /// <summary>Whether its targets start work each time: a job, a task, an execution, a build.</summary>
    public bool StartsWork { get; init; }

    /// <summary>What happens again for each event that the rule matches, one text for each target; empty if the rule receives none.</summary>
    public IReadOnlyList<string> Effects { get; init; } = [];

    /// <summary>The ARN of the rule.</summary>
    public string? Arn { get; init; }

    /// <summary>The rule and its state.</summary>
    public override string ToString() => $"{RuleName}: {State}";
}

/// <summary>Whether a rule receives the events of a replay.</summary>
public enum ReplayedRuleState : long
{
    /// <summary>It receives those that it matches.</summary>
    [State(Tone.Planned, Verdict.Planned)]
    Receives,

    /// <summary>Its pattern matches no event of this replay, because of <c>replay-name</c>.</summary>
    [State(Tone.Good, Verdict.Skipped)]
    Excludes,

    /// <summary>It is disabled.</summary>
    [State(Tone.Faint, Verdict.Skipped)]
    Disabled,

    /// <summary>An AWS service manages it, as the rule that fills an archive.</summary>
    [State(Tone.Faint, Verdict.Skipped)]
    Managed,

    /// <summary>It has no event pattern, only a schedule.</summary>
    [State(Tone.Faint, Verdict.Skipped)]
    Scheduled,

    /// <summary>Other rules are named.</summary>
    [State(Tone.Faint, Verdict.Skipped)]
    NotNamed,
}
