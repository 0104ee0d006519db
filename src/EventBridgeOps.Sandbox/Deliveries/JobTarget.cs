using EventBridgeOps.Events.Inputs;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sandbox.Batch;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>Batch job queues: the target's parameters and what the input overrides become a job.</summary>
internal sealed class JobTarget : IRoleTarget
{
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
        Operation operation = attempt.Operation;
        JobOperations.Submit(operation.With(RawDocument.Parse(JobRequest.Of(attempt.Target.Node, attempt.Input).ToJsonString())));
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
}
