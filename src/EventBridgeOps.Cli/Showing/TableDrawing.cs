using System.Globalization;
using System.Text;
using EventBridgeOps.Ci;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Patterns.Values;
using Spectre.Console;

namespace EventBridgeOps.Cli.Showing;

/// <summary>The one place that knows Spectre.Console, which is loaded when the first table is drawn and not before.</summary>
internal static class TableDrawing
{
    /// <summary>Stands for a space at which a cell must not be broken; a private character, since all of Unicode's spaces count as spaces there.</summary>
    private const char HardSpace = '\uE000';

    /// <summary>Stands for what a group has in common until the columns are set: it may be wider than its own.</summary>
    private const char GroupMark = '\uE001';

    /// <summary>Draws the table of records.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="shape">The description of the records.</param>
    /// <param name="rows">The records, each with what it has in common with its neighbours, which stands once above them; null for nothing.</param>
    public static void Draw(Terminal terminal, RecordShape shape, IReadOnlyList<(string? Group, object Record)> rows)
    {
        RecordColumn[] columns = [.. shape.Columns.Where(column => column.Only != FrontEnd.Shell && column.Window <= terminal.TableWidth)];
        Table table = new() { Border = TableBorder.None };
        foreach (RecordColumn column in columns)
        {
            table.AddColumn(new TableColumn(Text(new Cell(ColumnText.Heading(column), Tone.Strong)))
            {
                NoWrap = !column.Flexible,
                Padding = new Padding(0, 0, 2, 0),
                Alignment = column.Right ? Justify.Right : Justify.Left,
            });
        }

        Queue<string> groups = new();
        foreach (IGrouping<string?, (string? Group, object Record)> group in rows.GroupBy(row => row.Group))
        {
            if (table.Rows.Count > 0)
                table.AddEmptyRow();
            if (group.Key is not null)
            {
                groups.Enqueue(CutText.Cut(InertText.OneLine(group.Key), terminal.TableWidth - 1));
                table.AddRow(Text(new Cell(GroupMark.ToString(), Tone.Strong)));
            }

            foreach ((_, object record) in group)
                table.AddRow(columns.Select(column => ColumnText.Of(column, record)).Select((cell, index) => Text(group.Key is not null && index == 0 ? cell with { Text = "  " + cell.Text } : cell)));
        }

        Write(terminal, console => console.Write(table), groups);
    }

    /// <summary>Draws records as lines, each with the heading of a column and its value.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="shape">The description of the records.</param>
    /// <param name="records">The records.</param>
    public static void DrawLines(Terminal terminal, RecordShape shape, IReadOnlyList<object> records)
    {
        Table table = new() { Border = TableBorder.None, ShowHeaders = false };
        table.AddColumn(new TableColumn("") { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        table.AddColumn(new TableColumn("") { Padding = new Padding(0, 0, 0, 0) });
        foreach (object record in records)
        {
            if (table.Rows.Count > 0)
                table.AddEmptyRow();
            foreach (RecordColumn column in shape.Columns.Where(column => column.Only != FrontEnd.Shell))
                table.AddRow(Text(new Cell(ColumnText.Heading(column), Tone.Strong)), Text(ColumnText.Of(column, record)));
        }

        Write(terminal, console => console.Write(table));
    }

    /// <summary>Draws a table of texts.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="headings">The headings; null for none.</param>
    /// <param name="rows">The rows, all of one length.</param>
    public static void Draw(Terminal terminal, string[]? headings, string[][] rows)
    {
        Table table = new() { Border = TableBorder.None, ShowHeaders = headings is not null };
        for (int i = 0; i < rows[0].Length; i++)
            table.AddColumn(new TableColumn(Text(new Cell(headings?[i] ?? "", Tone.Strong))) { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        foreach (string[] row in rows)
            table.AddRow(row.Select(value => Text(value)));
        Write(terminal, console => console.Write(table));
    }

    /// <summary>Writes a line in a tone.</summary>
    public static void Line(Terminal terminal, Cell line)
    {
        line = line with { Text = InertText.OneLine(line.Text ?? "") };
        if (line.Tone == Tone.Plain || !terminal.HasColor)
            terminal.Out.WriteLine(Inert(terminal, line.Text));
        else
            Write(terminal, console => console.WriteLine(line.Text ?? "", Style(line.Tone)));
    }

    private static void Write(Terminal terminal, Action<IAnsiConsole> write, Queue<string>? groups = null)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal.HasColor ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = terminal.HasColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = terminal.TableWidth;
        write(console);
        foreach (string line in text.ToString().TrimEnd('\r', '\n').Split('\n'))
        {
            string shown = line.Contains(GroupMark) && groups is { Count: > 0 } ? line.Replace(GroupMark.ToString(), groups.Dequeue()) : line;
            terminal.Out.WriteLine(Inert(terminal, shown.Replace(HardSpace, ' ').TrimEnd()));
        }
    }

    // In the log of a CI system, no cell is a command. Such a log has no colors of ours.
    private static string Inert(Terminal terminal, string line) =>
        terminal.Ci != CiKind.None && !terminal.HasColor ? CiCommands.Disarm(terminal.Ci, line) : line;

    private static CutText Text(Cell cell)
    {
        StringBuilder text = new(cell.Text);
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i]) || InertText.Steers(text[i]))
                text[i] = HardSpace;
        }

        return new CutText(text.ToString(), Style(cell.Tone));
    }

    private static Style Style(Tone tone) => tone switch
    {
        Tone.Good => new Style(Color.Green),
        Tone.Warning => new Style(Color.Yellow),
        Tone.Bad => new Style(Color.Red),
        Tone.Planned => new Style(Color.Teal),
        Tone.Faint => new Style(decoration: Decoration.Dim),
        Tone.Strong => new Style(decoration: Decoration.Bold),
        _ => Spectre.Console.Style.Plain,
    };
}
