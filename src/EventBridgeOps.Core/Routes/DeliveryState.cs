using EventBridgeOps.Events.Records;

namespace EventBridgeOps.Routes;

/// <summary>The outcome of a delivery.</summary>
public enum DeliveryState : long
{
    /// <summary>The target is invoked with the input.</summary>
    [State(Tone.Good)]
    Delivered,

    /// <summary>The target is an event bus in the same account and Region; the deliveries by its rules follow.</summary>
    [State(Tone.Good)]
    Followed,

    /// <summary>The target is an event bus in another account or Region, which is not followed, or the rule is in another Region than the event.</summary>
    [State(Tone.Good, Verdict.Skipped)]
    Elsewhere,

    /// <summary>The delivery would fail; see the reason.</summary>
    [State(Tone.Bad, Verdict.Failed)]
    Failing,

    /// <summary>The rule is disabled, so no target is invoked.</summary>
    [State(Tone.Faint, Verdict.Skipped)]
    Disabled,

    /// <summary>The rule has no targets.</summary>
    [State(Tone.Warning, Verdict.Skipped)]
    NoTarget,

    /// <summary>The outcome depends on a value that is not known; see the reason for what decides it.</summary>
    [State(Tone.Warning, Verdict.Skipped)]
    Unknown,
}
