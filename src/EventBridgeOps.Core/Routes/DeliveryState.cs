namespace EventBridgeOps.Routes;

/// <summary>The outcome of a delivery.</summary>
public enum DeliveryState
{
    /// <summary>The target is invoked with the input.</summary>
    Delivered,

    /// <summary>The target is an event bus in the same account and Region; the deliveries by its rules follow.</summary>
    Followed,

    /// <summary>The target is an event bus in another account or Region, which is not followed.</summary>
    Elsewhere,

    /// <summary>The delivery would fail; see the reason.</summary>
    Failing,

    /// <summary>The rule is disabled, so no target is invoked.</summary>
    Disabled,

    /// <summary>The rule has no targets.</summary>
    NoTarget,
}
