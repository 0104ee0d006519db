using System.Security.Cryptography;
using System.Text;
using EventBridgeOps.Sandbox.Logs;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Batch;

/// <summary>Where the log of a job is: by default in the log group <c>/aws/batch/job</c>, a stream for each container of each attempt.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/batch/latest/userguide/using_cloudwatch_logs.html and https://docs.aws.amazon.com/batch/latest/APIReference/API_LogConfiguration.html.
/// The role of the instance, or the execution role, which writes the log on AWS, is not looked at.
/// </remarks>
internal static class JobLog
{
    /// <summary>The log group of jobs that name none.</summary>
    public const string Group = "/aws/batch/job";

    /// <summary>The name of the container in a stream, where a job has one container.</summary>
    public const string DefaultName = "default";

    private const int LongestPrefix = 200;

    /// <summary>The ID of the ECS task of the attempt that runs, or that is next.</summary>
    public static string Task(RawDocument job) =>
        HexDigest.Of(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes($"{job.Text("jobId")}/{JobContainers.Attempts(job)}")).Substring(0, 32);

    /// <summary>The log stream of a container: <c>jobDefinitionName/default/taskId</c>; null if its log does not go to CloudWatch Logs.</summary>
    public static string? Stream(RawDocument job, RawDocument container, string name, string task)
    {
        if (!IsKept(container))
            return null;
        string arn = job.Text("jobDefinition") ?? "";
        string definition = arn.Substring(arn.LastIndexOf('/') + 1).Split(':')[0];
        string prefix = Options(container).Text("awslogs-stream-prefix") ?? definition.Substring(0, Math.Min(definition.Length, LongestPrefix));
        return $"{prefix}/{name}/{task}";
    }

    /// <summary>Adds lines to the log of a container, if its group is there or is made by Batch.</summary>
    public static void Write(Operation operation, RawDocument container, IReadOnlyList<(long Timestamp, string Message)> lines)
    {
        if (lines.Count == 0 || container.Text("logStreamName") is not { } stream)
            return;
        RawDocument options = Options(container);
        string name = options.Text("awslogs-group") ?? Group;
        LogGroup? group = LogGroup.Named(operation, name);
        if (group is null && (name == Group || options.Text("awslogs-create-group") == "true"))
            group = LogGroup.Create(operation, name);
        if (group is null)
            return; // A group that the definition names is made by its owner; on AWS, the job would not start.
        if (!group.Streams.ContainsKey(stream))
            group.CreateStream(stream);
        group.Append(stream, lines);
    }

    private static bool IsKept(RawDocument container) => container.Object("logConfiguration")?.Text("logDriver") is null or "awslogs";

    private static RawDocument Options(RawDocument container) => container.Object("logConfiguration")?.Object("options") ?? RawDocument.Empty;
}
