using System.Management.Automation;
using EventBridgeOps.Changes;
using EventBridgeOps.Checks;
using EventBridgeOps.Ci;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Images;
using EventBridgeOps.PatternTesting;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Reports;
using EventBridgeOps.Routes;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.PowerShell.Reports;

/// <summary>Writes what other cmdlets gave as a report: JUnit, Markdown, JSON or CSV, and to the page of a CI system's run.</summary>
[Performs("report")]
[Cmdlet(VerbsData.Export, "EbReport", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(TargetRevision), typeof(TargetSyncResult), typeof(BatchImage), typeof(BatchImageUpdate), typeof(Change), typeof(Delivery), typeof(CheckResult), typeof(PatternCaseResult), typeof(PatternCheck))]
public sealed class ExportEbReportCommand : AsyncCmdlet
{
    private readonly Report _report = new(ShellVoice.Instance);
    private readonly List<(string Path, ReportFormat Format)> _files = [];

    /// <summary>What is to be reported.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Files to write; the extension tells the form: <c>.xml</c>, <c>.md</c>, <c>.json</c>, <c>.csv</c>.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>The form of the files, whatever their extension.</summary>
    [Parameter]
    public ReportFormat? Format { get; set; }

    /// <summary>In GitHub Actions and Azure Pipelines, show the report on the run's page, and annotate what is wrong; elsewhere it does nothing.</summary>
    [Parameter]
    public SwitchParameter Ci { get; set; }

    /// <summary>When the report is written, end with the error <c>DriftFound</c> if anything in it has drifted, has failed or would be written.</summary>
    [Parameter]
    public SwitchParameter FailOnDrift { get; set; }

    /// <summary>Write the objects on, as they came.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Finds out where to.</summary>
    protected override void BeginProcessing()
    {
        if (Path is null && !Ci && !FailOnDrift)
            Refuse("Where to? Give -Path, -Ci or both.");
        foreach (string path in Path ?? [])
        {
            if ((Format ?? ReportFile.FormatOf(path)) is { } format)
                _files.Add((GetUnresolvedProviderPathFromPSPath(path), format));
            else
                Refuse($"'{path}' does not say which form is meant. Give it the extension .xml (JUnit), .md, .json or .csv, or add -Format.");
        }
    }

    /// <summary>Notes an object.</summary>
    protected override void ProcessRecord()
    {
        if (!_report.Add(ShellRecord.From(InputObject!)))
        {
            WriteError(ErrorRecords.From(
                new OpsException(ErrorIds.InvalidArgument, $"'{InputObject}' is nothing that a report tells of: those are the objects of Get-EbTargetRevision, Sync-EbBatchTarget, Get-BatchImage, Update-BatchImage, Get-EbChange, Undo-EbChange, Get-EbRoute, Test-EbConnection, and Test-EbPattern with -CaseFile or -Lint. The rest is reported."),
                InputObject));
        }

        if (PassThru)
            WriteObject(InputObject);
    }

    /// <summary>Writes the report.</summary>
    protected override void EndProcessing()
    {
        DriftCount drift = new();
        foreach (ReportItem item in _report.Items)
            drift.Add(item);
        foreach ((string path, ReportFormat format) in _files)
            Write(path, format);
        if (Ci && ShouldProcess("the CI system's page of the run", "Report"))
            SayToHost(new CiReport(CiEnvironment.Read(Environment.GetEnvironmentVariable)).Show(_report, !(FailOnDrift && drift.Found), Observer));
        base.EndProcessing();
        if (FailOnDrift)
            FailOn(drift);
    }

    private void Write(string path, ReportFormat format)
    {
        if (!ShouldProcess(path, $"Write a {format} report"))
            return;
        try
        {
            ReportFile.Write(path, ReportFile.Text(_report, format, TimeProvider.System));
        }
        catch (OpsException e)
        {
            WriteError(ErrorRecords.From(e, path));
        }
    }

    private void Refuse(string why) => ThrowTerminatingError(ErrorRecords.From(new OpsException(ErrorIds.InvalidArgument, why), null));
}
