using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Projects.LiveTesting;

/// <summary>What a live test found.</summary>
/// <param name="Name">The name of the project.</param>
/// <param name="EnvironmentName">The name of the environment.</param>
/// <param name="Results">What was found, rule by rule.</param>
public sealed record LiveTest(string Name, string EnvironmentName, IReadOnlyList<LiveTestResult> Results)
{
    /// <summary>How many results differ from what was foretold.</summary>
    public int Failed => Count(LiveTestState.Failed);

    /// <summary>Whether everything that was tested happened as foretold.</summary>
    public bool Passed => Failed == 0;

    /// <summary>The latency that half of the deliveries did not exceed, in milliseconds; null if nothing arrived.</summary>
    public double? P50 => Percentile(0.50);

    /// <summary>The latency that 99 percent of the deliveries did not exceed, in milliseconds; null if nothing arrived.</summary>
    public double? P99 => Percentile(0.99);

    /// <summary>What was tested and found, as a sentence.</summary>
    public Message Summary => Results.Count == 0
        ? LiveTestMessages.NothingToTest(Name)
        : LiveTestMessages.Summary(Name, EnvironmentName, Count(LiveTestState.Passed), Failed, Count(LiveTestState.NotTested) + Count(LiveTestState.Unknown), Rounded(P50), Rounded(P99));

    /// <summary>The failure, as an error.</summary>
    /// <exception cref="InvalidOperationException">Nothing failed.</exception>
    public OpsException ToError() => Passed ? throw new InvalidOperationException() : new OpsException(ErrorIds.ProjectTestFailed, LiveTestMessages.Failed(Name, EnvironmentName, Failed));

    private int Count(LiveTestState state) => Results.Count(result => result.State == state);

    private static long? Rounded(double? number) => number is { } some ? (long)Math.Round(some) : null;

    // The nearest rank: the least value that so many do not exceed.
    private double? Percentile(double share)
    {
        double[] latencies = [.. Results.Select(result => result.LatencyMilliseconds).OfType<double>().OrderBy(latency => latency)];
        return latencies.Length == 0 ? null : latencies[(int)Math.Ceiling(share * latencies.Length) - 1];
    }
}
