using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Changes;

/// <summary>What the commands for changes say, and what all commands say about the changes that they make.</summary>
internal static class ChangeCommandMessages
{
    public static Message WhatIf(string target, Message action) => Message.Of($"What if: {target}: {action}");

    public static Message WhatIfAndConfirm() => Message.Of($"{"WhatIf":param} cannot be combined with {"Confirm":param}, because nothing is changed. Use one of them.");

    public static Message AskWithoutTerminal() =>
        Message.Of($"The command prompts for confirmation, which requires a terminal, but standard input is redirected. To run it without a prompt, use {"Yes":param}.");

    public static Message ConfirmWithoutTerminal() =>
        Message.Of($"{"Confirm":param} requires a terminal, but standard input is redirected. Omit it, or preview the changes with {"WhatIf":param}.");

    public static Message WhichChange() => Message.Of($"Specify the ID of the change to undo. To list the changes, run {"change list":cmd}.");

    public static Message LastTooLow() => Message.Of($"{"Last":param} must be 1 or greater.");

    public static Message NoTargets() => Message.Of($"No Batch targets were found.");

    public static Message NoJobDefinitions() => Message.Of($"No job definitions were updated.");

    public static Message NoServices() => Message.Of($"No services were deployed.");

    public static Message Skipped(int count, string reason) => Message.Of($"{count} skipped: {reason}");

    public static Message Summary(string counts) => Message.Of($"{counts}.");

    public static Message Recorded(Message summary, string changeId, Message undo) => Message.Of($"{summary} Change {changeId}. To undo it, run: {undo}");

    public static Message Planned(Message summary, string planPath) => Message.Of($"{summary} The plan was saved in {planPath}. To apply it, run: {"plan apply":cmd} {planPath}");

    public static Message Undo(string changeId) => Message.Of($"{"change undo":cmd} {changeId}");

    public static Message UndoIn(string changeId, string journalPath) => Message.Of($"{"change undo":cmd} {changeId} {"JournalPath":param} {journalPath}");

    public static Message UndoInTable(string changeId, string table) => Message.Of($"{"change undo":cmd} {changeId} {"JournalTable":param} {table}");

    public static Message Cancelled(int written, int open) => Message.Of($"Cancelled: {written} updated, {open} with unknown status.");

    public static Message Interrupted(int written, int open) => Message.Of($"Interrupted: {written} updated, {open} with unknown status.");

    public static Message MightBeUpdated() => Message.Of($"Items that might have been updated:");

    public static Message Item(string item, string step) => Message.Of($"  {item}: {step}");

    public static Message RollBack(string changeId, Message undo) => Message.Of($"Change {changeId}. To undo the updates that were made, run: {undo}");
}
