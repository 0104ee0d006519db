using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Events.Reading;

/// <summary>Items in a CSV file with a header: each row as a JSON object, without the fields that are empty.</summary>
/// <remarks>Quotes as in https://www.rfc-editor.org/rfc/rfc4180; separated by commas, semicolons or tabs, as Excel writes them in different countries.</remarks>
public sealed class CsvForm
{
    private const string TypeLine = "#TYPE "; // Windows PowerShell's Export-Csv.

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly char[] Separators = [',', ';', '\t'];

    /// <summary>The columns by which a header is known: all must be there.</summary>
    public required IReadOnlyList<string> Required { get; init; }

    /// <summary>The other columns, which are spelled like this in the object, whatever their case in the header.</summary>
    public IReadOnlyList<string> Optional { get; init; } = [];

    /// <summary>The columns whose value is a list, of one element.</summary>
    public IReadOnlyList<string> Lists { get; init; } = [];

    /// <summary>The values of fields that a row does not have.</summary>
    public IReadOnlyDictionary<string, string> Defaults { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the beginning of a text is enough to know: it is JSON, or has a line.</summary>
    internal static bool IsEnough(ReadOnlyMemory<byte> head)
    {
        string text = FirstLines(head.Span).TrimStart();
        return (text.Length > 0 && text[0] is '{' or '[') || head.Length >= 4096
            || (text.Contains('\n') && (!text.StartsWith(TypeLine, StringComparison.Ordinal) || text.IndexOf('\n') != text.LastIndexOf('\n')));
    }

    /// <summary>Whether a line is a header of these columns.</summary>
    /// <param name="line">The line.</param>
    public bool IsHeader(string line) => Header(line) is not null;

    /// <summary>Whether a text begins with a header of these columns.</summary>
    internal bool Begins(byte[] head) => Header(WithoutType(FirstLines(head)).Split('\n')[0]) is not null;

    /// <summary>The rows as JSON objects, with their lines.</summary>
    internal async IAsyncEnumerable<TextPiece> ReadAsync(System.IO.Stream text, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using StreamReader reader = new(text, Strict, detectEncodingFromByteOrderMarks: true, 4096, leaveOpen: true);
        CsvRows rows = new(reader);
        string? header = await rows.LineAsync(cancellationToken);
        while (header is not null && (header.Trim().Length == 0 || header.StartsWith(TypeLine, StringComparison.Ordinal)))
            header = await rows.LineAsync(cancellationToken);
        (char separator, string[] columns) = Header(header!)!.Value;
        while (true)
        {
            (IReadOnlyList<string> fields, int line)? row = null;
            bool broken = false;
            try
            {
                row = await rows.NextAsync(separator, cancellationToken);
            }
            catch (DecoderFallbackException)
            {
                broken = true;
            }

            if (broken)
            {
                yield return new TextPiece(default, rows.Line, ReadingMessages.NotUtf8());
                yield break;
            }

            if (row is not var (given, number))
                yield break;
            if (given.Count > columns.Length)
                yield return new TextPiece(default, number, ReadingMessages.TooManyFields(given.Count, columns.Length));
            else if (given.Any(field => field.Length > 0))
                yield return new TextPiece(Document.WriteUtf8(Row(columns, given)), number);
        }
    }

    private static string WithoutType(string text) => text.StartsWith(TypeLine, StringComparison.Ordinal) ? text.Substring(text.IndexOf('\n') + 1) : text;

    private static string FirstLines(ReadOnlySpan<byte> head) => Encoding.UTF8.GetString(head.Slice(InputText.MarkLength(head)).ToArray()).TrimStart('\r', '\n');

    private (char Separator, string[] Columns)? Header(string line)
    {
        foreach (char separator in Separators)
        {
            string[] columns = [.. CsvRows.Fields(line.TrimEnd('\r'), separator).Select(name => Spelled(name.Trim()))];
            if (Required.All(columns.Contains))
                return (separator, columns);
        }

        return null;
    }

    private string Spelled(string column) => Required.Concat(Optional).FirstOrDefault(known => known.Equals(column, StringComparison.OrdinalIgnoreCase)) ?? column;

    private JsonObject Row(string[] columns, IReadOnlyList<string> fields)
    {
        JsonObject row = [];
        for (int i = 0; i < fields.Count; i++)
        {
            if (fields[i].Length > 0)
                row[columns[i]] = Lists.Contains(columns[i]) ? new JsonArray(JsonValue.Create(fields[i])) : JsonValue.Create(fields[i]);
        }

        foreach (KeyValuePair<string, string> other in Defaults.Where(other => !row.ContainsKey(other.Key)))
            row[other.Key] = other.Value;
        return row;
    }
}

/// <summary>Reads the rows of a CSV text.</summary>
internal sealed class CsvRows(TextReader text)
{
    /// <summary>The number of the line that was read last.</summary>
    public int Line { get; private set; }

    /// <summary>The next line; null at the end.</summary>
    public async Task<string?> LineAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
#if NETSTANDARD2_0
        string? line = await text.ReadLineAsync();
#else
        string? line = await text.ReadLineAsync(cancellationToken);
#endif
        Line++;
        return line;
    }

    /// <summary>The fields of the next row, and the number of its first line; null at the end. A field in quotes may have line breaks.</summary>
    public async Task<(IReadOnlyList<string> Fields, int Line)?> NextAsync(char separator, CancellationToken cancellationToken)
    {
        if (await LineAsync(cancellationToken) is not { } line)
            return null;
        int number = Line;
        StringBuilder row = new(line);
        while (line.Count(letter => letter == '"') % 2 == 1 && await LineAsync(cancellationToken) is { } more)
        {
            row.Append('\n').Append(more);
            line += more;
        }

        return (Fields(row.ToString(), separator), number);
    }

    /// <summary>The fields of a row.</summary>
    public static IReadOnlyList<string> Fields(string row, char separator)
    {
        List<string> fields = [];
        StringBuilder field = new();
        bool inQuotes = false;
        for (int i = 0; i < row.Length; i++)
        {
            char letter = row[i];
            if (inQuotes && letter == '"' && i + 1 < row.Length && row[i + 1] == '"')
                field.Append(row[++i]);
            else if (letter == '"' && (inQuotes || field.Length == 0))
                inQuotes = !inQuotes;
            else if (letter == separator && !inQuotes)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
                field.Append(letter);
        }

        fields.Add(field.ToString());
        return fields;
    }
}
