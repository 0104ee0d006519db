using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Page;

/// <summary>The jobs of Batch, newest first. The children of an array job are shown as a count of each status.</summary>
internal static class JobView
{
    private const int MostJobs = 100;
    private const int LongestReason = 1024;

    public static Some<JobShown> Of(Operation operation)
    {
        List<(long CreatedAt, RawDocument Job)> jobs = operation.State["jobs"].Where(row => row.Key.IndexOf(':') < 0)
            .Select(row => (row.Value.Number("createdAt") ?? 0, row.Value))
            .OrderByDescending(job => job.Item1).ToList();
        return Some<JobShown>.Of(jobs, MostJobs, job => Show(job.Job));
    }

    private static JobShown Show(RawDocument job)
    {
        RawDocument? array = job.Object("arrayProperties");
        string? reason = job.Text("statusReason");
        return new(
            job.Text("jobId") ?? "",
            job.Text("jobName") ?? "",
            AfterSlash(job.Text("jobQueue")),
            AfterSlash(job.Text("jobDefinition")),
            job.Text("status") ?? "",
            reason?.Length > LongestReason ? reason.Substring(0, LongestReason) : reason,
            job.Object("container")?.Number("exitCode"),
            job.List("attempts").Count(),
            job.Number("createdAt"),
            job.Number("startedAt"),
            job.Number("stoppedAt"),
            array?.Number("size"),
            array?.Object("statusSummary")?.Members.ToDictionary(status => status.Key, status => status.Value.ToString()));
    }

    private static string AfterSlash(string? arn) => arn is null ? "" : arn.Substring(arn.LastIndexOf('/') + 1);
}

/// <summary>A job of Batch; its times are in milliseconds since 1970, as Batch has them.</summary>
internal sealed record JobShown(
    string Id,
    string Name,
    string Queue,
    string Definition,
    string Status,
    string? Reason,
    long? ExitCode,
    int Attempts,
    long? CreatedAt,
    long? StartedAt,
    long? StoppedAt,
    long? ArraySize,
    Dictionary<string, string>? Children);
