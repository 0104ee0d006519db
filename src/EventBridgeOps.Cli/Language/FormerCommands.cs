using EventBridgeOps.Events.Messages;
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
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: there is no such action.</exception>
    public static IReadOnlyList<string> Today(IReadOnlyList<string> args)
    {
        if (args is [TestAll, ..])
            return ["check", "--send", .. args.Skip(1).Select(Renamed)];
        if (args is not [['-', ..], ..]) // They had no commands, so a command is not from before.
            return args;
        string[] words = [.. args.SelectMany(arg => arg.StartsWith("--", StringComparison.Ordinal) && arg.IndexOf('=') is > 0 and var at ? [arg[..at], arg[(at + 1)..]] : new[] { arg })];
        int action = Array.FindIndex(words, word => Action.Contains(word));
        if (action < 0)
            return args;
        return Commands.TryGetValue(words.ElementAtOrDefault(action + 1) ?? "", out string[]? command)
            ? [.. command, .. words.Where((_, at) => at != action && at != action + 1).Select(Renamed)]
            : throw new OpsException(ErrorIds.InvalidArgument, UsageMessages.NotAnAction(words.ElementAtOrDefault(action + 1), Commands.Keys));
    }

    private static string Renamed(string word) => Names.GetValueOrDefault(word, word);
}
