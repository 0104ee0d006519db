using System.Management.Automation;
using EventBridgeOps.Ci;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Reports;

namespace EventBridgeOps.PowerShell.Reports;

/// <summary>Writes the output of other cmdlets as a report (JUnit, Markdown, JSON or CSV), and to the run page of a CI system.</summary>
[Performs("report")]
[Cmdlet(VerbsData.Export, "EbReport", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(PSObject))]
public sealed class ExportEbReportCommand : AsyncCmdlet
{
    private readonly Report _report = new(ShellVoice.Instance);
    private readonly List<(string Path, ReportFormat Format)> _files = [];

    /// <summary>The objects to report.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The files to write. The extension determines the format: <c>.xml</c>, <c>.md</c>, <c>.json</c>, <c>.csv</c>.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>The format of the files, regardless of their extension.</summary>
    [Parameter]
    [Names(typeof(ReportFormat))]
    public ReportFormat? Format { get; set; }

    /// <summary>In GitHub Actions and Azure Pipelines, show the report on the run page and annotate problems. Elsewhere, this has no effect.</summary>
    [Parameter]
    public SwitchParameter Ci { get; set; }

    /// <summary>After the report is written, fail with the error <c>DriftFound</c> if anything in it has drifted, failed or would be updated.</summary>
    [Parameter]
    public SwitchParameter FailOnDrift { get; set; }

    /// <summary>Pass the objects on unchanged.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Determines the destinations.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Path is null && !Ci && !FailOnDrift)
            Refuse(ShellReportMessages.NoDestination());
        foreach (string path in Path ?? [])
        {
            if ((Format ?? ReportFile.FormatOf(path)) is { } format)
                _files.Add((FullPath(path)!, format));
            else
                Refuse(ShellReportMessages.UnknownFormat(path));
        }
    }

    /// <summary>Adds an object.</summary>
    protected override void ProcessRecord()
    {
        if (!_report.Add(ShellRecord.From(InputObject!)))
        {
            WriteError(ErrorRecords.From(
                new OpsException(ErrorIds.InvalidArgument, ShellReportMessages.NotReportable($"{InputObject}")),
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
        if (Ci && ShouldProcess(Observer.Text(ShellReportMessages.RunPage()), Observer.Text(ShellReportMessages.PublishReport())))
            SayToHost(new CiReport(CiEnvironment.Read(Shell.Environment)).Show(_report, !(FailOnDrift && drift.Found), Observer));
        base.EndProcessing();
        if (FailOnDrift)
            FailOn(drift);
    }

    private void Write(string path, ReportFormat format)
    {
        if (!ShouldProcess(path, Observer.Text(ShellReportMessages.WriteReport(format))))
            return;
        try
        {
            ReportFile.Write(path, ReportFile.Text(_report, format, Clock));
        }
        catch (OpsException e)
        {
            WriteError(ErrorRecords.From(e, path));
        }
    }

    private void Refuse(Message why) => ThrowTerminatingError(ErrorRecords.From(new OpsException(ErrorIds.InvalidArgument, why), null));
}
