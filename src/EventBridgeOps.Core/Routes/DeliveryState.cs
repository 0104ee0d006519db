namespace EventBridgeOps.Routes;

/// <summary>What becomes of an event at a target.</summary>
public enum DeliveryState
{
    /// <summary>The target is called with the input.</summary>
    Delivered,

    /// <summary>The target is an event bus of the same account and region: what its rules do with the event follows.</summary>
    Followed,

    /// <summary>The target is an event bus of another account or region: the way is not followed any further.</summary>
    Elsewhere,

    /// <summary>The delivery would fail, for the reason that is given.</summary>
    Failing,

    /// <summary>The rule is disabled, so nothing is called.</summary>
    Disabled,

    /// <summary>The rule has no targets, so nothing is called.</summary>
    NoTarget,
}
