using EventBridgeOps.Ci;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Reports;

/// <summary>Shows a report in a CI system: on the summary page of the run, and as annotations.</summary>
/// <param name="ci">The system.</param>
public sealed class CiReport(CiEnvironment ci)
{
    /// <summary>The number of annotations per level that GitHub shows for a step; it silently drops the others.</summary>
    public const int MostOfLevel = 10;

    /// <summary>Adds the report to the summary page of the run.</summary>
    /// <param name="report">The report.</param>
    /// <param name="ends">Whether the command ends successfully; if there are warnings all the same, Azure Pipelines shows the step as succeeded with issues.</param>
    /// <param name="observer">Receives a message if nothing can be shown.</param>
    /// <returns>The lines to print, for systems that read the log.</returns>
    public IReadOnlyList<string> Show(Report report, bool ends, IRunObserver observer)
    {
        if (ci.Kind == CiKind.None)
        {
            observer.Verbose(ReportMessages.OutsideCi());
            return [];
        }

        List<string> lines = [.. Annotations(report, observer.Voice)];
        if (new CiSummary(ci).Add(room => MarkdownReport.Write(report, room), observer) is { } line)
            lines.Add(line);
        if (ci.Kind == CiKind.Azure && ends && report.Items.Any(item => item.Level >= CiLevel.Warning))
            lines.Add(CiCommands.AzureSucceededWithIssues);
        return lines;
    }

    private IEnumerable<string> Annotations(Report report, IVoice voice)
    {
        foreach (IGrouping<CiLevel, ReportItem> level in report.Items.Where(item => item.Level != CiLevel.None).GroupBy(item => item.Level).OrderByDescending(level => level.Key))
        {
            ReportItem[] items = [.. level];
            int shown = items.Length <= MostOfLevel ? items.Length : MostOfLevel - 1;
            foreach (ReportItem item in items.Take(shown))
                yield return Line(level.Key, $"{item.State}: {item.Title}", string.Join(". ", new[] { item.Detail, item.Message }.Where(part => part is not null)));
            if (items.Length > shown)
                yield return Line(level.Key, "EventBridgeOps", ReportMessages.More(items.Length - shown).In(voice));
        }
    }

    private string Line(CiLevel level, string title, string message) => CiCommands.Annotation(ci.Kind, level, title, message.Length > 0 ? message : title)!;
}
