using EventBridgeOps.Runs;

namespace EventBridgeOps.Images;

/// <summary>Which images to look at.</summary>
public sealed record ImageQuery
{
    /// <summary>Job definition names, with or without wildcards; empty for all.</summary>
    public IReadOnlyList<string> JobDefinition { get; init; } = [];

    /// <summary>Repository names, with or without wildcards; empty for all.</summary>
    public IReadOnlyList<string> RepositoryName { get; init; } = [];

    /// <summary>Do not look the images up.</summary>
    public bool SkipImageCheck { get; init; }

    /// <summary>How many calls are under way at a time.</summary>
    public int ThrottleLimit { get; init; } = ThrottleLimits.Default;
}
