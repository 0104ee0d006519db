using System.Text;
using System.Text.RegularExpressions;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Reports;

/// <summary>A report as Markdown: the counts for each kind of item, and a table with failures first.</summary>
/// <remarks>https://github.github.com/gfm/#tables-extension-.</remarks>
public static class MarkdownReport
{
    private static readonly Regex WebAddress = new(@"(www)\.", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    private static readonly char[] Punctuation = ['\\', '`', '*', '_', '[', ']', '~', '#', '!'];

    /// <summary>Writes the whole report.</summary>
    /// <param name="report">The report.</param>
    public static string Write(Report report) => Write(report, int.MaxValue);

    /// <summary>Writes as much of the report as fits; a line says how many items are omitted.</summary>
    /// <param name="report">The report.</param>
    /// <param name="mostBytes">The maximum number of UTF-8 bytes.</param>
    public static string Write(Report report, int mostBytes)
    {
        const int LastWords = 120;
        StringBuilder text = new();
        int room = mostBytes - LastWords, left = report.Items.Count;
        if (left == 0)
            Add($"{report.Text(ReportMessages.NoItems())}\n");
        foreach (IGrouping<string, ReportItem> suite in report.Items.GroupBy(item => item.Suite))
        {
            if (!Add($"### {suite.Key}\n\n{Counts(report, [.. suite])}\n\n| | {report.Text(ReportMessages.State())} | {report.Text(ReportMessages.Name())} | | |\n| --- | --- | --- | --- | --- |\n"))
                break;
            foreach (ReportItem item in suite.OrderBy(item => item.Outcome).ThenByDescending(item => item.Level))
            {
                if (!Add(Row(item)))
                    break;
                left--;
            }

            if (room >= 0)
                Add("\n");
        }

        if (left > 0 && mostBytes >= LastWords)
            text.Append($"\n{report.Text(ReportMessages.Omitted(left, report.Items.Count))}\n");
        return text.ToString();

        // What does not fit any more is left out with all that follows.
        bool Add(string part)
        {
            room = room < 0 ? -1 : room - Encoding.UTF8.GetByteCount(part);
            if (room >= 0)
                text.Append(part);
            return room >= 0;
        }
    }

    private static string Counts(Report report, IReadOnlyList<ReportItem> items)
    {
        IEnumerable<string> states = items.GroupBy(item => item.IsExempt ? report.Text(ReportMessages.Uncounted(item.State)) : item.State).OrderBy(state => state.Min(item => item.Outcome)).ThenByDescending(state => state.Max(item => item.Level))
            .Select(state => $"{state.Count()} {Cell(state.Key)}");
        return report.Text(ReportMessages.Counts($"**{items.Count}**", states));
    }

    private static string Row(ReportItem item)
    {
        string sign = item.Outcome switch { ReportOutcome.Failed => "❌", ReportOutcome.Skipped => "➖", _ => item.Level == Ci.CiLevel.Warning ? "⚠️" : "✅" };
        return $"| {sign} | {Cell(item.State)} | {Cell(item.Title)} | {Cell(item.Detail)} | {Cell(item.Message)} |\n";
    }

    /// <summary>Escapes text, so that it is shown as it is.</summary>
    private static string Cell(string? text)
    {
        StringBuilder cell = new();
        foreach (char letter in text ?? "")
        {
            _ = letter switch
            {
                '|' => cell.Append("&#124;"),
                '<' => cell.Append("&lt;"),
                '>' => cell.Append("&gt;"),
                '&' => cell.Append("&amp;"),
                '@' => cell.Append("&#64;"), // Else it may call a person.
                _ when Array.IndexOf(Punctuation, letter) >= 0 => cell.Append('\\').Append(letter),
                _ when InertText.Steers(letter) => cell.Append(' '),
                _ => cell.Append(letter),
            };
        }

        return Unlinked(cell.ToString().Trim());
    }

    /// <summary>Breaks what would become a link by itself: https://github.github.com/gfm/#autolinks-extension-.</summary>
    private static string Unlinked(string cell) => WebAddress.Replace(cell.Replace("://", "&#58;//"), "$1&#46;");
}
