using System.Globalization;
using EventBridgeOps.Automation;
using EventBridgeOps.Aws.Jobs;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Aws.Automation;

/// <summary>What the automation keeps in a DynamoDB table.</summary>
public sealed class AutomationTables
{
    private readonly Func<DynamoTable> _dynamo;
    private readonly TimeProvider _time;
    private readonly Func<double> _random;

    internal AutomationTables(Func<DynamoTable> dynamo, TimeProvider time, Func<double> random) => (_dynamo, _time, _random) = (dynamo, time, random);

    /// <summary>Leases and records of work.</summary>
    /// <param name="tableName">The table's name.</param>
    public IWorkLedger Ledger(string tableName) => new DynamoWorkLedger(new AutomationTable(_dynamo(), tableName, ErrorIds.WorkTableUnavailable), _time, NewToken);

    /// <summary>The journal.</summary>
    /// <param name="tableName">The table's name.</param>
    public ChangeJournal Journal(string tableName) =>
        new(new DynamoJournalStore(new AutomationTable(_dynamo(), tableName, ErrorIds.JournalUnavailable), _time, NewToken), _time, _random);

    private string NewToken() => string.Concat(Enumerable.Range(0, 4).Select(_ => ((int)(_random() * 0x1000000)).ToString("x6", CultureInfo.InvariantCulture)));
}
