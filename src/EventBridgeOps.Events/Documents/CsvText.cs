namespace EventBridgeOps.Events.Documents;

/// <summary>Comma-separated values: https://www.rfc-editor.org/rfc/rfc4180.</summary>
public static class CsvText
{
    /// <summary>Returns a line with its line ending; values are quoted where necessary.</summary>
    /// <param name="values">The values.</param>
    public static string Line(IEnumerable<string> values) => string.Join(",", values.Select(Quoted)) + "\r\n";

    /// <summary>The same for a spreadsheet: a value that it would take for a formula begins with an apostrophe.</summary>
    /// <param name="values">The values.</param>
    /// <remarks>https://owasp.org/www-community/attacks/CSV_Injection.</remarks>
    public static string SafeLine(IEnumerable<string> values) => Line(values.Select(value => value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? "'" + value : value));

    private static string Quoted(string value) => value.IndexOfAny(['"', ',', '\r', '\n']) < 0 ? value : "\"" + value.Replace("\"", "\"\"") + "\"";
}
