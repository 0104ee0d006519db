using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Events.Inputs;

/// <summary>The SubmitJob request that EventBridge sends for a target that is a job queue: its parameters, and what the input overrides.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html, "AWS Batch job queue": <c>ContainerOverrides</c> (<c>Command</c>,
/// <c>Environment</c>, <c>Memory</c>, <c>Vcpus</c>), <c>DependsOn</c> and <c>Parameters</c> of the input; what else it has is ignored.
/// </remarks>
public static class JobRequest
{
    private const string Overrides = "ContainerOverrides";

    /// <summary>The request.</summary>
    /// <param name="target">The document of the target.</param>
    /// <param name="input">The input that the target receives, a JSON text.</param>
    /// <exception cref="JsonException">The input is not JSON.</exception>
    public static JsonObject Of(JsonObject target, string input)
    {
        JsonObject batch = target["BatchParameters"] as JsonObject ?? [];
        JsonObject job = new()
        {
            ["jobName"] = batch.String("JobName"),
            ["jobQueue"] = target.String("Arn"),
            ["jobDefinition"] = batch.String("JobDefinition"),
        };
        Put(job, "arrayProperties", Lowered(batch["ArrayProperties"], "Size"));
        Put(job, "retryStrategy", Lowered(batch["RetryStrategy"], "Attempts"));
        if (JsonNode.Parse(input, documentOptions: new JsonDocumentOptions { MaxDepth = Document.MaxDepth }) is not JsonObject given)
            return job;
        Put(job, "parameters", given["Parameters"] is JsonObject parameters ? (JsonObject)parameters.DeepClone() : null);
        if (given["DependsOn"] is JsonArray depends)
            job["dependsOn"] = Each(depends, "JobId", "Type");
        if (given[Overrides] is not JsonObject overrides)
            return job;
        JsonObject container = Lowered(overrides, "Command", "Memory", "Vcpus")!;
        if (overrides["Environment"] is JsonArray environment)
            container["environment"] = Each(environment, "Name", "Value");
        job["containerOverrides"] = container;
        return job;
    }

    private static void Put(JsonObject job, string name, JsonObject? value)
    {
        if (value is { Count: > 0 })
            job[name] = value;
    }

    private static JsonArray Each(JsonArray items, params string[] names) => new([.. items.OfType<JsonObject>().Select(item => (JsonNode?)Lowered(item, names))]);

    /// <summary>The named members, spelled as the API of AWS Batch spells them.</summary>
    private static JsonObject? Lowered(JsonNode? node, params string[] names)
    {
        if (node is not JsonObject document)
            return null;
        JsonObject lowered = [];
        foreach (string name in names)
        {
            if (document[name] is { } value)
                lowered[char.ToLowerInvariant(name[0]) + name.Substring(1)] = value.DeepClone();
        }

        return lowered;
    }
}
