using EventBridgeOps.Jobs;

namespace EventBridgeOps.Cli.Language;

/// <summary>Reads the command lines of the scripts that came before <c>ebops</c>: <c>--action send|test|batch</c> and <c>test-all</c>.</summary>
internal static class FormerCommands
{
    private const string TestAll = "test-all";

    private static readonly string[] Action = ["--action", "-a"];

    private static readonly Dictionary<string, string[]> Commands = new(StringComparer.Ordinal)
    {
        ["send"] = ["mvp", "send"],
        ["test"] = ["check"],
        ["batch"] = ["mvp", "send", "--test-count", $"{MvpTestRequests.DefaultCount}"],
    };

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["-j"] = "--job-id",
        ["-u"] = "--user-id",
        ["-p"] = "--product-id",
        ["-b"] = "--business-name",
        ["-r"] = "--region",
        ["-e"] = "--event-bus-name",
        ["--event-bus"] = "--event-bus-name",
    };

    /// <summary>The command line in today's words; the same one if it is not from before.</summary>
    public static IReadOnlyList<string> Today(IReadOnlyList<string> args)
    {
        if (args is [TestAll, ..])
            return ["check", "--send", .. args.Skip(1).Select(Renamed)];
        if (args is not [['-', ..], ..]) // They had no commands, so a command is not from before.
            return args;
        string[] words = [.. args.SelectMany(arg => arg.StartsWith("--", StringComparison.Ordinal) && arg.IndexOf('=') is > 0 and var at ? [arg[..at], arg[(at + 1)..]] : new[] { arg })];
        int action = Array.FindIndex(words, word => Action.Contains(word));
        return action >= 0 && action + 1 < words.Length && Commands.TryGetValue(words[action + 1], out string[]? command)
            ? [.. command, .. words.Where((_, at) => at != action && at != action + 1).Select(Renamed)]
            : args;
    }

    private static string Renamed(string word) => Names.GetValueOrDefault(word, word);
}
