using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudTrail;

/// <summary>The errors of CloudTrail: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html#API_CreateTrail_Errors.</summary>
internal static class TrailErrors
{
    public static AwsError BadParameter(string message) => new(400, "InvalidParameterException", message);

    public static AwsError BadSelectors(string message) => new(400, "InvalidEventSelectorsException", message);

    public static AwsError NotFound(Operation operation, string name) =>
        new(400, "TrailNotFoundException", $"Unknown trail: {name} for the user: {operation.Account.Id}");

    /// <summary>Refuses members that the sandbox would have to ignore; what is false or empty asks for nothing.</summary>
    public static void Known(Operation operation, params string[] known)
    {
        foreach (KeyValuePair<string, JsonElement> member in operation.Input.Without(known).Members)
        {
            if (member.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False))
                throw BadParameter(TrailMessages.NoParameter(member.Key, operation.Call.Operation).ToString());
        }
    }
}
