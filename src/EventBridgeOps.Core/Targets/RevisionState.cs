using EventBridgeOps.Events.Records;

namespace EventBridgeOps.Targets;

/// <summary>The state of the job definition reference of a target, compared with AWS Batch.</summary>
public enum RevisionState : long
{
    /// <summary>Pinned to the highest ACTIVE revision.</summary>
    [State(Tone.Good)]
    Current,

    /// <summary>Pinned to an older ACTIVE revision.</summary>
    [State(Tone.Warning, Verdict.FailedWithWarning, Drift = true)]
    Behind,

    /// <summary>Pinned to a revision that is not ACTIVE while another one is: every delivery of an enabled rule fails.</summary>
    [State(Tone.Bad, Verdict.Failed, Drift = true)]
    Inactive,

    /// <summary>The job definition has no ACTIVE revision: every delivery of an enabled rule fails.</summary>
    [State(Tone.Bad, Verdict.Failed, Drift = true)]
    Missing,

    /// <summary>Without a revision: AWS Batch uses the latest ACTIVE one when a job is submitted.</summary>
    [State(Tone.Good)]
    Floating,

    /// <summary>The state could not be determined; the reason says why.</summary>
    [State(Tone.Warning, Verdict.SkippedWithWarning)]
    Unresolved,
}
