namespace EventBridgeOps.Jobs;

/// <summary>Where a job is. It only ever moves forward.</summary>
public enum MvpJobState
{
    /// <summary>Recorded; its event is not known to be sent. <c>Repair-MvpJob</c> sends it.</summary>
    Pending,

    /// <summary>Its event was taken by EventBridge.</summary>
    Queued,

    /// <summary>There is a Batch job, which waits for its start.</summary>
    Submitted,

    /// <summary>The Batch job runs.</summary>
    Running,

    /// <summary>The Batch job has done its work.</summary>
    Succeeded,

    /// <summary>The Batch job has failed.</summary>
    Failed,

    /// <summary>Somebody stopped it.</summary>
    Cancelled,
}

/// <summary>How states follow each other.</summary>
public static class MvpJobStates
{
    /// <summary>Whether a job of this state has come to its end.</summary>
    /// <param name="state">The state.</param>
    public static bool IsEnd(this MvpJobState state) => state >= MvpJobState.Succeeded;

    /// <summary>Whether a job may move there: forward, and from no end.</summary>
    internal static bool MayMoveTo(this MvpJobState from, MvpJobState to) => !from.IsEnd() && to > from;

    /// <summary>The state that a Batch job's status stands for; null when it is none that we know.</summary>
    /// <remarks>https://docs.aws.amazon.com/batch/latest/userguide/job_states.html.</remarks>
    internal static MvpJobState? OfBatch(string? status) => status switch
    {
        "SUBMITTED" or "PENDING" or "RUNNABLE" => MvpJobState.Submitted,
        "STARTING" or "RUNNING" => MvpJobState.Running,
        "SUCCEEDED" => MvpJobState.Succeeded,
        "FAILED" => MvpJobState.Failed,
        _ => null,
    };
}
