using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventBridgeOps.ServiceDeployments;

/// <summary>Names and times as Amazon ECS writes them.</summary>
public static class EcsText
{
    private const string TaskDefinitionPart = "task-definition/";

    /// <summary>The name at the end of the ARN of a cluster or a service; a name is returned unchanged.</summary>
    /// <param name="reference">An ARN or a name.</param>
    public static string Name(string reference) => reference.Substring(reference.LastIndexOf('/') + 1);

    /// <summary>Family and revision of a task definition, without the rest of an ARN.</summary>
    /// <param name="reference">An ARN, or family and revision.</param>
    public static string TaskDefinition(string reference)
    {
        int start = reference.IndexOf(TaskDefinitionPart, StringComparison.Ordinal);
        return start < 0 ? reference : reference.Substring(start + TaskDefinitionPart.Length);
    }

    /// <summary>The cluster of a service, if its ARN names it: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html#ecs-resource-ids.</summary>
    internal static string? ClusterOf(string service)
    {
        string[] parts = service.Split('/');
        return service.StartsWith("arn:", StringComparison.Ordinal) && parts.Length == 3 ? parts[1] : null;
    }

    /// <summary>A time, which its JSON has as seconds, with a fraction: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html.</summary>
    internal static DateTimeOffset? Time(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.Number && double.TryParse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and < 100_000_000_000
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
            : null;
}
