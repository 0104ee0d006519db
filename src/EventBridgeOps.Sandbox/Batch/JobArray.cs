using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Batch;

/// <summary>Array jobs: the parent counts its children by status, and ends when all of them have.</summary>
/// <remarks>https://docs.aws.amazon.com/batch/latest/userguide/array_jobs.html</remarks>
internal static class JobArray
{
    private const string Properties = "arrayProperties";
    private const string Summary = "statusSummary";

    public static bool IsParent(RawDocument job) => job.Object(Properties)?.Number("size") is not null;

    /// <summary>Counts a child whose status is another one now; its parent is not looked through, for it may have 10,000 children.</summary>
    public static void Count(Operation operation, RawDocument child, string? before)
    {
        if (ParentOf(operation, child) is not { } parent)
            return;
        RawDocument properties = parent.Object(Properties)!;
        RawDocument summary = properties.Object(Summary) ?? RawDocument.Empty;
        if (before is not null)
            summary = summary.Number(before) is > 1 and long left ? summary.With(before, left - 1) : summary.Without(before);
        string status = child.Text("status")!;
        summary = summary.With(status, (summary.Number(status) ?? 0) + 1);
        operation.State["jobs"][parent.Text("jobId")!] = parent.With(Properties, properties.With(Summary, summary));
    }

    /// <summary>Ends the parent of a child that ended, if that was the last one.</summary>
    public static void EndParent(Operation operation, RawDocument child)
    {
        if (ParentOf(operation, child) is not { } parent || parent.Text("status") is JobCourse.Succeeded or JobCourse.Failed)
            return;
        RawDocument properties = parent.Object(Properties)!;
        RawDocument summary = properties.Object(Summary) ?? RawDocument.Empty;
        long failed = summary.Number(JobCourse.Failed) ?? 0;
        if (failed + (summary.Number(JobCourse.Succeeded) ?? 0) == properties.Number("size"))
            JobCourse.End(operation, parent, failed == 0, failed == 0 ? null : "Array Child Job failed");
    }

    private static RawDocument? ParentOf(Operation operation, RawDocument child) =>
        child.Text("jobId")!.IndexOf(':') is > 0 and int colon ? operation.State["jobs"].Find(child.Text("jobId")!.Substring(0, colon)) : null;
}
