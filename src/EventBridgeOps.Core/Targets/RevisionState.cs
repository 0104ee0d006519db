namespace EventBridgeOps.Targets;

/// <summary>The state of the job definition reference of a target, compared with AWS Batch.</summary>
public enum RevisionState
{
    /// <summary>Pinned to the highest ACTIVE revision.</summary>
    Current,

    /// <summary>Pinned to an older ACTIVE revision.</summary>
    Behind,

    /// <summary>Pinned to a revision that is not ACTIVE while another one is: every delivery fails now.</summary>
    Inactive,

    /// <summary>The job definition has no ACTIVE revision: every delivery fails now.</summary>
    Missing,

    /// <summary>Without a revision: AWS Batch uses the latest ACTIVE one when a job is submitted.</summary>
    Floating,

    /// <summary>The state could not be determined; the reason says why.</summary>
    Unresolved,
}
