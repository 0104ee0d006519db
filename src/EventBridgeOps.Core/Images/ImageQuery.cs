using EventBridgeOps.Runs;

namespace EventBridgeOps.Images;

/// <summary>Which images to list.</summary>
public sealed record ImageQuery
{
    /// <summary>Job definition names, with or without wildcards; empty for all.</summary>
    public IReadOnlyList<string> JobDefinition { get; init; } = [];

    /// <summary>Repository names, with or without wildcards; empty for all.</summary>
    public IReadOnlyList<string> RepositoryName { get; init; } = [];

    /// <summary>Do not look up the images.</summary>
    public bool SkipImageCheck { get; init; }

    /// <summary>The number of concurrent calls.</summary>
    public int ThrottleLimit { get; init; } = ThrottleLimits.Default;
}
