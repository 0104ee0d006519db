using System.Management.Automation;
using EventBridgeOps.Changes;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Sessions;
using EventBridgeOps.Runs;
using EventBridgeOps.Sync;

namespace EventBridgeOps.PowerShell.Changes;

/// <summary>A cmdlet that carries out something recorded: changes to undo, or plans to apply.</summary>
public abstract class ChangeCmdlet : SessionCmdlet
{
    private readonly RunSummary<SyncStatus> _summary;

    private protected ChangeCmdlet(bool isUndo) => _summary = new RunSummary<SyncStatus>(this, Observer, ChangeTally.Start(isUndo));

    /// <inheritdoc cref="WriteOptions.Force"/>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Write the result of each target and job definition.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc cref="WriteOptions.ThrottleLimit"/>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = ThrottleLimits.Default;

    /// <summary>The folder of the change journal. By default <c>EBOPS_JOURNAL</c>, or else a folder of the user.</summary>
    [Parameter]
    public string? JournalPath { get; set; }

    private protected override string? JournalFolder => JournalPath;

    private protected WriteOptions WriteOptions => new() { Force = Force, ThrottleLimit = ThrottleLimit, WhatIf = IsWhatIf };

    /// <summary>Waits until everything is done, and writes the counts.</summary>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        _summary.Write();
    }

    /// <summary>From work: writes and counts results.</summary>
    private protected Task WriteAllAsync(IAsyncEnumerable<TargetSyncResult> results) => WriteAllAsync(results, PassThru, result => _summary.Add(result.Status, result.ChangeId));
}
