using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Lambda;

/// <summary>The errors of Lambda.</summary>
/// <remarks>The service model of Lambda: the status beside the name of each error.</remarks>
internal static class LambdaErrors
{
    public static AwsError Invalid(string message) => new(400, "InvalidParameterValueException", message);

    public static AwsError NotSupported(string what) => Invalid(LambdaMessages.NotSupported(what).ToString());

    public static AwsError NotFound(string message) => new(404, "ResourceNotFoundException", message);

    public static AwsError Conflict(string message) => new(409, "ResourceConflictException", message);

    /// <summary>Refuses members of an input that the sandbox would have to ignore.</summary>
    public static void CheckKnown(RawDocument input, string at, params string[] known)
    {
        if (input.Members.FirstOrDefault(member => !known.Contains(member.Key)).Key is { } other)
            throw NotSupported(at + other);
    }
}
