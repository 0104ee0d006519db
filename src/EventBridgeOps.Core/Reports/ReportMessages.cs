using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Reports;

/// <summary>Messages in reports besides the listed records.</summary>
internal static class ReportMessages
{
    // The kinds of things.
    public static Message Checks() => Message.Of($"Checks");

    public static Message BatchTargets() => Message.Of($"Batch targets");

    public static Message TargetRepairs() => Message.Of($"Target repairs");

    public static Message ImageUpdates() => Message.Of($"Image updates");

    public static Message Images() => Message.Of($"Images");

    public static Message Changes() => Message.Of($"Changes");

    public static Message Deliveries() => Message.Of($"Deliveries");

    public static Message PatternCases() => Message.Of($"Pattern cases");

    public static Message Patterns() => Message.Of($"Patterns");

    public static Message Errors() => Message.Of($"Errors");

    // Details and messages of items.
    public static Message ResultAndAdvice(string result, string advice) => Message.Of($"{result}. {advice}");

    public static Message DefinitionAndLatest(string definition, int latest) => Message.Of($"{definition}, latest {latest}");

    public static Message Behind() => Message.Of($"Jobs run an old revision. To repair the target, run {"target sync":cmd}.");

    public static Message Inactive(string reason) => Message.Of($"Every delivery fails: {reason:clause}. To repair the target, run {"target sync":cmd}.");

    public static Message Deregistered() => Message.Of($"the revision is deregistered");

    public static Message Missing(string reason) => Message.Of($"Every delivery fails: {reason:clause}. Register the job definition again.");

    public static Message NoneActive() => Message.Of($"no revision is ACTIVE");

    public static Message ChangeDetail(ChangeKind kind, int items) => Message.Of($"{kind}, {items:item|items}");

    public static Message ChangeDetailOnBuses(ChangeKind kind, int items, IEnumerable<string> buses) => Message.Of($"{kind}, {items:item|items}, {buses}");

    public static Message CaseFailed(string actual, string expected) => Message.Of($"The result is {actual}, but {expected} was expected.");

    public static Message CaseFailedBecause(string actual, string expected, string reason) => Message.Of($"The result is {actual}, but {expected} was expected. {reason}");

    public static Message Valid() => Message.Of($"Valid");

    // Pages.
    public static Message NoItems() => Message.Of($"No items were found.");

    public static Message State() => Message.Of($"State");

    public static Message Name() => Message.Of($"Name");

    public static Message Counts(string items, IEnumerable<string> states) => Message.Of($"{items} in total: {states}.");

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

    public static Message NotWritten(string path, string fault) => Message.Of($"The report {path} cannot be written: {fault:clause}. Specify another path.");
}
