using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.EventBridge;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>Sends the events of replays through the rules of their event bus again, or only through those that the replay names.</summary>
internal sealed class ReplayRunner(Courier courier) : IDueHandler
{
    public string Kind => ReplayCourse.DueKind;

    public void Run(Operation operation, RawDocument work) => ReplayCourse.Step(operation, work, (replay, events) =>
    {
        RawDocument destination = replay.Object("Destination")!;
        List<string> rules = destination.Texts("FilterArns").ToList();
        foreach (RawDocument sent in events)
            courier.Replay(operation, BusName.Of(destination.Text("Arn")), sent, rules);
    });
}
