using EventBridgeOps.Services;

namespace EventBridgeOps.Jobs;

/// <summary>The DynamoDB table of the jobs. Every method throws <see cref="ServiceCallException"/> when the service rejects the call or cannot be reached.</summary>
public interface IMvpTableApi
{
    /// <summary>DescribeTable.</summary>
    /// <param name="tableName">The table's name.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <returns>The table; null when it does not exist.</returns>
    Task<JobTable?> DescribeAsync(string tableName, CancellationToken cancellationToken);

    /// <summary>CreateTable, with the key and the index of a job table, and on-demand billing.</summary>
    /// <param name="tableName">The table's name.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    Task CreateAsync(string tableName, CancellationToken cancellationToken);
}

/// <summary>A DynamoDB table.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="Status"><c>ACTIVE</c> when it can be used.</param>
/// <param name="Fault">Why it is not a table of jobs, as a clause; null when it is.</param>
public sealed record JobTable(string Arn, string Status, string? Fault);
