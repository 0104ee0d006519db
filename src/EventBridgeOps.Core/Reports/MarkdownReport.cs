using System.Text;

namespace EventBridgeOps.Reports;

/// <summary>A report as Markdown: for each kind of thing the counts, and a table with what is wrong first.</summary>
/// <remarks>https://github.github.com/gfm/#tables-extension-.</remarks>
public static class MarkdownReport
{
    private static readonly char[] Punctuation = ['\\', '`', '*', '_', '[', ']', '~', '#', '!'];

    /// <summary>All of it.</summary>
    /// <param name="report">The report.</param>
    public static string Write(Report report) => Write(report, int.MaxValue);

    /// <summary>As much of it as there is room for; a line says what was left out.</summary>
    /// <param name="report">The report.</param>
    /// <param name="mostBytes">The most bytes of UTF-8.</param>
    public static string Write(Report report, int mostBytes)
    {
        const int LastWords = 120;
        StringBuilder text = new();
        int room = mostBytes - LastWords, left = report.Items.Count;
        if (left == 0)
            Add("Nothing was found.\n");
        foreach (IGrouping<string, ReportItem> suite in report.Items.GroupBy(item => item.Suite))
        {
            if (!Add($"### {suite.Key}\n\n{Counts([.. suite])}\n\n| | State | Name | | |\n| --- | --- | --- | --- | --- |\n"))
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
            text.Append($"\n{left} of {report.Items.Count} items are left out, since there is no room for more here.\n");
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

    private static string Counts(IReadOnlyList<ReportItem> items)
    {
        IEnumerable<string> states = items.GroupBy(item => item.State).OrderBy(state => state.Min(item => item.Outcome)).ThenByDescending(state => state.Max(item => item.Level))
            .Select(state => $"{state.Count()} {Cell(state.Key)}");
        return $"**{items.Count}** in all: {string.Join(", ", states)}.";
    }

    private static string Row(ReportItem item)
    {
        string sign = item.Outcome switch { ReportOutcome.Failed => "❌", ReportOutcome.Skipped => "➖", _ => item.Level == Ci.CiLevel.Warning ? "⚠️" : "✅" };
        return $"| {sign} | {Cell(item.State)} | {Cell(item.Title)} | {Cell(item.Detail)} | {Cell(item.Message)} |\n";
    }

    /// <summary>Text that stands for itself, whatever it is.</summary>
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
                _ when char.IsControl(letter) || letter is '\u2028' or '\u2029' => cell.Append(' '),
                _ => cell.Append(letter),
            };
        }

        return cell.ToString().Trim();
    }
}
