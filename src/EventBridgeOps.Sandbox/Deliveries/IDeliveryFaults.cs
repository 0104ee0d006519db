namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>What a fault script does to deliveries.</summary>
internal interface IDeliveryFaults
{
    /// <summary>The faults for one attempt.</summary>
    DeliveryFault For(Attempt attempt);
}

/// <summary>What happens to one attempt.</summary>
internal sealed record DeliveryFault
{
    public static DeliveryFault None { get; } = new();

    /// <summary>The target refuses.</summary>
    public DeliveryRefusal? Refusal { get; init; }

    /// <summary>The attempt is made later.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The target receives the event twice, as at-least-once delivery allows.</summary>
    public bool Twice { get; init; }
}
