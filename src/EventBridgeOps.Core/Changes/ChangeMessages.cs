using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Changes;

/// <summary>Messages about changes and their journal. Words and reasons are clauses: they are part of a sentence.</summary>
internal static class ChangeMessages
{
    public static Message ChangeNotFound(string folder, string id) =>
        Message.Of($"Change '{id}' was not found in the journal in {folder}. To list the changes, run {"change list":cmd}. To use another journal, set {"JournalPath":param}, {"JournalTable":param} or EBOPS_JOURNAL.");

    public static Message AmbiguousId(string id, int count, IEnumerable<string> ids) => Message.Of($"'{id}' matches {count:change|changes}. Specify the full ID: {ids}.");

    public static Message CallerUnknown(OpsException error) => Message.Of($"The journal entry does not include the caller identity: {error}");

    public static Message Recorded(string id, string folder) => Message.Of($"Change {id} is recorded in {folder}.");

    public static Message JournalNotWritable(string folder, Message fault) =>
        Message.Of($"The change journal in {folder} cannot be written, so no further changes are made: {fault:clause}. Specify another folder with {"JournalPath":param} or EBOPS_JOURNAL.");

    public static Message JournalNotReadable(string folder, Message fault) => Message.Of($"The change journal in {folder} cannot be read: {fault:clause}.");

    public static Message JournalIsFile(string path) => Message.Of($"The change journal {path} is a file. Specify a folder with {"JournalPath":param} or EBOPS_JOURNAL.");

    public static Message JournalNotPrivate(string folder, Message fault) =>
        Message.Of($"The change journal in {folder} is not used: {fault:clause}. Remove that permission (chmod o-w), or specify another folder with {"JournalPath":param} or EBOPS_JOURNAL.");

    public static Message JournalTooNew(string folder, int version) =>
        Message.Of($"The change journal in {folder} has entries of format {version}, which a later version of EventBridgeOps wrote. Update EventBridgeOps.");

    public static Message JournalLine(int number, string file) => Message.Of($"line {number} of {file}");

    public static Message JournalLineDamaged(Message place) =>
        Message.Of($"The change journal is damaged: {place} is not a valid entry. The change that it belongs to may be missing or incomplete. Correct the line, or restore the file from a backup.");

    public static Message NoJournalFolder() =>
        Message.Of($"No folder was found for the change journal, because neither HOME nor LOCALAPPDATA is set. Specify a folder with {"JournalPath":param} or EBOPS_JOURNAL.");

    public static Message Declined() => Message.Of($"declined");

    public static Message AlreadyUpToDate() => Message.Of($"already up to date when it was read again");

    public static Message AlreadyUndone() => Message.Of($"already undone: it is in its state before the change");

    public static Message RollingBack() => Message.Of($"An item failed. All items that this run updated are being rolled back.");

    public static Message OtherItemFailed() => Message.Of($"rolled back because another item of the run failed");

    public static Message NotRolledBack(OpsException error) => Message.Of($"could not be rolled back: {error}");

    public static Message Updated() => Message.Of($"updated");

    public static Message Reverted() => Message.Of($"reverted");

    public static Message WouldUpdate() => Message.Of($"would be updated");

    public static Message AlreadyCurrent() => Message.Of($"already current");

    public static Message UndoneBefore() => Message.Of($"already undone");

    public static Message Skipped() => Message.Of($"skipped");

    // In reports.
    public static Message Detail(ChangeKind kind, int items) => Message.Of($"{kind}, {items:item|items}");

    public static Message DetailOnBuses(ChangeKind kind, int items, IEnumerable<string> buses) => Message.Of($"{kind}, {items:item|items}, {buses}");

    public static Message NoChanges(string journal) => Message.Of($"No changes were found in the journal {journal}.");
}
