using System.Management.Automation;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.PowerShell.Pipeline;

/// <summary>Counts what a cmdlet wrote, and writes the counts to the information stream at the end (<c>-InformationAction</c>, <c>-InformationVariable</c>).</summary>
internal sealed class RunSummary<TOutcome>(PSCmdlet cmdlet, PipelineObserver observer, Tally<TOutcome> tally)
    where TOutcome : struct, Enum
{
    private readonly HashSet<string> _changes = [];
    private readonly List<Message> _next = [];

    /// <summary>From any thread: counts an item.</summary>
    public void Add(TOutcome outcome, string? changeId = null)
    {
        tally.Add(outcome);
        lock (_changes)
        {
            if (changeId is not null)
                _changes.Add(changeId);
        }
    }

    /// <summary>From any thread: adds what to do next.</summary>
    public void Add(Message next)
    {
        lock (_changes)
            _next.Add(next);
    }

    /// <summary>On the pipeline thread, when all is done.</summary>
    public void Write()
    {
        string counts = observer.Text(tally.Describe(observer.Failures));
        string[] ids = [.. _changes.OrderBy(id => id, StringComparer.Ordinal)];
        if (counts.Length > 0)
            cmdlet.WriteInformation(observer.Text(ids.Length == 0 ? PipelineMessages.RunEnded(counts) : PipelineMessages.RunEndedWithChanges(counts, ids)), ["EventBridgeOps"]);
        foreach (Message next in _next)
            cmdlet.WriteInformation(observer.Text(next), ["EventBridgeOps"]);
    }
}
