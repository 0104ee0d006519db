namespace EventBridgeOps.Sandbox.Wire;

/// <summary>An error in the service's own words.</summary>
internal sealed class AwsError(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public static AwsError Validation(string message) => new(400, "ValidationException", message);
}
