namespace EventBridgeOps.Patterns.Syntax;

/// <summary>How AWS services write the values of their events' details, as far as they are often written in another case.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/ref/welcome.html. The lists may lack values: only a value in another case is doubted.</remarks>
internal static class AwsValues
{
    private static readonly Dictionary<(string DetailType, string Field), string[]> Values = new()
    {
        [("Batch Job State Change", "status")] = ["SUBMITTED", "PENDING", "RUNNABLE", "STARTING", "RUNNING", "SUCCEEDED", "FAILED"],
        [("EC2 Instance State-change Notification", "state")] = ["pending", "running", "shutting-down", "stopped", "stopping", "terminated"],
        [("ECR Image Action", "action-type")] = ["PUSH", "DELETE"],
        [("ECR Image Action", "result")] = ["SUCCESS", "FAILURE"],
        [("ECS Task State Change", "lastStatus")] = ["PROVISIONING", "PENDING", "ACTIVATING", "RUNNING", "DEACTIVATING", "STOPPING", "DEPROVISIONING", "STOPPED"],
        [("ECS Task State Change", "desiredStatus")] = ["RUNNING", "STOPPED"],
        [("CodeBuild Build State Change", "build-status")] = ["IN_PROGRESS", "SUCCEEDED", "FAILED", "STOPPED"],
        [("CodePipeline Pipeline Execution State Change", "state")] = ["STARTED", "SUCCEEDED", "RESUMED", "FAILED", "STOPPING", "STOPPED", "CANCELED", "SUPERSEDED"],
        [("Step Functions Execution Status Change", "status")] = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"],
        [("Glue Job State Change", "state")] = ["SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED"],
    };

    /// <summary>What AWS writes instead of a value; null if none of the events is known to have it in another case.</summary>
    /// <param name="detailTypes">The types of the events.</param>
    /// <param name="field">A field of the detail.</param>
    /// <param name="text">The value in the pattern.</param>
    public static string? Respelled(IReadOnlyCollection<string> detailTypes, string field, string text)
    {
        string? meant = null;
        foreach (string type in detailTypes)
        {
            if (!Values.TryGetValue((type, field), out string[]? known) || known.Contains(text, StringComparer.Ordinal))
            {
                return null;
            }

            meant ??= Array.Find(known, value => string.Equals(value, text, StringComparison.OrdinalIgnoreCase));
        }

        return meant;
    }
}
