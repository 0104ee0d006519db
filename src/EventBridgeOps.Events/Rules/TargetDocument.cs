using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Events.Rules;

/// <summary>The job definition in the document of a Batch target.</summary>
public static class TargetDocument
{
    private const string BatchParameters = nameof(BatchParameters);
    private const string JobDefinitionField = "JobDefinition";

    /// <summary>The job definition as written; null when it is not a Batch target.</summary>
    public static string? JobDefinition(JsonObject target) => (target[BatchParameters] as JsonObject)?.String(JobDefinitionField);

    /// <summary>Returns a copy of the document in which only the job definition is replaced; null when it is not a Batch target.</summary>
    public static JsonObject? WithJobDefinition(JsonObject target, string jobDefinition)
    {
        if (JobDefinition(target) is null)
            return null;
        JsonObject copy = target.DeepClone().AsObject();
        copy[BatchParameters]!.AsObject()[JobDefinitionField] = jobDefinition;
        return copy;
    }
}
