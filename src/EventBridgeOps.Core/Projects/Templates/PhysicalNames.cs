using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Projects.Templates;

/// <summary>The names that a template gives to resources.</summary>
internal static class PhysicalNames
{
    /// <summary>The property with the name of a resource, by its type in the CloudFormation registry.</summary>
    private static readonly Dictionary<string, string> Properties = new(StringComparer.Ordinal)
    {
        ["AWS::Batch::ComputeEnvironment"] = "ComputeEnvironmentName",
        ["AWS::Batch::JobDefinition"] = "JobDefinitionName",
        ["AWS::Batch::JobQueue"] = "JobQueueName",
        ["AWS::CloudWatch::Alarm"] = "AlarmName",
        ["AWS::DynamoDB::Table"] = "TableName",
        [BusParts.ArchiveKind] = "ArchiveName",
        [BusParts.BusKind] = "Name",
        [RuleParts.Kind] = "Name",
        [SchemaParts.RegistryKind] = "RegistryName",
        ["AWS::IAM::Role"] = "RoleName",
        ["AWS::Lambda::Function"] = "FunctionName",
        ["AWS::Logs::DeliveryDestination"] = "Name",
        ["AWS::Logs::DeliverySource"] = "Name",
        ["AWS::Logs::LogGroup"] = "LogGroupName",
        ["AWS::S3::Bucket"] = "BucketName",
        ["AWS::SNS::Topic"] = "TopicName",
        ["AWS::SQS::Queue"] = "QueueName",
    };

    // A job definition with a name that is taken gets a revision. Deliveries belong to the logs of what has a name.
    private static readonly HashSet<string> Shared = new(StringComparer.Ordinal) { "AWS::Batch::JobDefinition", "AWS::Logs::DeliveryDestination", "AWS::Logs::DeliverySource" };

    /// <summary>The property with the name of a resource; null if its type is not known.</summary>
    /// <param name="kind">Its type.</param>
    public static string? PropertyOf(string kind) => Properties.TryGetValue(kind, out string? property) ? property : null;

    /// <summary>The names that must be unique in an account and a Region, as far as they are known before the deployment. Those of rules are as in their physical IDs; rules of the event bus of the project are left out, because it is new too.</summary>
    /// <param name="template">The template.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="settings">The settings of the project.</param>
    public static IEnumerable<(string Kind, string Name)> Of(JsonObject template, ProjectEnvironment environment, ProjectSettings settings)
    {
        foreach (KeyValuePair<string, JsonNode?> each in template["Resources"] as JsonObject ?? [])
        {
            if (each.Value is JsonObject resource && resource["Properties"] is JsonObject properties && resource.String("Type") is { } kind
                && !Shared.Contains(kind) && Properties.TryGetValue(kind, out string? property) && Functions.Resolved(properties[property], environment, settings) is { } name)
            {
                string? bus = kind == RuleParts.Kind && properties["EventBusName"] is { } given ? Functions.Resolved(given, environment, settings) : ProjectEnvironment.DefaultBus;
                if (bus is not null)
                    yield return (kind, bus == ProjectEnvironment.DefaultBus ? name : $"{bus}|{name}");
            }
        }
    }
}
