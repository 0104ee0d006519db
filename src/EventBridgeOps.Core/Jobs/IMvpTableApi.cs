using EventBridgeOps.Services;

namespace EventBridgeOps.Jobs;

/// <summary>What the domain asks of DynamoDB about the table of the jobs. Every method throws <see cref="ServiceCallException"/> when the service refuses or cannot be reached.</summary>
public interface IMvpTableApi
{
    /// <summary>DescribeTable.</summary>
    /// <param name="tableName">The table's name.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <returns>The table; null when there is none of that name.</returns>
    Task<JobTable?> DescribeAsync(string tableName, CancellationToken cancellationToken);

    /// <summary>CreateTable, with the key and the index of a job table, billed by request.</summary>
    /// <param name="tableName">The table's name.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    Task CreateAsync(string tableName, CancellationToken cancellationToken);
}

/// <summary>A table of DynamoDB, as far as it matters here.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="Status"><c>ACTIVE</c> when it can be used.</param>
/// <param name="Fault">What it lacks to be a table of jobs; null when it is one.</param>
public sealed record JobTable(string Arn, string Status, string? Fault);
