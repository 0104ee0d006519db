using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Events.Policies;

/// <summary>What is asked of a policy.</summary>
/// <param name="Principal">Who asks: the name of a service (<c>events.amazonaws.com</c>), or the ARN of a role or user.</param>
/// <param name="Action">The action: <c>sqs:SendMessage</c>.</param>
/// <param name="Resource">The ARN of the resource.</param>
/// <param name="Context">The condition keys of the request.</param>
public sealed record PolicyRequest(string Principal, string Action, string Resource, PolicyContext Context)
{
    /// <summary>The name by which policies know EventBridge.</summary>
    public const string EventBridge = "events.amazonaws.com";

    /// <summary>Whether a service asks, and not a role or user.</summary>
    internal bool IsOfService => !Principal.StartsWith("arn:", StringComparison.Ordinal);

    /// <summary>
    /// What EventBridge asks for a rule. For a topic it sets no source: "You can't use Condition blocks in Amazon SNS topic policies for EventBridge"
    /// (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html).
    /// </summary>
    /// <param name="action">The action.</param>
    /// <param name="resource">The ARN of the resource.</param>
    /// <param name="ruleArn">The ARN of the rule.</param>
    /// <param name="accountId">The account of the rule.</param>
    public static PolicyRequest OfEventBridge(string action, string resource, string ruleArn, string accountId)
    {
        PolicyRequest request = OfService(EventBridge, action, resource, ruleArn, accountId);
        return action.StartsWith("sns:", StringComparison.OrdinalIgnoreCase) ? request with { Context = request.Context.Without("aws:SourceArn", "aws:SourceAccount", "aws:SourceOwner") } : request;
    }

    /// <summary>What a service of AWS asks for a resource of an account.</summary>
    /// <remarks>The keys: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html.</remarks>
    /// <param name="service">The name of the service: <c>sns.amazonaws.com</c>.</param>
    /// <param name="action">The action.</param>
    /// <param name="resource">The ARN of the resource.</param>
    /// <param name="sourceArn">The ARN of the resource for which the service asks.</param>
    /// <param name="accountId">The account of that resource.</param>
    public static PolicyRequest OfService(string service, string action, string resource, string sourceArn, string accountId) => new(service, action, resource, PolicyContext.Empty
        .With("aws:SourceArn", sourceArn)
        .With("aws:SourceAccount", accountId)
        .With("aws:SecureTransport", "true")
        .With("aws:PrincipalIsAWSService", "true")
        .With("aws:PrincipalServiceName", service)
        // They describe a role or user of an account, which a service is not.
        .Without("aws:PrincipalArn", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:username", "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge", "aws:TokenIssueTime"));

    /// <summary>What a role asks, once it is assumed.</summary>
    /// <param name="roleArn">The ARN of the role.</param>
    /// <param name="action">The action.</param>
    /// <param name="resource">The ARN of the resource.</param>
    /// <param name="region">The Region in which the call is made.</param>
    public static PolicyRequest OfRole(string roleArn, string action, string resource, string region)
    {
        PolicyContext context = PolicyContext.Empty
            .With("aws:PrincipalArn", roleArn)
            .With("aws:PrincipalType", "AssumedRole")
            .With("aws:PrincipalIsAWSService", "false")
            .With("aws:RequestedRegion", region)
            .With("aws:SecureTransport", "true")
            .Without("aws:username");
        if (Arn.TryParse(roleArn, out Arn? role))
            context = context.With("aws:PrincipalAccount", role.AccountId);
        if (Arn.TryParse(resource, out Arn? target) && target.AccountId.Length > 0)
            context = context.With("aws:ResourceAccount", target.AccountId);
        return new(roleArn, action, resource, context);
    }
}
