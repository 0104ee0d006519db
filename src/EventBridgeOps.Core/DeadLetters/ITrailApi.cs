using System.Text.Json.Nodes;
using EventBridgeOps.Services;

namespace EventBridgeOps.DeadLetters;

/// <summary>The event history of AWS CloudTrail.</summary>
public interface ITrailApi
{
    /// <summary>LookupEvents: the management events of one name in the last 90 days, newest first, as CloudTrail records them.</summary>
    /// <param name="eventName">The name of the operation: <c>DeregisterJobDefinition</c>.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <exception cref="ServiceCallException">The service rejects the call, or cannot be reached.</exception>
    IAsyncEnumerable<JsonObject> LookupAsync(string eventName, CancellationToken cancellationToken);
}
