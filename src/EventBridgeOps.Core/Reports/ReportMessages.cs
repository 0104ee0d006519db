using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Reports;

/// <summary>Messages in reports besides the listed records.</summary>
internal static class ReportMessages
{
    public static Message Errors() => Message.Of($"Errors");

    // Pages.
    public static Message NoItems() => Message.Of($"No items were found.");

    public static Message State() => Message.Of($"State");

    public static Message Name() => Message.Of($"Name");

    public static Message Counts(string items, IEnumerable<string> states) => Message.Of($"{items} in total: {states}.");

    public static Message Uncounted(string state) => Message.Of($"{state} (not counted)");

    public static Message Omitted(int omitted, int all) => Message.Of($"{omitted} of {all:item|items} are omitted, because the page has reached its size limit.");

    // CI systems.
    public static Message OutsideCi() => Message.Of($"The command does not run in GitHub Actions or Azure Pipelines, so there is no summary page or log to write to.");

    public static Message More(int more) => Message.Of($"{more} more. The summary of the run lists all of them.");

    // Drift and files.
    public static Message DriftFound(int drift, int all, IEnumerable<Message> places) =>
        Message.Of($"Drift was found in {drift} of {all:item|items}: {places}. To repair targets, run {"target sync":cmd}. To replace an image that is missing, run {"image update":cmd}.");

    public static Message DriftOn(string place, IEnumerable<KeyValuePair<string, int>> states)
    {
        Message counts = Message.Join(" and ", states.Select(state => Message.Of($"{state.Value} {state.Key}")));
        return Message.Of($"{counts} on {place}");
    }

    public static Message NotWritten(string path, Message fault) => Message.Of($"The report {path} cannot be written: {fault:clause}. Specify another path.");
}
