using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Stacks;

/// <summary>Messages about stacks of AWS CloudFormation.</summary>
internal static class StackMessages
{
    public static Message NoStack(string stack) => Message.Of($"Stack {stack} was not found. It may have been deleted in the meantime.");

    public static Message Progress(string stack) => Message.Of($"Waiting for stack {stack}");

    public static Message Comparing() => Message.Of($"Comparing the stack with the template");

    public static Message Happened(string resource, string kind, string status, string? reason) => reason is null ? Message.Of($"{resource} ({kind}): {status}") : Message.Of($"{resource} ({kind}): {status}: {reason}");

    public static Message Change(string change) => Message.Of($"Change: {change}");

    public static Message ChangeSetFailed(string stack, string? reason) => Message.Of($"The changes of stack {stack} could not be planned: {reason}");

    public static Message OtherDeployment(string stack) => Message.Of($"Stack {stack} was deployed by another run at the same time, and this deployment was given up. Run the command again.");

    public static Message ChangeSetNotReady(string changeSet, string status) => Message.Of($"The change set {changeSet} is still {status}. Run the command again later.");

    public static Message ResourceFailed(string resource, string kind, string? reason, string stack, string status) => Message.Of($"{resource} ({kind}) failed: {reason} Stack {stack} is now {status}.");

    public static Message StackFailed(string stack, string status, string? reason) => Message.Of($"Stack {stack} is now {status}: {reason}");

    public static Message Stuck(Stack stack) => Message.Of($"Stack {stack.Name} cannot be updated, because it is {stack.Status}: {stack.StatusReason} Continue or cancel what is pending in the console of CloudFormation, or delete the stack.");

    public static Message StillBusy(string stack, string status, double minutes) => Message.Of($"Stack {stack} is still {status} after {minutes} minutes. CloudFormation continues. To wait for it, run the command again.");

    public static Message StackNamed(string name) => Message.Of($"stack {name}");
}
