using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Records;

namespace EventBridgeOps.Cli.Showing;

/// <summary>The formats of data on standard output.</summary>
internal enum OutputFormat
{
    Table,
    Json,
    Jsonl,
    Csv,

    /// <summary>Text for people where a command has one, or else values that are separated by tabs.</summary>
    Text,

    /// <summary>CSV for a spreadsheet, which would take some values for formulas.</summary>
    CsvSafe,

    /// <summary>JUnit XML, written after all records.</summary>
    JUnit,

    /// <summary>Markdown, written after all records.</summary>
    Markdown,
}

/// <summary>Writes records to standard output as they arrive.</summary>
internal abstract class RecordWriter<T>(Screen screen)
    where T : class
{
    public Screen Screen => screen;

    public abstract void Write(T item);

    /// <summary>Writes the end of the output.</summary>
    public abstract void End();

    /// <summary>Writes the end of the output of a run that was interrupted, so that the output is valid.</summary>
    public virtual void Interrupt() => End();

    /// <summary>The writer of a format.</summary>
    /// <param name="format">The format.</param>
    /// <param name="screen">What it is written to, with the query of the user.</param>
    /// <param name="shape">The description of the records.</param>
    /// <param name="json">A record as JSON; null for that of its description.</param>
    /// <param name="text">A record as text for people, or null for one that is not shown; null if it has none.</param>
    /// <param name="follows">Whether records come without an end: a query is applied to each of them.</param>
    public static RecordWriter<T> For(OutputFormat format, Screen screen, RecordShape shape, Func<T, string>? json = null, Func<T, string?>? text = null, bool follows = false)
    {
        json ??= item => JsonText.Of(writer => RecordText.Write(writer, shape, item, withDocuments: true));
        if (screen.Query is { } query)
            return follows ? new FollowedQueryWriter<T>(screen, query, format, json) : new QueryWriter<T>(screen, query, format, json);
        return format switch
        {
            OutputFormat.Json => new JsonArrayWriter<T>(screen, json),
            OutputFormat.Jsonl => new LineWriter<T>(screen, json, screen.JsonData),
            OutputFormat.Csv => new CsvWriter<T>(screen, shape, CsvText.Line),
            OutputFormat.CsvSafe => new CsvWriter<T>(screen, shape, CsvText.SafeLine),
            OutputFormat.JUnit or OutputFormat.Markdown => new NoWriter<T>(screen),
            OutputFormat.Table when shape.Columns.Count > 0 || text is null => new TableWriter<T>(screen, shape),
            _ => new LineWriter<T>(screen, text ?? (item => RecordText.Values(shape, item)), screen.TextData),
        };
    }
}

internal sealed class LineWriter<T>(Screen screen, Func<T, string?> line, Action<string> write) : RecordWriter<T>(screen)
    where T : class
{
    public override void Write(T item)
    {
        if (line(item) is { } text)
            write(text + "\n");
    }

    public override void End()
    {
    }
}

internal sealed class JsonArrayWriter<T>(Screen screen, Func<T, string> json) : RecordWriter<T>(screen)
    where T : class
{
    private bool _begun;

    public override void Write(T item)
    {
        string text = json(item);
        Screen.JsonData((_begun ? ",\n" : "[\n") + text);
        _begun = true;
    }

    public override void End() => Screen.Data(output => output.Write(_begun ? "\n]\n" : "[]\n"));
}

/// <summary>Writes nothing, because the report, which receives each record, is written at the end.</summary>
internal sealed class NoWriter<T>(Screen screen) : RecordWriter<T>(screen)
    where T : class
{
    public override void Write(T item)
    {
    }

    public override void End()
    {
    }
}

internal sealed class CsvWriter<T>(Screen screen, RecordShape shape, Func<IEnumerable<string>, string> write) : RecordWriter<T>(screen)
    where T : class
{
    private readonly RecordField[] _fields = [.. shape.Fields.Where(field => !field.IsDocument)];
    private bool _begun;

    public override void Write(T item)
    {
        WriteHeader();
        WriteLine(_fields.Select(field => RecordText.Csv(field, item)));
    }

    public override void End() => WriteHeader();

    private void WriteHeader()
    {
        if (!_begun)
            WriteLine(_fields.Select(field => field.Name));
        _begun = true;
    }

    private void WriteLine(IEnumerable<string> values)
    {
        string line = write(values);
        Screen.Data(output => output.Write(line));
    }
}

/// <summary>Draws one table after all records, because only then the column widths are known.</summary>
internal sealed class TableWriter<T>(Screen screen, RecordShape shape) : RecordWriter<T>(screen)
    where T : class
{
    private readonly List<(string? Group, object Record)> _rows = [];

    public override void Write(T item)
    {
        if (!shape.IsQuiet(item))
            _rows.Add((shape.Group is { } group ? ColumnText.Of(group, item).Text : null, item));
    }

    public override void End()
    {
        if (_rows.Count > 0 && shape.Layout == RecordLayout.Lines)
            Screen.Data(_ => TableDrawing.DrawLines(Screen.Terminal, shape, [.. _rows.Select(row => row.Record)]));
        else if (_rows.Count > 0)
            Screen.Data(_ => TableDrawing.Draw(Screen.Terminal, shape, _rows));
    }
}
