using EventBridgeOps.Services;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>What a project consists of in AWS, as far as no other port reads it. Each method throws <see cref="ServiceCallException"/> if the service rejects the call or cannot be reached.</summary>
public interface IDeployedApi
{
    /// <summary>DescribeSchema of the EventBridge schema registry.</summary>
    /// <param name="registry">The name of the registry.</param>
    /// <param name="schema">The name of the schema.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The content of its last version; null if there is no such schema.</returns>
    Task<string?> ReadSchemaAsync(string registry, string schema, CancellationToken cancellationToken);

    /// <summary>Whether there is a resource of a type that projects consist of.</summary>
    /// <param name="kind">Its type in CloudFormation.</param>
    /// <param name="name">What CloudFormation refers to it by: a name, a URL or an ARN.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Null if the type is not one of them.</returns>
    Task<bool?> ExistsAsync(string kind, string name, CancellationToken cancellationToken);

    /// <summary>GetMetricStatistics: the sum of a metric of Amazon EventBridge.</summary>
    /// <param name="metric">The metric, for example <c>FailedInvocations</c>.</param>
    /// <param name="dimensions">The dimensions.</param>
    /// <param name="since">The begin.</param>
    /// <param name="until">The end.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>0 if there are no data: Amazon EventBridge does not send zeros.</returns>
    Task<long> SumAsync(string metric, IReadOnlyDictionary<string, string> dimensions, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>SimulatePrincipalPolicy: which of some actions an identity may not perform.</summary>
    /// <param name="principalArn">The ARN of the user or role.</param>
    /// <param name="actions">The actions.</param>
    /// <param name="resources">The ARNs of the resources.</param>
    /// <param name="passedTo">The service that a role is passed to (<c>iam:PassedToService</c>); null for none.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    Task<IReadOnlyList<string>> DeniedAsync(string principalArn, IReadOnlyList<string> actions, IReadOnlyList<string> resources, string? passedTo, CancellationToken cancellationToken);
}

/// <summary>The services that a publication calls.</summary>
/// <param name="Stacks">AWS CloudFormation.</param>
/// <param name="Deployed">What a project consists of.</param>
/// <param name="Rules">Amazon EventBridge.</param>
/// <param name="Archives">The archives of Amazon EventBridge.</param>
/// <param name="Queues">Amazon SQS.</param>
/// <param name="Identity">AWS STS.</param>
/// <param name="Roles">AWS IAM.</param>
/// <param name="Buckets">Amazon S3.</param>
/// <param name="Quotas">The quotas of the account.</param>
/// <param name="Region">The Region of the session.</param>
public sealed record PublishPorts(Stacks.IStackApi Stacks, IDeployedApi Deployed, Rules.IEventBridgeApi Rules, Archives.IArchiveApi Archives, Checks.IQueueApi Queues, Changes.IIdentityApi Identity, Roles.IRoleApi Roles, Installation.IPackageBucketApi Buckets, IQuotaApi Quotas, string Region);
