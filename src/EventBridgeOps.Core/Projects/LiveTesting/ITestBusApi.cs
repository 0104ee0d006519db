using EventBridgeOps.Services;

namespace EventBridgeOps.Projects.LiveTesting;

/// <summary>The writes of Amazon EventBridge that a live test needs. Every method throws <see cref="ServiceCallException"/> if the service rejects the call or cannot be reached.</summary>
public interface ITestBusApi
{
    /// <summary>CreateEventBus.</summary>
    /// <param name="name">The name of the event bus.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    Task CreateBusAsync(string name, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken);

    /// <summary>PutRule: an enabled rule with an event pattern.</summary>
    /// <param name="eventBusName">The event bus.</param>
    /// <param name="ruleName">The name of the rule.</param>
    /// <param name="eventPattern">The pattern as JSON text.</param>
    /// <param name="tags">The tags of a new rule; empty for none.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    Task PutRuleAsync(string eventBusName, string ruleName, string eventPattern, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken);

    /// <summary>RemoveTargets.</summary>
    /// <param name="eventBusName">The event bus.</param>
    /// <param name="ruleName">The rule.</param>
    /// <param name="targetIds">The IDs of the targets, at least one.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    Task RemoveTargetsAsync(string eventBusName, string ruleName, IReadOnlyList<string> targetIds, CancellationToken cancellationToken);

    /// <summary>DeleteRule: a rule without targets. A rule that does not exist is deleted already.</summary>
    /// <param name="eventBusName">The event bus.</param>
    /// <param name="ruleName">The rule.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    Task DeleteRuleAsync(string eventBusName, string ruleName, CancellationToken cancellationToken);

    /// <summary>DeleteEventBus: an event bus without rules. One that does not exist is deleted already.</summary>
    /// <param name="name">The name of the event bus.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    Task DeleteBusAsync(string name, CancellationToken cancellationToken);
}
