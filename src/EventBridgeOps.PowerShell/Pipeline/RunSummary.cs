using System.Management.Automation;
using EventBridgeOps.Runs;

namespace EventBridgeOps.PowerShell.Pipeline;

/// <summary>Counts what a cmdlet wrote, and says it at the end, to whoever listens with <c>-InformationAction</c> or <c>-InformationVariable</c>.</summary>
internal sealed class RunSummary<TOutcome>(PSCmdlet cmdlet, PipelineObserver observer, Tally<TOutcome> tally)
    where TOutcome : struct, Enum
{
    private readonly HashSet<string> _changes = [];

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

    /// <summary>On the pipeline thread, when all is done.</summary>
    public void Write()
    {
        string told = tally.Describe(observer.Failures).In(observer.Voice);
        string[] ids = [.. _changes.OrderBy(id => id, StringComparer.Ordinal)];
        if (told.Length > 0)
            cmdlet.WriteInformation($"{told}.{(ids.Length == 0 ? "" : $" Change {string.Join(", ", ids)}; undo with: Undo-EbChange {string.Join(", ", ids)}")}", ["EventBridgeOps"]);
    }
}
