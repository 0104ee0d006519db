using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Logs;

/// <summary>The errors of CloudWatch Logs: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/CommonErrors.html.</summary>
internal static class LogErrors
{
    public static AwsError NoGroup() => NotFound("The specified log group does not exist.");

    public static AwsError NoStream() => NotFound("The specified log stream does not exist.");

    public static AwsError NotFound(string message) => new(400, "ResourceNotFoundException", message);

    public static AwsError Exists(string message) => new(400, "ResourceAlreadyExistsException", message);

    public static AwsError BadParameter(string message) => new(400, "InvalidParameterException", message);

    public static AwsError NotSupported(Message message) => BadParameter(message.ToString());

    /// <summary>Refuses parameters that the sandbox would have to ignore.</summary>
    public static void Refuse(RawDocument input, params string[] names)
    {
        foreach (string name in names)
        {
            if (input[name] is { } value && value.ValueKind is not (System.Text.Json.JsonValueKind.Null or System.Text.Json.JsonValueKind.False))
                throw NotSupported(LogMessages.NoParameter(name));
        }
    }

    /// <summary>Throws what was violated, with the code of this service.</summary>
    public static void Check(Constraints constraints)
    {
        try
        {
            constraints.Check();
        }
        catch (AwsError e)
        {
            throw BadParameter(e.Message);
        }
    }
}
