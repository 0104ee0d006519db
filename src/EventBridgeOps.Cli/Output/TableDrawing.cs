using Spectre.Console;

namespace EventBridgeOps.Cli;

/// <summary>The one place that knows Spectre.Console, which is loaded when the first table is drawn and not before.</summary>
internal static class TableDrawing
{
    public static void Draw<T>(Terminal terminal, TableLayout<T> layout, IReadOnlyList<T> items)
    {
        Table table = new() { Border = TableBorder.None, UseSafeBorder = false };
        foreach (TableColumn column in layout.Columns)
        {
            table.AddColumn(new Spectre.Console.TableColumn(new Text(column.Title, Style(Tone.Strong)))
            {
                NoWrap = !column.Flexible,
                Padding = new Padding(0, 0, 2, 0),
                Alignment = column.Right ? Justify.Right : Justify.Left,
            });
        }

        string? group = null;
        foreach (T item in items)
        {
            if (layout.Group?.Invoke(item) is { } mine && mine != group)
            {
                if (group is not null)
                    table.AddEmptyRow();
                table.AddRow(Text(new Cell(mine, Tone.Strong)));
                group = mine;
            }

            IReadOnlyList<Cell> cells = layout.Row(item);
            table.AddRow(cells.Select((cell, index) => Text(group is not null && index == 0 ? cell with { Text = "  " + cell.Text } : cell)));
        }

        Console(terminal).Write(table);
    }

    /// <summary>Writes a line in a tone.</summary>
    public static void Line(Terminal terminal, Cell text)
    {
        if (terminal.HasColor)
            Console(terminal).WriteLine(text.Text ?? "", Style(text.Tone));
        else
            terminal.Out.WriteLine(text.Text);
    }

    private static IAnsiConsole Console(Terminal terminal)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal.HasColor ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = terminal.HasColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(terminal.Out),
        });
        console.Profile.Width = terminal.Width;
        return console;
    }

    private static Text Text(Cell cell) => new(cell.Text ?? "", Style(cell.Tone)) { Overflow = Overflow.Ellipsis };

    private static Style Style(Tone tone) => tone switch
    {
        Tone.Good => new Style(Color.Green),
        Tone.Warning => new Style(Color.Yellow),
        Tone.Bad => new Style(Color.Red),
        Tone.Faint => new Style(decoration: Decoration.Dim),
        Tone.Strong => new Style(decoration: Decoration.Bold),
        _ => Spectre.Console.Style.Plain,
    };
}
