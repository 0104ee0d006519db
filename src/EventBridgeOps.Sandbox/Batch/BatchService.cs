using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Batch;

/// <summary>Batch as far as it is spoken here.</summary>
internal sealed class BatchService : IService
{
    private static readonly Dictionary<string, Func<Operation, RawDocument>> All = new()
    {
        ["RegisterJobDefinition"] = JobDefinitionOperations.Register,
        ["DeregisterJobDefinition"] = JobDefinitionOperations.Deregister,
        ["DescribeJobDefinitions"] = JobDefinitionOperations.Describe,
        ["CreateJobQueue"] = JobQueueOperations.Create,
        ["UpdateJobQueue"] = JobQueueOperations.Update,
        ["DeleteJobQueue"] = JobQueueOperations.Delete,
        ["DescribeJobQueues"] = JobQueueOperations.Describe,
        ["CreateComputeEnvironment"] = ComputeEnvironmentOperations.Create,
        ["UpdateComputeEnvironment"] = ComputeEnvironmentOperations.Update,
        ["DeleteComputeEnvironment"] = ComputeEnvironmentOperations.Delete,
        ["DescribeComputeEnvironments"] = ComputeEnvironmentOperations.Describe,
        ["SubmitJob"] = JobOperations.Submit,
        ["DescribeJobs"] = JobOperations.Describe,
        ["ListJobs"] = JobOperations.List,
        ["CancelJob"] = JobOperations.Cancel,
        ["TerminateJob"] = JobOperations.Terminate,
        ["TagResource"] = BatchTagOperations.Tag,
        ["UntagResource"] = BatchTagOperations.Untag,
        ["ListTagsForResource"] = BatchTagOperations.List,
    };

    private static readonly Dictionary<string, string> ByPath =
        All.Keys.Where(name => !name.Contains("Tag") || name.StartsWith("Describe", StringComparison.Ordinal))
            .ToDictionary(name => name, name => name, StringComparer.OrdinalIgnoreCase);

    public string Name => "batch";

    public IReadOnlyDictionary<string, Func<Operation, RawDocument>> Operations => All;

    public AwsError BadToken => ClientError("nextToken is not valid.");

    public AwsError Internal(int status) => new(status, "ServerException", "An internal error has occurred.");

    /// <summary>The operation that POST /v1/{path} calls: its name in small letters.</summary>
    public static string OperationAt(string method, string path) =>
        method == "POST" && ByPath.TryGetValue(path, out string? operation) ? operation : $"{method} {path}";

    public static AwsError ClientError(string message) => new(400, "ClientException", $"Error executing request, Exception : {message}");

    /// <summary>A required text member.</summary>
    public static string Required(RawDocument input, string member) =>
        input.Text(member) is { Length: > 0 } text ? text : throw ClientError($"{member} must not be empty.");
}
