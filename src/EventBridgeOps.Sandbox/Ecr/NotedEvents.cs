using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ecr;

/// <summary>Passes events on, and remembers the last one of a service.</summary>
internal sealed class NotedEvents(IEventSink events) : IEventSink
{
    /// <summary>The last event that a service reported; null for none.</summary>
    public ReportedEvent? Last { get; private set; }

    public string Accept(Operation operation, RawDocument entry) => events.Accept(operation, entry);

    public ReportedEvent Report(Operation operation, string source, string detailType, IEnumerable<string> resources, RawDocument detail)
    {
        ReportedEvent reported = events.Report(operation, source, detailType, resources, detail);
        Last = reported;
        return reported;
    }

    public void Answered(Operation operation, RawDocument? answer) => events.Answered(operation, answer);
}
