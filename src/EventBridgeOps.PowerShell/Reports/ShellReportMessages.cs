using EventBridgeOps.Events.Messages;
using EventBridgeOps.PowerShell.Patterns;
using EventBridgeOps.Reports;

namespace EventBridgeOps.PowerShell.Reports;

/// <summary>What is said while a report is written.</summary>
internal static class ShellReportMessages
{
    public static Message NoDestination() => Message.Of($"No destination was given. Use {nameof(ExportEbReportCommand.Path):param}, {nameof(ExportEbReportCommand.Ci):param} or both.");

    public static Message UnknownFormat(string path) =>
        Message.Of($"The report format of '{path}' is unknown. Use the extension .xml (JUnit), .md, .json or .csv, or set {nameof(ExportEbReportCommand.Format):param}.");

    public static Message NotReportable(string item) => Message.Of(
        $"'{item}' cannot be reported. A report accepts the output of {"target list":cmd}, {"target sync":cmd}, {"image list":cmd}, {"image update":cmd}, {"change list":cmd}, {"change undo":cmd}, {"route":cmd}, {"check":cmd}, and of {"pattern test":cmd} with {nameof(TestEbPatternCommand.CaseFile):param} or {nameof(TestEbPatternCommand.Lint):param}. The other objects are reported.");

    public static Message RunPage() => Message.Of($"the run page of the CI system");

    public static Message PublishReport() => Message.Of($"Publish report");

    public static Message WriteReport(ReportFormat format) => Message.Of($"Write {format} report");
}
