using EventBridgeOps.Events.Records;

namespace EventBridgeOps.DeadLetters;

/// <summary>Why an event could not be delivered, as its dead letter says.</summary>
public enum DeadLetterCause : long
{
    /// <summary>The job definition revision that the target names is not <c>ACTIVE</c>, or never existed.</summary>
    RevisionNotActive,

    /// <summary>EventBridge, or the role of the target, lacks a permission.</summary>
    NoPermission,

    /// <summary>The target, or something that it needs, does not exist.</summary>
    NotFound,

    /// <summary>The job queue has a fair-share scheduling policy, and EventBridge sends no share identifier.</summary>
    FairShare,

    /// <summary>What the target would have received is too large for it.</summary>
    TooLarge,

    /// <summary>The target was throttled or not available for as long as EventBridge tried.</summary>
    Throttled,

    /// <summary>The target rejected what it received.</summary>
    Rejected,

    /// <summary>The function was invoked, and failed.</summary>
    FunctionFailed,

    /// <summary>None of the others; see the error message.</summary>
    Other,

    /// <summary>The message is not a dead letter of EventBridge or AWS Lambda.</summary>
    NotADeadLetter,
}

/// <summary>Whether a dead letter could be delivered now.</summary>
public enum DeadLetterState : long
{
    /// <summary>The cause is gone.</summary>
    [State(Tone.Good)]
    Ready,

    /// <summary>The cause still exists.</summary>
    [State(Tone.Bad, Verdict.Failed)]
    Blocked,

    /// <summary>Whether the cause is gone is not known; the diagnosis says why.</summary>
    [State(Tone.Warning, Verdict.Skipped)]
    Unknown,

    /// <summary>It cannot be delivered again.</summary>
    [State(Tone.Faint, Verdict.Skipped)]
    NotRedrivable,
}
