namespace EventBridgeOps.Cli.Showing;

/// <summary>How a table of records looks.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Row">A record's cells.</param>
/// <param name="Group">What neighbours may have in common: it gets a line of its own above them; null for no such lines.</param>
/// <param name="IsShown">Which records are worth a row; null for all.</param>
internal sealed record TableLayout<T>(IReadOnlyList<TableColumn> Columns, Func<T, IReadOnlyList<Cell>> Row, Func<T, string>? Group = null, Func<T, bool>? IsShown = null);

/// <summary>A column.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Flexible">Whether it gives way when the table is too wide.</param>
/// <param name="Right">Whether it is a column of numbers.</param>
internal sealed record TableColumn(string Title, bool Flexible = true, bool Right = false);

/// <summary>What stands in a cell.</summary>
internal readonly record struct Cell(string? Text, Tone Tone = Tone.Plain)
{
    public static implicit operator Cell(string? text) => new(text);
}

/// <summary>What a text's colour says, on a terminal that has colours.</summary>
internal enum Tone
{
    Plain,
    Good,
    Warning,
    Bad,
    Faint,
    Strong,
}
