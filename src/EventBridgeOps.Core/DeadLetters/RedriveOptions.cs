using EventBridgeOps.Events.Records;
using EventBridgeOps.Runs;

namespace EventBridgeOps.DeadLetters;

/// <summary>Which dead letters to deliver, and how.</summary>
[Request]
public sealed partial record RedriveOptions : DeadLetterQuery
{
    /// <summary>Also deliver events whose cause still exists or is unknown, and events of which it is unknown whether an earlier run delivered them.</summary>
    /// <remarks>Queues whose own redrive policy can move messages that are received are read as well.</remarks>
    [Option]
    public override bool Force { get; init; }

    /// <summary>Called with the ID of the change before the first delivery, so that an interrupted run can be found.</summary>
    public Action<string>? ChangeStarted { get; init; }

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        RequestLimits.Check(this, Request);
    }
}
