namespace EventBridgeOps.Targets;

/// <summary>How a target's job definition reference stands against what AWS Batch has.</summary>
public enum RevisionState
{
    /// <summary>Pinned to the highest ACTIVE revision.</summary>
    Current,

    /// <summary>Pinned to an older ACTIVE revision.</summary>
    Behind,

    /// <summary>Pinned to a revision that is not ACTIVE while another one is: every delivery fails now.</summary>
    Inactive,

    /// <summary>No ACTIVE revision of that name exists: every delivery fails now.</summary>
    Missing,

    /// <summary>Without a revision: Batch takes the newest ACTIVE one when a job is submitted.</summary>
    Floating,

    /// <summary>Could not be determined; the reason says why.</summary>
    Unresolved,
}
