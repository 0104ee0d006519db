using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.PowerShell.Pipeline;

/// <summary>What all cmdlets say: errors of objects from the pipeline, confirmation, progress, and the line at the end of a run.</summary>
internal static class PipelineMessages
{
    public static Message Unexpected(string type, string fault) =>
        Message.Of($"An unexpected error occurred ({type}): {fault:clause}. Please report it together with the output of '$Error[0].Exception.ToString()'.");

    public static Message NotAName(string value, IEnumerable<string> names) => Message.Of($"'{value}' is not a valid value. Valid values: {names}.");

    public static Message SeeErrors(string errorId) => Message.Of($"For causes and solutions of {errorId}, run: {"errors":topic}");

    public static Message Operation(Message action, string target) => Message.Of($"Performing the operation \"{action}\" on target \"{target}\".");

    public static Message AreYouSure(Message operation) => Message.Of($"Are you sure you want to perform this action?{Environment.NewLine}{operation}");

    public static Message Confirm() => Message.Of($"Confirm");

    public static Message Done() => Message.Of($"Done");

    public static Message Count(int done) => Message.Of($"{done}");

    public static Message CountOf(int done, int total) => Message.Of($"{done} of {total}");

    public static Message RunEnded(string counts) => Message.Of($"{counts}.");

    /// <summary>Without a full stop at its end, so that the command can be copied.</summary>
    public static Message RunEndedWithChanges(string counts, IReadOnlyList<string> ids) => Message.Of($"{counts}. Change {ids}. To undo: {"change undo":cmd} {ids}");

    public static Message PipedObject() => Message.Of($"The object from the pipeline");

    public static Message ParameterName(string parameter) => Message.Of($"{parameter:param}");

    public static Message NotAnObject(Message given) => Message.Of($"{given} must be an object with properties, such as a hashtable.");

    public static Message NotJsonObject(Message given) => Message.Of($"{given} is a string, but not the JSON text of an object.");

    public static Message NestedTooDeep(int levels) => Message.Of($"The object is nested more than {levels} levels deep or contains itself.");

    public static Message HoldsSecret() =>
        Message.Of($"The object contains a SecureString or a credential, which must not be sent in an event. Send a reference instead, such as the ARN of an AWS Secrets Manager secret.");

    public static Message NotANumber(double number) => Message.Of($"The object contains the number {number}, which JSON cannot represent.");
}
