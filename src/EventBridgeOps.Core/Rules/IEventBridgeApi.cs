using System.Text.Json.Nodes;
using EventBridgeOps.Services;

namespace EventBridgeOps.Rules;

/// <summary>The operations of Amazon EventBridge that the product uses. Documents are passed as the service wrote them.</summary>
/// <remarks>
/// Every list is complete: paging is the adapter's work. Every method throws <see cref="ServiceCallException"/> when the
/// service refuses or cannot be reached. Shapes: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Operations.html.
/// </remarks>
public interface IEventBridgeApi
{
    /// <summary>ListEventBuses: one document (<c>Name</c>, <c>Arn</c>, ...) for each event bus.</summary>
    /// <param name="namePrefix">Only buses whose name starts so; null for all.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    IAsyncEnumerable<JsonObject> ListEventBusesAsync(string? namePrefix, CancellationToken cancellationToken);

    /// <summary>DescribeEventBus: the bus's document.</summary>
    /// <param name="eventBusName">The bus's name or ARN.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<JsonObject> DescribeEventBusAsync(string eventBusName, CancellationToken cancellationToken);

    /// <summary>ListRules: one document (<c>Name</c>, <c>Arn</c>, <c>State</c>, <c>EventPattern</c>, <c>ScheduleExpression</c>, <c>ManagedBy</c>, ...) for each rule.</summary>
    /// <param name="eventBusName">The bus's name or ARN.</param>
    /// <param name="namePrefix">Only rules whose name starts so; null for all.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    IAsyncEnumerable<JsonObject> ListRulesAsync(string eventBusName, string? namePrefix, CancellationToken cancellationToken);

    /// <summary>DescribeRule: the rule's document.</summary>
    /// <param name="eventBusName">The bus's name or ARN.</param>
    /// <param name="ruleName">The rule's name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<JsonObject> DescribeRuleAsync(string eventBusName, string ruleName, CancellationToken cancellationToken);

    /// <summary>ListTargetsByRule: one document (<c>Id</c>, <c>Arn</c>, <c>BatchParameters</c>, ...) for each target.</summary>
    /// <param name="eventBusName">The bus's name or ARN.</param>
    /// <param name="ruleName">The rule's name.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    IAsyncEnumerable<JsonObject> ListTargetsByRuleAsync(string eventBusName, string ruleName, CancellationToken cancellationToken);

    /// <summary>ListRuleNamesByTarget: the names of the rules of one bus that have this target.</summary>
    /// <param name="eventBusName">The bus's name or ARN.</param>
    /// <param name="targetArn">The ARN of the target resource, for Batch that of the job queue.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    IAsyncEnumerable<string> ListRuleNamesByTargetAsync(string eventBusName, string targetArn, CancellationToken cancellationToken);

    /// <summary>ListTagsForResource: the tags of a rule or an event bus.</summary>
    /// <param name="arn">The ARN of the rule or the event bus.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyDictionary<string, string>> ListTagsAsync(string arn, CancellationToken cancellationToken);

    /// <summary>TestEventPattern: whether a pattern matches an event, according to the service.</summary>
    /// <param name="eventPattern">The pattern's JSON text.</param>
    /// <param name="document">The event's JSON text, with <c>id</c>, <c>account</c>, <c>source</c>, <c>time</c>, <c>region</c> and <c>detail-type</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<bool> TestEventPatternAsync(string eventPattern, string document, CancellationToken cancellationToken);

    /// <summary>PutTargets: replaces each of these targets as a whole. HTTP 200 does not mean success: the response lists failed entries.</summary>
    /// <param name="eventBusName">The bus's name or ARN.</param>
    /// <param name="ruleName">The rule's name.</param>
    /// <param name="targets">Whole target documents, at most ten.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    /// <returns>The entries that the service rejected; empty if it accepted all of them.</returns>
    Task<IReadOnlyList<FailedTargetEntry>> PutTargetsAsync(string eventBusName, string ruleName, IReadOnlyList<JsonObject> targets, CancellationToken cancellationToken);
}

/// <summary>One entry of PutTargets that the service rejected (<c>PutTargetsResultEntry</c>).</summary>
/// <param name="TargetId">The target's id within its rule.</param>
/// <param name="ErrorCode">The service's error code, for example <c>ConcurrentModificationException</c>.</param>
/// <param name="ErrorMessage">The error message of the service.</param>
public sealed record FailedTargetEntry(string TargetId, string ErrorCode, string ErrorMessage);
