using EventBridgeOps.Services;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>The quotas of an account, and how much of them is used. Each method throws <see cref="ServiceCallException"/> if the service rejects the call or cannot be reached.</summary>
public interface IQuotaApi
{
    /// <summary>GetServiceQuota: the value that applies to the account in the Region.</summary>
    /// <param name="service">The code of the service: <c>events</c>.</param>
    /// <param name="code">The code of the quota.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<double> ReadAsync(string service, string code, CancellationToken cancellationToken);

    /// <summary>ListRegistries: the names of the schema registries of the account.</summary>
    /// <param name="cancellationToken">Cancels the calls.</param>
    Task<IReadOnlyList<string>> ListRegistriesAsync(CancellationToken cancellationToken);

    /// <summary>ListSchemas.</summary>
    /// <param name="registry">The name of the registry.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The names of its schemas; none if it does not exist.</returns>
    Task<IReadOnlyList<string>> ListSchemasAsync(string registry, CancellationToken cancellationToken);

    /// <summary>DescribeAccountLimits and ListStacks: the stacks of the account in the Region.</summary>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>How many there are, and may be.</returns>
    Task<QuotaUse> ReadStacksAsync(CancellationToken cancellationToken);

    /// <summary>GetAccountSummary: the roles and the customer managed policies of the account.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many there are, and may be.</returns>
    Task<(QuotaUse Roles, QuotaUse Policies)> ReadIdentitiesAsync(CancellationToken cancellationToken);
}

/// <summary>How much of a quota is used.</summary>
/// <param name="Used">How many there are.</param>
/// <param name="Most">How many there may be.</param>
public readonly record struct QuotaUse(double Used, double Most);
