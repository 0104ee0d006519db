using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.DeadLetters;

namespace EventBridgeOps.PowerShell.DeadLetters;

/// <summary>A cmdlet that works on dead letters. Objects of <c>Get-EbDeadLetter</c> select messages, and each queue is read once.</summary>
public abstract class DeadLetterCmdlet : DeadLetterQueryCmdlet
{
    private readonly Dictionary<(SessionOptions Session, string Place), (DeadLetterQuery Query, HashSet<string> Messages)> _selected = [];

    /// <inheritdoc cref="DeadLetterQuery.QueueName"/>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[]? QueueName { get; set; }

    /// <inheritdoc cref="DeadLetterQuery.MessageId"/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[]? MessageId { get; set; }

    /// <summary>Notes the queue and the messages.</summary>
    protected override void ProcessRecord()
    {
        SessionOptions session = SessionFor(null)!;
        // The bus and the rule of a message from the pipeline select nothing more, and would make its queue be read once for each of them.
        bool isMessage = MessageId is not null;
        string[] queues = QueueName ?? [], buses = (!isMessage || IsGiven(nameof(EventBusName)) ? EventBusName : null) ?? ["*"], rules = (!isMessage || IsGiven(nameof(RuleName)) ? RuleName : null) ?? ["*"];
        (SessionOptions, string) key = (session, string.Join("\n", [.. queues, "", .. buses, "", .. rules]));
        if (!_selected.TryGetValue(key, out (DeadLetterQuery Query, HashSet<string> Messages) selected))
            _selected.Add(key, selected = (Query() with { QueueName = queues, EventBusName = buses, RuleName = rules }, new HashSet<string>(StringComparer.Ordinal)));
        selected.Messages.UnionWith(MessageId ?? []);
    }

    /// <summary>Does the work.</summary>
    protected override void EndProcessing()
    {
        Start(async () =>
        {
            List<(OpsSession Session, DeadLetterQuery Query)> queries = [];
            foreach (KeyValuePair<(SessionOptions Session, string Place), (DeadLetterQuery Query, HashSet<string> Messages)> selected in _selected)
                queries.Add((await OpenAsync(selected.Key.Session), selected.Value.Query with { MessageId = [.. selected.Value.Messages] }));
            await RunAsync(queries);
        });
        base.EndProcessing();
    }

    /// <summary>The query of the parameters.</summary>
    private protected abstract DeadLetterQuery Query();

    /// <summary>From work: works on the dead letters of some queries.</summary>
    private protected abstract Task RunAsync(IReadOnlyList<(OpsSession Session, DeadLetterQuery Query)> queries);
}
