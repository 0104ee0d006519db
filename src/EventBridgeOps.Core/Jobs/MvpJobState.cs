using EventBridgeOps.Events.Records;

namespace EventBridgeOps.Jobs;

/// <summary>The state of a job. It only moves forward.</summary>
public enum MvpJobState : long
{
    /// <summary>Recorded, but its event is not known to be sent. <c>Repair-MvpJob</c> sends it.</summary>
    [State(Tone.Warning)]
    Pending,

    /// <summary>EventBridge accepted its event.</summary>
    [State(Tone.Planned)]
    Queued,

    /// <summary>Its Batch job is waiting to start.</summary>
    [State(Tone.Planned)]
    Submitted,

    /// <summary>The Batch job is running.</summary>
    [State(Tone.Planned)]
    Running,

    /// <summary>The Batch job succeeded.</summary>
    [State(Tone.Good)]
    Succeeded,

    /// <summary>The Batch job failed.</summary>
    [State(Tone.Bad)]
    Failed,

    /// <summary>It was stopped.</summary>
    [State(Tone.Faint)]
    Cancelled,
}

/// <summary>The order of states.</summary>
public static class MvpJobStates
{
    /// <summary>Whether a job in this state has finished.</summary>
    /// <param name="state">The state.</param>
    public static bool IsEnd(this MvpJobState state) => state >= MvpJobState.Succeeded;

    /// <summary>Whether a job may move to a state: forward, and not after it has finished.</summary>
    internal static bool MayMoveTo(this MvpJobState from, MvpJobState to) => !from.IsEnd() && to > from;

    /// <summary>The state for a status of a Batch job; null when the status is unknown.</summary>
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
