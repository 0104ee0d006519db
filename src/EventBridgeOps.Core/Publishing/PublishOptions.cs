using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Publishing;

/// <summary>Options for sending events.</summary>
[Request]
public sealed partial record PublishOptions
{
    /// <summary>The maximum number of concurrent API calls.</summary>
    [Option("number", Min = 1, Max = ThrottleLimits.Max)]
    public int ThrottleLimit { get; init; } = ThrottleLimits.Default;

    /// <summary>Do not add an <c>ebopsId</c> to the detail.</summary>
    /// <remarks>
    /// It is added to a detail without one, so that consumers can recognize an event that is delivered twice: an entry is sent again if a response is
    /// lost, and EventBridge itself delivers at least once. For an event that is sent again, it is the ID that the event had.
    /// </remarks>
    [Option]
    public bool AsIs { get; init; }

    /// <summary>The folder of a project: an event that its schemas refuse is not sent.</summary>
    /// <remarks>An <c>ebopsId</c> is added only where the schema allows it. Events that no schema describes are sent, with a warning.</remarks>
    [Option("folder")]
    public string? Project { get; init; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>.</exception>
    public void Check() => RequestLimits.Check(this, Request);
}
