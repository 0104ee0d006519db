using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudWatch;

/// <summary>The errors of CloudWatch, each with its code in the query protocol: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html.</summary>
internal static class MetricErrors
{
    public static AwsError BadValue(string message) => new(400, "InvalidParameterValueException", message) { QueryCode = "InvalidParameterValue" };

    public static AwsError BadCombination(string message) => new(400, "InvalidParameterCombinationException", message) { QueryCode = "InvalidParameterCombination" };

    public static AwsError Missing(string name) => new(400, "MissingRequiredParameterException", $"The parameter {name} is required.") { QueryCode = "MissingParameter" };

    public static AwsError Invalid(string message) => new(400, "ValidationException", message) { QueryCode = "ValidationError" };

    public static AwsError NotSupported(Message message) => BadValue(message.ToString());

    /// <summary>Throws what was violated, with the code that the query protocol has for it.</summary>
    public static void Check(Constraints constraints)
    {
        try
        {
            constraints.Check();
        }
        catch (AwsError e)
        {
            throw Invalid(e.Message);
        }
    }
}
