namespace EventBridgeOps.Checks;

/// <summary>What a check found.</summary>
public enum CheckStatus
{
    /// <summary>As it should be.</summary>
    OK,

    /// <summary>Not looked at; the result says why.</summary>
    SKIP,

    /// <summary>Not as it should be; the advice says what to do.</summary>
    NG,
}

/// <summary>One check, and what it found.</summary>
public sealed record CheckResult
{
    /// <summary>What was looked at.</summary>
    public required string Check { get; init; }

    /// <summary>How deep in the tree it stands: a check belongs to the nearest one before it that is less deep.</summary>
    public int Depth { get; init; }

    /// <summary>What it found.</summary>
    public CheckStatus Status { get; init; }

    /// <summary>What there is.</summary>
    public required string Result { get; init; }

    /// <summary>What to do; null where nothing is.</summary>
    public string? Advice { get; init; }

    /// <summary>The stable error id of what failed; null when no call did.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The line of a tree.</summary>
    public override string ToString() => $"{new string(' ', 2 * Depth)}{Status} {Check}: {Result}";
}
