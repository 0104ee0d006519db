namespace EventBridgeOps.Changes;

/// <summary>The kind of a change.</summary>
public enum ChangeKind
{
    /// <summary>Repaired targets.</summary>
    Sync,

    /// <summary>Reverted targets.</summary>
    Undo,

    /// <summary>Registered job definitions with another image.</summary>
    ImageUpdate,
}

/// <summary>The kind of an item of a change.</summary>
public enum ChangeItemKind
{
    /// <summary>A target of a rule.</summary>
    Target,

    /// <summary>A new revision of a job definition.</summary>
    Registration,

    /// <summary>A revision of a job definition that was deregistered. AWS Batch cannot make it ACTIVE again.</summary>
    Deregistration,
}

/// <summary>The status of a change.</summary>
public enum ChangeStatus
{
    /// <summary>At least one write has no outcome in the journal: it is in progress or was interrupted. An undo checks the actual state.</summary>
    InFlight,

    /// <summary>All of its targets were updated.</summary>
    Applied,

    /// <summary>Some of its targets were updated and some failed.</summary>
    PartlyApplied,

    /// <summary>None of its targets was updated.</summary>
    Failed,

    /// <summary>The run rolled back its targets, because one of them failed.</summary>
    Reverted,

    /// <summary>A later undo reverted all of its targets.</summary>
    Undone,
}

/// <summary>The status of one target of a change.</summary>
public enum ChangeItemStatus
{
    /// <summary>The write was announced, but the journal has no outcome for it.</summary>
    InFlight,

    /// <summary>Written and verified.</summary>
    Written,

    /// <summary>Rejected, or not verified.</summary>
    Failed,

    /// <summary>Rolled back by the same run.</summary>
    Reverted,
}

/// <summary>One run that wrote something, as recorded in the journal.</summary>
public sealed record Change
{
    /// <summary>The id, which sorts by time: <c>20261121T093005Z-3f9a1c</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The time when the first write was announced, in UTC.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The kind of change.</summary>
    public ChangeKind Kind { get; init; }

    /// <summary>The status.</summary>
    public ChangeStatus Status { get; init; }

    /// <summary>The change that this one undoes; null for others.</summary>
    public string? Undoes { get; init; }

    /// <summary>The Region that was written to.</summary>
    public required string Region { get; init; }

    /// <summary>The account that was written to; null if STS did not return it.</summary>
    public string? AccountId { get; init; }

    /// <summary>The ARN of the identity that made the change; null if STS did not return it.</summary>
    public string? Identity { get; init; }

    /// <summary>The number of targets and job definitions that it wrote or tried to write.</summary>
    public int TargetCount => Items.Count;

    /// <summary>The event buses that it affected.</summary>
    public IReadOnlyList<string> EventBusName => Items.Select(item => item.EventBusName).Where(bus => bus.Length > 0).Distinct(StringComparer.Ordinal).ToArray();

    /// <summary>Its targets and job definitions.</summary>
    public required IReadOnlyList<ChangeItem> Items { get; init; }

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}

/// <summary>One target or job definition of a change.</summary>
public sealed record ChangeItem
{
    internal ChangeItem(ResourceId resource) => Resource = resource;

    /// <summary>What was written.</summary>
    internal ResourceId Resource { get; }

    /// <summary>The kind of item.</summary>
    public ChangeItemKind Kind => Resource.Kind;

    /// <summary>The bus's name; empty for a job definition.</summary>
    public string EventBusName => Resource.EventBusName;

    /// <summary>The rule's name; empty for a job definition.</summary>
    public string RuleName => Resource.RuleName;

    /// <summary>The target's id within its rule; empty for a job definition.</summary>
    public string TargetId => Resource.TargetId;

    /// <summary>The job definition's name; null for a target.</summary>
    public string? JobDefinitionName => Resource.JobDefinitionName;

    /// <summary>The job definition reference before.</summary>
    public string? From { get; init; }

    /// <summary>The job definition reference after.</summary>
    public string? To { get; init; }

    /// <summary>The outcome.</summary>
    public ChangeItemStatus Status { get; init; }

    /// <summary>Why it failed; null if it succeeded.</summary>
    public string? Error { get; init; }

    /// <summary>The JSON text of the target or job definition before, with what looks like a secret replaced by <c>[redacted]</c>; null if it did not exist.</summary>
    public string? Before { get; init; }

    /// <summary>The JSON text after the change, redacted as well; <c>{}</c> for a deregistered revision.</summary>
    public required string After { get; init; }

    /// <summary>Bus, rule and target id; <c>job-definition/name</c> for a job definition, with the revision that was deregistered.</summary>
    public override string ToString() => Resource.ToString();
}
