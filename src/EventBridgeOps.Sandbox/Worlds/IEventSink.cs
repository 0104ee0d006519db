using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Worlds;

/// <summary>Takes the events of the account: what PutEvents accepted, and what the services of AWS report.</summary>
internal interface IEventSink
{
    /// <summary>Sends an accepted entry to its event bus.</summary>
    /// <returns>The ID of the event.</returns>
    string Accept(Operation operation, RawDocument entry);

    /// <summary>Sends an event of an AWS service. Service events reach the default event bus only.</summary>
    /// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event.html</remarks>
    void Report(Operation operation, string source, string detailType, IEnumerable<string> resources, RawDocument detail);
}
