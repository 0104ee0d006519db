using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Cli.Showing;

/// <summary>How data is written to standard output.</summary>
internal enum OutputFormat
{
    Table,
    Json,
    Jsonl,
    Csv,

    /// <summary>JUnit's XML, when all records are there.</summary>
    JUnit,

    /// <summary>Markdown, when all records are there.</summary>
    Markdown,
}

/// <summary>Writes records to standard output as they come.</summary>
internal abstract class RecordWriter<T>(Screen screen)
{
    public Screen Screen => screen;

    public abstract void Write(T item);

    /// <summary>Writes what belongs after the last record, also when the run did not come to its end: what was written is valid then.</summary>
    public abstract void End();

    public static RecordWriter<T> For(OutputFormat format, Screen screen, Shape<T> shape, TableLayout<T> layout) => format switch
    {
        OutputFormat.Json => new JsonArrayWriter<T>(screen, shape),
        OutputFormat.Jsonl => new JsonLinesWriter<T>(screen, shape),
        OutputFormat.Csv => new CsvWriter<T>(screen, shape),
        OutputFormat.JUnit or OutputFormat.Markdown => new NoWriter<T>(screen),
        _ => new TableWriter<T>(screen, layout),
    };
}

internal sealed class JsonLinesWriter<T>(Screen screen, Shape<T> shape) : RecordWriter<T>(screen)
{
    public override void Write(T item)
    {
        string text = JsonText.Of(json => shape.Write(json, item, withDocuments: true));
        Screen.Data(output => output.Write(text + "\n"));
    }

    public override void End()
    {
    }
}

internal sealed class JsonArrayWriter<T>(Screen screen, Shape<T> shape) : RecordWriter<T>(screen)
{
    private bool _begun;

    public override void Write(T item)
    {
        string text = JsonText.Of(json => shape.Write(json, item, withDocuments: true));
        Screen.Data(output => output.Write((_begun ? ",\n" : "[\n") + text));
        _begun = true;
    }

    public override void End() => Screen.Data(output => output.Write(_begun ? "\n]\n" : "[]\n"));
}

/// <summary>Writes nothing: the report, which is told of each record, is what is written in the end.</summary>
internal sealed class NoWriter<T>(Screen screen) : RecordWriter<T>(screen)
{
    public override void Write(T item)
    {
    }

    public override void End()
    {
    }
}

internal sealed class CsvWriter<T>(Screen screen, Shape<T> shape) : RecordWriter<T>(screen)
{
    private readonly Field<T>[] _fields = [.. shape.Fields.Where(field => !field.IsDocument)];
    private bool _begun;

    public override void Write(T item)
    {
        WriteHeader();
        WriteLine(_fields.Select(field => field.Text(item)));
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
        string line = CsvText.Line(values);
        Screen.Data(output => output.Write(line));
    }
}

/// <summary>Draws one table when all records are there, since only then the columns' widths are known.</summary>
internal sealed class TableWriter<T>(Screen screen, TableLayout<T> layout) : RecordWriter<T>(screen)
{
    private readonly List<T> _items = [];

    public override void Write(T item)
    {
        if (layout.IsShown?.Invoke(item) ?? true)
            _items.Add(item);
    }

    public override void End()
    {
        if (_items.Count > 0)
            Screen.Data(_ => TableDrawing.Draw(Screen.Terminal, layout, _items));
    }
}
