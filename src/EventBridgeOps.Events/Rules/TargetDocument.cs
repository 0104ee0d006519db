using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Events.Rules;

/// <summary>The one place that knows where a Batch target's document holds its job definition.</summary>
public static class TargetDocument
{
    private const string BatchParameters = nameof(BatchParameters);
    private const string JobDefinitionField = "JobDefinition";

    /// <summary>The job definition as written; null when it is not a Batch target.</summary>
    public static string? JobDefinition(JsonObject target) => (target[BatchParameters] as JsonObject)?.String(JobDefinitionField);

    /// <summary>A copy of the document in which the job definition alone is another; null when it is not a Batch target.</summary>
    public static JsonObject? WithJobDefinition(JsonObject target, string jobDefinition)
    {
        if (JobDefinition(target) is null)
            return null;
        JsonObject copy = target.DeepClone().AsObject();
        copy[BatchParameters]!.AsObject()[JobDefinitionField] = jobDefinition;
        return copy;
    }
}
