using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sandbox.EventBridge;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>Archives: the input that their managed rule makes names the archive.</summary>
internal sealed class ArchiveTarget : ITarget
{
    public string Service => RuleTarget.ArchiveService;

    public Message? Deliver(Attempt attempt)
    {
        string archive = RawDocument.Parse(attempt.Input).Text("archive-arn") ?? "";
        return ArchivedEvents.Add(attempt.Operation, archive, attempt.Event.Json) ? null : throw DeliveryRefusal.NoResource("The archive does not exist.");
    }
}
