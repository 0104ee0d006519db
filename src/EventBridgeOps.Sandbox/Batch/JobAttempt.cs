using System.Globalization;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Batch;

/// <summary>The end of one attempt of a job, and whether there is another one.</summary>
internal static class JobAttempt
{
    private const string Exited = "Essential container in task exited";

    /// <summary>Ends the running attempt as the script of the job says.</summary>
    public static void Finish(Operation operation, RawDocument job)
    {
        RawDocument script = JobScript.For(operation, job);
        if (JobScript.TimesOut(operation, job))
            TimeOut(operation, job);
        else if (JobScript.TakeFailure(operation, job))
            Finish(operation, job, (int)(script.Number("exitCode") ?? 1), script.Text("reason"), Exited);
        else
            Finish(operation, job, 0, null, Exited);
    }

    /// <summary>Ends the running attempt with the exit code of its command.</summary>
    public static void Finish(Operation operation, RawDocument job, int exitCode) => Finish(operation, job, exitCode, null, Exited);

    /// <summary>Ends the running attempt because it ran longer than the job may.</summary>
    /// <remarks>https://docs.aws.amazon.com/batch/latest/userguide/job_timeouts.html</remarks>
    public static void TimeOut(Operation operation, RawDocument job) => Finish(operation, job, null, null, "Job attempt duration exceeded timeout");

    /// <summary>Ends the running attempt.</summary>
    /// <param name="operation">The Region of the job.</param>
    /// <param name="job">The job, which is RUNNING.</param>
    /// <param name="exitCode">The exit code of the container; null if it was killed.</param>
    /// <param name="reason">The reason that the container has: OutOfMemoryError.</param>
    /// <param name="statusReason">The reason that the job has.</param>
    public static void Finish(Operation operation, RawDocument job, int? exitCode, string? reason, string statusReason)
    {
        job = JobContainers.Ended(job, exitCode, reason, RawDocument.Empty
            .With("startedAt", job.Number("startedAt") ?? 0)
            .With("stoppedAt", operation.Now.ToUnixTimeMilliseconds())
            .With("statusReason", statusReason));

        if (exitCode == 0)
            JobCourse.End(operation, job, isSuccess: true, statusReason);
        else if (JobContainers.Attempts(job) < (job.Object("retryStrategy")?.Number("attempts") ?? 1) && IsRetried(job, exitCode, reason, statusReason))
            JobCourse.Move(operation, job.With("statusReason", statusReason), JobCourse.Runnable);
        else
            JobCourse.End(operation, job, isSuccess: false, statusReason);
    }

    /// <summary>The first condition that is met decides; without one, the job is tried again.</summary>
    /// <remarks>https://docs.aws.amazon.com/batch/latest/APIReference/API_EvaluateOnExit.html</remarks>
    private static bool IsRetried(RawDocument job, int? exitCode, string? reason, string statusReason)
    {
        foreach (RawDocument condition in (job.Object("retryStrategy") ?? RawDocument.Empty).List("evaluateOnExit").Select(RawDocument.From))
        {
            bool isMet = IsMet(condition.Text("onExitCode"), exitCode?.ToString(CultureInfo.InvariantCulture))
                && IsMet(condition.Text("onReason"), reason)
                && IsMet(condition.Text("onStatusReason"), statusReason);
            if (isMet)
                return string.Equals(condition.Text("action"), "RETRY", StringComparison.OrdinalIgnoreCase);
        }

        return true;
    }

    private static bool IsMet(string? pattern, string? actual) => pattern is null || (actual is not null && Wildcards.IsMatch(actual, pattern));
}
