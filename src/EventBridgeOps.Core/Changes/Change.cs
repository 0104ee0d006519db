namespace EventBridgeOps.Changes;

/// <summary>What a change did.</summary>
public enum ChangeKind
{
    /// <summary>Repaired targets.</summary>
    Sync,

    /// <summary>Put targets back.</summary>
    Undo,

    /// <summary>Registered job definitions with another image.</summary>
    ImageUpdate,
}

/// <summary>What an item of a change is about.</summary>
public enum ChangeItemKind
{
    /// <summary>A target of a rule.</summary>
    Target,

    /// <summary>A new revision of a job definition.</summary>
    Registration,

    /// <summary>A revision of a job definition that was deregistered; AWS Batch has no way to make it ACTIVE again.</summary>
    Deregistration,
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

    /// <summary>How many targets and job definitions it wrote or tried to.</summary>
    public int TargetCount => Items.Count;

    /// <summary>The buses that it touched.</summary>
    public IReadOnlyList<string> EventBusName => Items.Select(item => item.EventBusName).Where(bus => bus.Length > 0).Distinct(StringComparer.Ordinal).ToArray();

    /// <summary>Its targets and job definitions.</summary>
    public required IReadOnlyList<ChangeItem> Items { get; init; }

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}

/// <summary>One target or job definition of a change.</summary>
public sealed record ChangeItem
{
    /// <summary>What it is.</summary>
    public ChangeItemKind Kind { get; init; }

    /// <summary>The bus's name; empty for a job definition.</summary>
    public required string EventBusName { get; init; }

    /// <summary>The rule's name; empty for a job definition.</summary>
    public required string RuleName { get; init; }

    /// <summary>The target's id within its rule; empty for a job definition.</summary>
    public required string TargetId { get; init; }

    /// <summary>The job definition's name; null for a target.</summary>
    public string? JobDefinitionName { get; init; }

    /// <summary>The job definition reference before.</summary>
    public string? From { get; init; }

    /// <summary>The job definition reference after.</summary>
    public string? To { get; init; }

    /// <summary>What became of it.</summary>
    public ChangeItemStatus Status { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Error { get; init; }

    /// <summary>The JSON text of the target or job definition before, with what looks like a secret replaced by <c>[redacted]</c>; null when it was not there.</summary>
    public string? Before { get; init; }

    /// <summary>The JSON text after, likewise; <c>{}</c> for what was deregistered.</summary>
    public required string After { get; init; }

    /// <summary>Bus, rule and target id; <c>job-definition/name</c> for a job definition, with the revision that was deregistered.</summary>
    public override string ToString() => Kind switch
    {
        ChangeItemKind.Target => $"{EventBusName}/{RuleName}/{TargetId}",
        ChangeItemKind.Deregistration => $"job-definition/{From}",
        _ => $"job-definition/{JobDefinitionName}",
    };
}
