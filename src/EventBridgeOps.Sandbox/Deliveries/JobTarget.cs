using System.Text.Json;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sandbox.Batch;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>Batch job queues: the target's parameters and what the input overrides become a job.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html, "AWS Batch job queue": ContainerOverrides (Command, Environment, Memory, Vcpus), DependsOn and Parameters of the input; what else it has is ignored.</remarks>
internal sealed class JobTarget : IRoleTarget
{
    private const string Overrides = "ContainerOverrides";

    public string Service => "batch";

    /// <summary>SubmitJob is allowed on the job queue and on the job definition, both.</summary>
    /// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbatch.html</remarks>
    public IEnumerable<RolePermission> Permissions(Attempt attempt)
    {
        const string Submit = "batch:SubmitJob";
        string reference = attempt.Target.Document.Object("BatchParameters")?.Text("JobDefinition") ?? "";
        string arn = reference.StartsWith("arn:", StringComparison.Ordinal) ? reference : attempt.Operation.Arn("batch", "job-definition/" + reference);
        // Whether Batch asks for a definition without revision as it is named, or for the revision that is meant, is not documented.
        bool hasRevision = arn.Substring(arn.LastIndexOf('/') + 1).Contains(':');
        yield return new(Submit, attempt.Target.Arn.ToString());
        yield return new(Submit, arn, hasRevision || Latest(attempt.Operation, reference) is not { } latest ? null : $"{arn}:{latest}");
    }

    public Message? Deliver(Attempt attempt)
    {
        RawDocument batch = attempt.Target.Document.Object("BatchParameters") ?? RawDocument.Empty;
        RawDocument job = RawDocument.Empty
            .With("jobName", batch.Text("JobName"))
            .With("jobQueue", attempt.Target.Arn.ToString())
            .With("jobDefinition", batch.Text("JobDefinition"));
        if (batch.Object("ArrayProperties")?.Number("Size") is { } size)
            job = job.With("arrayProperties", RawDocument.Empty.With("size", size));
        if (batch.Object("RetryStrategy")?.Number("Attempts") is { } attempts)
            job = job.With("retryStrategy", RawDocument.Empty.With("attempts", attempts));

        Operation operation = attempt.Operation;
        JobOperations.Submit(operation.With(job.With(FromInput(attempt.Input))));
        return null;
    }

    private static long? Latest(Operation operation, string reference)
    {
        try
        {
            return JobDefinitionOperations.FindActive(operation, reference).Number("revision");
        }
        catch (AwsError)
        {
            return null; // SubmitJob says so itself.
        }
    }

    private static RawDocument FromInput(string input)
    {
        JsonElement root = Json.Parse(input);
        if (root.ValueKind != JsonValueKind.Object)
            return RawDocument.Empty;

        RawDocument given = RawDocument.From(root);
        RawDocument job = RawDocument.Empty;
        if (given.Object("Parameters") is { } parameters)
            job = job.With("parameters", parameters);
        if (given["DependsOn"] is { ValueKind: JsonValueKind.Array } depends)
            job = job.With("dependsOn", depends.EnumerateArray().Where(IsObject).Select(item => Lowered(RawDocument.From(item), "JobId", "Type")));
        return given.Object(Overrides) is { } overrides ? job.With("containerOverrides", Container(overrides)) : job;
    }

    private static RawDocument Container(RawDocument overrides)
    {
        RawDocument container = Lowered(overrides, "Command", "Memory", "Vcpus");
        return overrides["Environment"] is { ValueKind: JsonValueKind.Array } environment
            ? container.With("environment", environment.EnumerateArray().Where(IsObject).Select(item => Lowered(RawDocument.From(item), "Name", "Value")))
            : container;
    }

    private static bool IsObject(JsonElement element) => element.ValueKind == JsonValueKind.Object;

    /// <summary>The named members, spelled as the API of Batch spells them.</summary>
    private static RawDocument Lowered(RawDocument document, params string[] names) => document.Only(names).Members.Aggregate(
        RawDocument.Empty,
        (lowered, member) => lowered.With(char.ToLowerInvariant(member.Key[0]) + member.Key.Substring(1), member.Value));
}
