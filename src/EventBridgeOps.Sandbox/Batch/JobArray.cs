using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Batch;

/// <summary>Array jobs: the parent counts its children by status, and ends when all of them have.</summary>
/// <remarks>https://docs.aws.amazon.com/batch/latest/userguide/array_jobs.html</remarks>
internal static class JobArray
{
    public static bool IsParent(RawDocument job) => job.Object("arrayProperties")?.Number("size") is not null;

    public static void Summarize(Operation operation, RawDocument parent)
    {
        List<string> statuses = JobCourse.ChildIds(operation.State, parent.Text("jobId")!)
            .Select(id => operation.State["jobs"].Find(id)?.Text("status")).OfType<string>().ToList();
        RawDocument summary = statuses.GroupBy(status => status).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Aggregate(RawDocument.Empty, (all, group) => all.With(group.Key, group.Count()));
        parent = parent.With("arrayProperties", parent.Object("arrayProperties")!.With("statusSummary", summary));
        operation.State["jobs"][parent.Text("jobId")!] = parent;
        if (parent.Text("status") is JobCourse.Succeeded or JobCourse.Failed || statuses.Any(status => status is not (JobCourse.Succeeded or JobCourse.Failed)))
            return;

        bool isSuccess = statuses.All(status => status == JobCourse.Succeeded);
        JobCourse.End(operation, parent, isSuccess, isSuccess ? null : "Array Child Job failed");
    }
}
