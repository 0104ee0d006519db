namespace EventBridgeOps.Changes;

/// <summary>What a change did.</summary>
public enum ChangeKind
{
    /// <summary>Repaired targets.</summary>
    Sync,

    /// <summary>Put targets back.</summary>
    Undo,
}

/// <summary>How far a change came.</summary>
public enum ChangeStatus
{
    /// <summary>At least one write has no outcome in the journal: it is still going on, or it was interrupted. Undo looks at what is really there.</summary>
    InFlight,

    /// <summary>All its targets were written.</summary>
    Applied,

    /// <summary>Some of its targets were written, some failed.</summary>
    PartlyApplied,

    /// <summary>None of its targets was written.</summary>
    Failed,

    /// <summary>The run itself put its targets back, since one of them failed.</summary>
    Reverted,

    /// <summary>A later undo put all its targets back.</summary>
    Undone,
}

/// <summary>What became of one target of a change.</summary>
public enum ChangeItemStatus
{
    /// <summary>The write was announced, and its outcome is not in the journal.</summary>
    InFlight,

    /// <summary>Written, and read back.</summary>
    Written,

    /// <summary>Refused, or not seen to hold.</summary>
    Failed,

    /// <summary>Put back by the same run.</summary>
    Reverted,
}

/// <summary>One run that wrote something, as the journal tells it.</summary>
public sealed record Change
{
    /// <summary>The id, which sorts by time: <c>20261121T093005Z-3f9a1c</c>.</summary>
    public required string Id { get; init; }

    /// <summary>When the first write was announced, in UTC.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>What it did.</summary>
    public ChangeKind Kind { get; init; }

    /// <summary>How far it came.</summary>
    public ChangeStatus Status { get; init; }

    /// <summary>The change that this one undoes; null for others.</summary>
    public string? Undoes { get; init; }

    /// <summary>The region that was written to.</summary>
    public required string Region { get; init; }

    /// <summary>The account that was written to; null when STS did not tell.</summary>
    public string? AccountId { get; init; }

    /// <summary>The ARN of the identity that wrote; null when STS did not tell.</summary>
    public string? Identity { get; init; }

    /// <summary>How many targets it wrote or tried to.</summary>
    public int TargetCount => Items.Count;

    /// <summary>The buses that it touched.</summary>
    public IReadOnlyList<string> EventBusName => [.. Items.Select(item => item.EventBusName).Distinct(StringComparer.Ordinal)];

    /// <summary>Its targets.</summary>
    public required IReadOnlyList<ChangeItem> Items { get; init; }
}

/// <summary>One target of a change.</summary>
public sealed record ChangeItem
{
    /// <summary>The bus's name.</summary>
    public required string EventBusName { get; init; }

    /// <summary>The rule's name.</summary>
    public required string RuleName { get; init; }

    /// <summary>The target's id within its rule.</summary>
    public required string TargetId { get; init; }

    /// <summary>The job definition reference before.</summary>
    public string? From { get; init; }

    /// <summary>The job definition reference after.</summary>
    public string? To { get; init; }

    /// <summary>What became of it.</summary>
    public ChangeItemStatus Status { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Error { get; init; }

    /// <summary>The target's JSON text before, with what looks like a secret replaced by <c>[redacted]</c>; null when it was not there.</summary>
    public string? Before { get; init; }

    /// <summary>The target's JSON text after, likewise.</summary>
    public required string After { get; init; }

    /// <summary>Bus, rule and target id.</summary>
    public override string ToString() => $"{EventBusName}/{RuleName}/{TargetId}";
}
