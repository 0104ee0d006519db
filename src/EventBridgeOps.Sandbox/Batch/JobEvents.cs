using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Batch;

/// <summary>The event of each change of a job's status.</summary>
/// <remarks>https://docs.aws.amazon.com/batch/latest/userguide/batch_job_events.html: the detail has the members of DescribeJobs.</remarks>
internal static class JobEvents
{
    public static void Report(Operation operation, RawDocument job) =>
        operation.Account.Events.Report(operation, "aws.batch", "Batch Job State Change", [job.Text("jobArn")!], job);
}
