using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Rules;

/// <summary>Finds out who else manages a rule and may set it back.</summary>
/// <param name="events">The account's EventBridge.</param>
/// <param name="retry">Retries an item when a call has used up its retries.</param>
public sealed class RuleOwner(IEventBridgeApi events, ItemRetry retry)
{
    /// <summary>CloudFormation tags what it creates: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html.</summary>
    private const string StackTag = "aws:cloudformation:stack-name";

    /// <summary>The CloudFormation stack that a rule belongs to; null if its tags name none.</summary>
    /// <param name="eventBusName">The bus's name or ARN.</param>
    /// <param name="ruleName">The rule's name.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="Services.ServiceCallException">A call failed.</exception>
    public async Task<string?> StackOfAsync(string eventBusName, string ruleName, CancellationToken cancellationToken)
    {
        JsonObject rule = await retry.RunAsync(() => events.DescribeRuleAsync(eventBusName, ruleName, cancellationToken), cancellationToken);
        if (rule.String("Arn") is not { } arn)
            return null;
        IReadOnlyDictionary<string, string> tags = await retry.RunAsync(() => events.ListTagsAsync(arn, cancellationToken), cancellationToken);
        return tags.TryGetValue(StackTag, out string? stack) ? stack : null;
    }
}
