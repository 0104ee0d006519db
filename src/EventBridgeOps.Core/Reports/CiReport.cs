using EventBridgeOps.Ci;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Reports;

/// <summary>Shows a report where a CI system's people look: on the page of the run, and as annotations.</summary>
/// <param name="ci">The system.</param>
public sealed class CiReport(CiEnvironment ci)
{
    /// <summary>How many annotations of a level GitHub shows of a step; it drops the others without a word.</summary>
    public const int MostOfLevel = 10;

    /// <summary>Adds the report to the page of the run.</summary>
    /// <param name="report">The report.</param>
    /// <param name="ends">Whether the command is to end well: where all the same something is wrong, Azure Pipelines is told so.</param>
    /// <param name="observer">Hears where nothing can be shown.</param>
    /// <returns>The lines to print, where the system reads the log.</returns>
    public IReadOnlyList<string> Show(Report report, bool ends, IRunObserver observer)
    {
        if (ci.Kind == CiKind.None)
        {
            observer.Verbose("Neither GitHub Actions nor Azure Pipelines runs this, so there is no page and no log to report to.");
            return [];
        }

        List<string> lines = [.. Annotations(report)];
        if (new CiSummary(ci).Add(room => MarkdownReport.Write(report, room), observer) is { } line)
            lines.Add(line);
        if (ci.Kind == CiKind.Azure && ends && report.Items.Any(item => item.Level >= CiLevel.Warning))
            lines.Add(CiCommands.AzureSucceededWithIssues);
        return lines;
    }

    private IEnumerable<string> Annotations(Report report)
    {
        foreach (IGrouping<CiLevel, ReportItem> level in report.Items.Where(item => item.Level != CiLevel.None).GroupBy(item => item.Level).OrderByDescending(level => level.Key))
        {
            ReportItem[] items = [.. level];
            int shown = items.Length <= MostOfLevel ? items.Length : MostOfLevel - 1;
            foreach (ReportItem item in items.Take(shown))
                yield return Line(level.Key, $"{item.State}: {item.Title}", string.Join(". ", new[] { item.Detail, item.Message }.Where(part => part is not null)));
            if (items.Length > shown)
                yield return Line(level.Key, "EventBridgeOps", $"{items.Length - shown} more; the summary of the run has them all.");
        }
    }

    private string Line(CiLevel level, string title, string message) => CiCommands.Annotation(ci.Kind, level, title, message.Length > 0 ? message : title)!;
}
