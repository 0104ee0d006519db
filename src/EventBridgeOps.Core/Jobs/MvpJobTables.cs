using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Jobs;

/// <summary>The outcome of creating a table.</summary>
public enum MvpTableStatus : long
{
    /// <summary>It was created and can be used.</summary>
    Created,

    /// <summary>It already existed and can be used.</summary>
    Exists,

    /// <summary>It would be created; this was a what-if run.</summary>
    WouldCreate,
}

/// <summary>A table of jobs.</summary>
[Record("Job tables", State = nameof(Status))]
[Column("Table", nameof(TableName), Label = nameof(TableName), Room = 20)]
[Column("Status", nameof(Status), Width = 11)]
[Column("ARN", nameof(Arn), Label = nameof(Arn), Room = 20, Tail = 16)]
public sealed partial record MvpJobTable
{
    /// <summary>Its name.</summary>
    public required string TableName { get; init; }

    /// <summary>The outcome.</summary>
    public MvpTableStatus Status { get; init; }

    /// <summary>Its ARN; null if it does not exist.</summary>
    public string? Arn { get; init; }

    /// <summary>Its name.</summary>
    public override string ToString() => TableName;
}

/// <summary>Creates the table of the jobs. Nothing else creates it.</summary>
/// <param name="tables">The DynamoDB tables.</param>
/// <param name="retry">What to do when the retries of a call are exhausted.</param>
/// <param name="time">The clock.</param>
public sealed class MvpJobTables(IMvpTableApi tables, ItemRetry retry, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Creates a table and waits until it can be used.</summary>
    /// <param name="tableName">Its name.</param>
    /// <param name="approve">Asks whether to create it.</param>
    /// <param name="observer">Receives progress.</param>
    /// <param name="cancellationToken">Stops waiting immediately; DynamoDB still creates the table.</param>
    /// <returns>The table; null when the user declined.</returns>
    /// <exception cref="OpsException">A table with that name exists and is not a table of jobs, or the service rejected the call.</exception>
    public async Task<MvpJobTable?> CreateAsync(string tableName, ApproveChange approve, IRunObserver observer, CancellationToken cancellationToken)
    {
        MvpTableStatus status = MvpTableStatus.Exists;
        if (await DescribeAsync(tableName, cancellationToken) is null)
        {
            switch (await approve(new PlannedChange(observer.Text(JobMessages.Table(tableName)), JobMessages.CreateTable()), cancellationToken))
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
                throw new OpsException(ErrorIds.JobStoreUnavailable, JobMessages.NotAJobTable(tableName, fault));
            if (table?.Status == "ACTIVE")
                return new MvpJobTable { TableName = tableName, Status = status, Arn = table.Arn };
            if (time.GetElapsedTime(start) > Patience)
                throw new OpsException(ErrorIds.WaitTimeout, JobMessages.TableNotActive(tableName, table?.Status, Patience));
            observer.Progress(new RunProgress(JobMessages.WaitingForTable(), 0, null, table?.Status));
            await time.Delay(Interval, cancellationToken);
        }
    }

    private Task<JobTable?> DescribeAsync(string tableName, CancellationToken cancellationToken) =>
        retry.RunAsync(() => tables.DescribeAsync(tableName, cancellationToken), cancellationToken);
}
