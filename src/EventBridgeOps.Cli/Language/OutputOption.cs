namespace EventBridgeOps.Cli.Language;

/// <summary>The option for the output format.</summary>
internal static class OutputOption
{
    public const string Name = "--output";

    /// <summary>The formats that only commands with reports have.</summary>
    public static IReadOnlyList<string> Reports { get; } = ["junit", "markdown"];
}
