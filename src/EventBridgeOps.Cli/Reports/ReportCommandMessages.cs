using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Reports;

/// <summary>What is said about the reports of a command.</summary>
internal static class ReportCommandMessages
{
    public static Message NotAReport(string given, IEnumerable<string> formats) =>
        Message.Of($"'{given}' is not a valid value for {"Report":param}. Use format=path, where the format is one of {formats}. Example: junit=drift.xml.");

    public static Message NotToOutput(string given) => Message.Of($"'{given}' is not a valid value for {"Report":param}, because a report is written to a file. To write it to standard output, use {"Output":param}.");
}
