namespace EventBridgeOps.Events.Documents;

/// <summary>Comma-separated values: https://www.rfc-editor.org/rfc/rfc4180.</summary>
public static class CsvText
{
    /// <summary>Returns a line with its line ending; values are quoted where necessary.</summary>
    /// <param name="values">The values.</param>
    public static string Line(IEnumerable<string> values) => string.Join(",", values.Select(Quoted)) + "\r\n";

    private static string Quoted(string value) => value.IndexOfAny(['"', ',', '\r', '\n']) < 0 ? value : "\"" + value.Replace("\"", "\"\"") + "\"";
}
