using System.Text;
using EventBridgeOps.Help.Pages;

namespace EventBridgeOps.Help.Topics;

/// <summary>A page as an about topic, in plain text of at most 80 columns: https://learn.microsoft.com/powershell/scripting/developer/help/writing-help-topics-about.</summary>
internal static class AboutTopic
{
    private const int Width = 80;
    private const int Margin = 4;

    public static string Of(Page page)
    {
        if (page.Blocks is not [Paragraph summary, ..])
            throw new PageException(page.File, 3, PageMessages.NoSynopsis());

        // The shell takes the fifth line for the synopsis, so it is one line.
        string synopsis = PlainText.Of(summary.Text);
        if (synopsis.Length > Width - Margin)
            throw new PageException(page.File, summary.Line, PageMessages.SynopsisTooLong(Width - Margin, synopsis.Length));
        StringBuilder text = new($"TOPIC\n    {page.Title}\n\nSHORT DESCRIPTION\n    {synopsis}\n\nLONG DESCRIPTION\n");
        Write(text, page.File, [.. page.Blocks.Skip(1)]);
        foreach (Section section in page.Sections)
        {
            text.Append(PlainText.Of(section.Title).ToUpperInvariant()).Append('\n');
            Write(text, page.File, section.Blocks);
        }

        return text.ToString().TrimEnd() + "\n";
    }

    private static void Write(StringBuilder text, string file, IReadOnlyList<Block> blocks)
    {
        foreach (Block block in blocks)
            text.Append(Of(file, block)).Append("\n\n");
    }

    private static string Of(string file, Block block) => block switch
    {
        Paragraph paragraph => PlainText.Wrap(PlainText.Of(paragraph.Text), Margin),
        Bullets bullets => string.Join('\n', bullets.Items.Select(item => PlainText.Wrap(PlainText.Of(item), Margin, "* "))),
        Code code => string.Join('\n', code.Text.Split('\n').Select((line, i) => Indented(file, code.Line + 1 + i, line))),
        Table table => string.Join("\n\n", table.Rows.Select(row => $"    {PlainText.Of(row[0])}\n{string.Join('\n', row.Skip(1).Select((cell, i) => PlainText.Wrap(Labelled(table, i + 1, cell), 2 * Margin)))}")),
        _ => "",
    };

    // With more than two columns it must be said which is which; the first of them explains itself.
    private static string Labelled(Table table, int column, string cell) =>
        table.Head.Count > 2 ? $"{char.ToUpperInvariant(table.Head[column][0])}{table.Head[column][1..]}: {PlainText.Of(cell)}" : PlainText.Of(cell);

    private static string Indented(string file, int line, string code) => code.Length == 0 ? ""
        : code.Length > Width - (2 * Margin) ? throw new PageException(file, line, PageMessages.CodeTooWide(Width - (2 * Margin), code.Length))
        : new string(' ', 2 * Margin) + code;
}
