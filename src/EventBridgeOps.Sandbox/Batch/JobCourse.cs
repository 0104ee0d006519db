using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Batch;

/// <summary>
/// The course of a job from SUBMITTED to its end: by the clock, one status after the other, as its script says. Each change is an event.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/batch/latest/userguide/job_states.html</remarks>
internal sealed class JobCourse : IDueHandler
{
    public const string Submitted = "SUBMITTED";
    public const string Pending = "PENDING";
    public const string Runnable = "RUNNABLE";
    public const string Starting = "STARTING";
    public const string Running = "RUNNING";
    public const string Succeeded = "SUCCEEDED";
    public const string Failed = "FAILED";

    private const string DueKind = "job";

    public string Kind => DueKind;

    /// <summary>Adds a new job. Batch sends no event for its first status: https://docs.aws.amazon.com/batch/latest/userguide/batch_job_events.html.</summary>
    public static void Start(Operation operation, RawDocument job)
    {
        operation.State["jobs"][job.Text("jobId")!] = job;
        JobDependencies.Keep(operation, job);
        JobArray.Count(operation, job, null);
        PlanNext(operation, job);
    }

    /// <summary>One step of a job that was planned, unless the job has moved since.</summary>
    public void Run(Operation operation, RawDocument work)
    {
        if (operation.State["jobs"].Find(work.Text("jobId")!) is { } job && job.Text("status") == work.Text("status"))
            StepWhenDue(operation, job);
    }

    /// <summary>One step for every job of a Region.</summary>
    public static void StepAll(Operation operation)
    {
        foreach (string id in operation.State["jobs"].Keys.ToList())
            Step(operation, operation.State["jobs"][id]);
    }

    /// <summary>One step of a job and of its children.</summary>
    public static void StepWithChildren(Operation operation, RawDocument job)
    {
        foreach (string child in ChildIds(operation.State, job.Text("jobId")!).ToList())
            Step(operation, operation.State["jobs"][child]);
        Step(operation, operation.State["jobs"][job.Text("jobId")!]);
    }

    /// <summary>The IDs of the children of an array job.</summary>
    public static IEnumerable<string> ChildIds(Region state, string parent)
    {
        long size = state["jobs"].Find(parent)?.Object("arrayProperties")?.Number("size") ?? 0;
        for (long index = 0; index < size; index++)
            yield return $"{parent}:{index}";
    }

    /// <summary>Ends a job.</summary>
    public static void End(Operation operation, RawDocument job, bool isSuccess, string? reason)
    {
        operation.Account.Containers?.Stop(operation, job);
        job = job.With("stoppedAt", operation.Now.ToUnixTimeMilliseconds()).With("statusReason", reason);
        Move(operation, job, isSuccess ? Succeeded : Failed);
        foreach (string id in JobDependencies.TakeWaiting(operation, job.Text("jobId")!))
        {
            if (operation.State["jobs"].Find(id) is { } other && other.Text("status") == Pending)
                Step(operation, other);
        }

        JobArray.EndParent(operation, job);
    }

    /// <summary>Stores a new status, plans the one after it and reports the change: the detail of the event has the members of DescribeJobs.</summary>
    /// <remarks>https://docs.aws.amazon.com/batch/latest/userguide/batch_job_events.html</remarks>
    public static void Move(Operation operation, RawDocument job, string status)
    {
        string? before = job.Text("status");
        job = job.With("status", status);
        operation.State["jobs"][job.Text("jobId")!] = job;
        JobArray.Count(operation, job, before);
        PlanNext(operation, job);
        if (status == Running && IsCommand(operation, job))
            operation.Account.Containers!.Start(operation, job);
        operation.Account.Events.Report(operation, "aws.batch", "Batch Job State Change", [job.Text("jobArn")!], job);
    }

    private static bool IsCommand(Operation operation, RawDocument job) => operation.Account.Containers?.Runs(job) == true;

    /// <summary>A command that stands for an image ends by itself; its timeout is planned.</summary>
    private static void StepWhenDue(Operation operation, RawDocument job)
    {
        if (job.Text("status") != Running || !IsCommand(operation, job))
        {
            Step(operation, job);
            return;
        }

        operation.Account.Containers!.Stop(operation, job);
        JobAttempt.TimeOut(operation, job);
    }

    private static void Step(Operation operation, RawDocument job)
    {
        switch (job.Text("status"))
        {
            case Submitted:
                Move(operation, job, Pending);
                break;
            case Pending:
                LeavePending(operation, job);
                break;
            case Runnable when JobScript.For(operation, job).Text("stay") != Runnable:
                Move(operation, job, Starting);
                break;
            case Starting:
                Move(operation, JobContainers.Running(job.With("startedAt", operation.Now.ToUnixTimeMilliseconds()), JobLog.Task(job)), Running);
                break;
            case Running when !IsCommand(operation, job):
                JobAttempt.Finish(operation, job);
                break;
        }
    }

    /// <summary>A job waits in PENDING for the jobs that it depends on; an array job stays there until its children have ended.</summary>
    private static void LeavePending(Operation operation, RawDocument job)
    {
        if (JobArray.IsParent(job))
            return;
        List<string?> statuses = job.List("dependsOn").Select(RawDocument.From)
            .Where(dependency => dependency.Text("type") is not ("SEQUENTIAL" or "N_TO_N"))
            .Select(dependency => operation.State["jobs"].Find(dependency.Text("jobId") ?? "")?.Text("status")).ToList();
        if (statuses.Contains(Failed))
            End(operation, job, isSuccess: false, "Dependent Job failed");
        else if (statuses.All(status => status == Succeeded))
            Move(operation, job, Runnable);
    }

    private static void PlanNext(Operation operation, RawDocument job)
    {
        TimeSpan? step = job.Text("status") switch
        {
            Succeeded or Failed => null,
            Running when IsCommand(operation, job) => JobScript.Timeout(job),
            Running => operation.Account.JobStep is { } usual ? JobScript.Duration(operation, job) ?? usual : null,
            _ => operation.Account.JobStep,
        };
        if (step is { } wait)
            DueWork.Plan(operation, operation.Now + wait, DueKind, job.Only("jobId", "status"));
    }
}
