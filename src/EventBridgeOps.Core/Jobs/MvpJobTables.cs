using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Jobs;

/// <summary>What became of a table that was asked for.</summary>
public enum MvpTableStatus
{
    /// <summary>It was made, and can be used.</summary>
    Created,

    /// <summary>It was there already, and is as it should be.</summary>
    Exists,

    /// <summary>It would be made, if this were not a what-if.</summary>
    WouldCreate,
}

/// <summary>A table of jobs.</summary>
public sealed record MvpJobTable
{
    /// <summary>Its name.</summary>
    public required string TableName { get; init; }

    /// <summary>What became of it.</summary>
    public MvpTableStatus Status { get; init; }

    /// <summary>Its ARN; null while it is not there.</summary>
    public string? Arn { get; init; }

    /// <summary>Its name.</summary>
    public override string ToString() => TableName;
}

/// <summary>Makes the table of the jobs. Nothing else here ever does.</summary>
/// <param name="tables">DynamoDB's tables.</param>
/// <param name="retry">What to do when a call has run out of tries.</param>
/// <param name="time">The clock.</param>
public sealed class MvpJobTables(IMvpTableApi tables, ItemRetry retry, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Makes a table, and comes back when it can be used.</summary>
    /// <param name="tableName">Its name.</param>
    /// <param name="approve">Asks whether it is to be made.</param>
    /// <param name="observer">Hears of progress.</param>
    /// <param name="cancellationToken">Ends the waiting at once; a table that is being made comes to be all the same.</param>
    /// <returns>The table; null when a person said no.</returns>
    /// <exception cref="OpsException">A table of that name is there, and is none of jobs; or the service refused.</exception>
    public async Task<MvpJobTable?> CreateAsync(string tableName, ApproveChange approve, IRunObserver observer, CancellationToken cancellationToken)
    {
        MvpTableStatus status = MvpTableStatus.Exists;
        if (await DescribeAsync(tableName, cancellationToken) is null)
        {
            switch (await approve(new PlannedChange($"table {tableName}", "create, billed by request"), cancellationToken))
            {
                case Approval.WhatIf:
                    return new MvpJobTable { TableName = tableName, Status = MvpTableStatus.WouldCreate };
                case Approval.Declined:
                    return null;
            }

            await tables.CreateAsync(tableName, cancellationToken);
            status = MvpTableStatus.Created;
        }

        long start = time.GetTimestamp();
        while (true)
        {
            JobTable? table = await DescribeAsync(tableName, cancellationToken);
            if (table?.Fault is { } fault)
                throw new OpsException(ErrorIds.JobStoreUnavailable, $"There is a table {tableName} already, and it is no table of jobs: {fault}. Give another name with -TableName (--table-name).");
            if (table?.Status == "ACTIVE")
                return new MvpJobTable { TableName = tableName, Status = status, Arn = table.Arn };
            if (time.GetElapsedTime(start) > Patience)
                throw new OpsException(ErrorIds.WaitTimeout, $"Table {tableName} is still {table?.Status ?? "not to be seen"} after {Patience.TotalMinutes:0} minutes. DynamoDB goes on with it; look again later.");
            observer.Progress(new RunProgress("Waiting for the table", 0, null, table?.Status));
            await time.Delay(Interval, cancellationToken);
        }
    }

    private Task<JobTable?> DescribeAsync(string tableName, CancellationToken cancellationToken) =>
        retry.RunAsync(() => tables.DescribeAsync(tableName, cancellationToken), cancellationToken);
}
