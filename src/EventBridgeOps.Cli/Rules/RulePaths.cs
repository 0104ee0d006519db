using EventBridgeOps.Cli.Hosting;

namespace EventBridgeOps.Cli.Rules;

/// <summary>Paths of rules.</summary>
internal static class RulePaths
{
    /// <summary>The paths as they are, and those of folders in full, because projects are read by full paths.</summary>
    /// <param name="terminal">What knows the current folder.</param>
    /// <param name="paths">The paths; null for none.</param>
    public static string[] Of(Terminal terminal, string[]? paths) => [.. (paths ?? []).Select(path => Directory.Exists(path) ? terminal.Host.FullPath(path) : path)];
}
