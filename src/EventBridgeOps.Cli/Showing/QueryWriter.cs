using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Queries;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Cli.Showing;

/// <summary>Writes what a query selects from all records, of which the JSON array is that of <c>--output json</c>.</summary>
internal sealed class QueryWriter<T>(Screen screen, JsonQuery query, OutputFormat format, Func<T, string> json) : RecordWriter<T>(screen)
    where T : class
{
    private readonly List<string> _items = [];

    public override void Write(T item) => _items.Add(json(item));

    public override void End() => SelectedText.Write(Screen, format, query.Select($"[{string.Join(',', _items)}]"));

    /// <summary>Writes nothing: what is selected from a part would look as if it were everything.</summary>
    public override void Interrupt()
    {
    }
}

/// <summary>Writes what a query selects from each record as it comes, each as an array of one record.</summary>
internal sealed class FollowedQueryWriter<T>(Screen screen, JsonQuery query, OutputFormat format, Func<T, string> json) : RecordWriter<T>(screen)
    where T : class
{
    // JSON on one line is what a reader of such a stream can read as it comes.
    private readonly OutputFormat _format = format == OutputFormat.Json ? OutputFormat.Jsonl : format;
    private bool _begun;

    public override void Write(T item)
    {
        SelectedText.Write(Screen, _format, query.Select($"[{json(item)}]"), withHeadings: !_begun);
        _begun = true;
    }

    public override void End()
    {
    }
}

/// <summary>Writes what a query selected. The forms are those of the AWS CLI.</summary>
internal static class SelectedText
{
    public static void Write(Screen screen, OutputFormat format, JsonNode? selected, bool withHeadings = true)
    {
        if (format == OutputFormat.Table)
        {
            (string[]? headings, string[][] rows) = Rows(selected, none: "-");
            if (rows.Length > 0)
                screen.Data(_ => TableDrawing.Draw(screen.Terminal, headings, rows));
            return;
        }

        string text = format switch
        {
            OutputFormat.Csv => Csv(selected, CsvText.Line, withHeadings),
            OutputFormat.CsvSafe => Csv(selected, CsvText.SafeLine, withHeadings),
            OutputFormat.Text => TabbedText.Of(selected),
            OutputFormat.Jsonl => string.Concat(Items(selected).Select(item => JsonText.Of(item) + "\n")),
            _ => selected is JsonArray { Count: > 0 } items ? $"[\n{string.Join(",\n", items.Select(JsonText.Of))}\n]\n" : JsonText.Of(selected) + "\n",
        };
        if (format is OutputFormat.Csv or OutputFormat.CsvSafe)
            screen.Data(output => output.Write(text));
        else if (format == OutputFormat.Text)
            screen.TextData(text);
        else
            screen.JsonData(text);
    }

    private static string Csv(JsonNode? selected, Func<IEnumerable<string>, string> line, bool withHeadings)
    {
        (string[]? headings, string[][] rows) = Rows(selected, none: "");
        return string.Concat((headings is null || !withHeadings ? rows : [headings, .. rows]).Select(line));
    }

    /// <summary>Objects are rows under the names of their fields, lists are rows, and anything else is a row by itself.</summary>
    private static (string[]? Headings, string[][] Rows) Rows(JsonNode? selected, string none)
    {
        JsonNode?[] items = [.. Items(selected)];
        if (items.Length > 0 && Array.TrueForAll(items, item => item is JsonObject))
        {
            string[] headings = [.. items.SelectMany(item => item!.AsObject().Select(field => field.Key)).Distinct(StringComparer.Ordinal)];
            return (headings, [.. items.Select(item => headings.Select(heading => Value(item![heading])).ToArray())]);
        }

        string[][] rows = [.. items.Select(item => item is JsonArray values ? values.Select(Value).ToArray() : [Value(item)])];
        int width = rows.Select(row => row.Length).DefaultIfEmpty().Max();
        return (null, [.. rows.Select(row => row.Concat(Enumerable.Repeat("", width - row.Length)).ToArray())]);

        string Value(JsonNode? value) => value is null ? none : JsonText.Plain(value);
    }

    private static JsonArray Items(JsonNode? selected) => selected is JsonArray items ? items : [selected];
}
