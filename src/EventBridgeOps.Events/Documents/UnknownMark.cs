using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EventBridgeOps.Events.Documents;

/// <summary>
/// Marks in texts what a file does not give, so that <c>${Queue.Arn}</c> that stands for an unknown value is never taken for a text that was written so.
/// The marks are noncharacters, which Unicode keeps for use within a program (https://www.unicode.org/faq/private_use.html#noncharacters).
/// </summary>
internal static class UnknownMark
{
    /// <summary>How the symbol of a revision ends that the file itself registers.</summary>
    public const string RegisteredRevision = ":revision";

    private const char Begin = '\uFDD0';
    private const char End = '\uFDD1';
    private const char Quote = '\uFDD2'; // A quotation mark and a backslash of a symbol would end or change the text of JSON that it stands in.
    private const char Backslash = '\uFDD3';
    private static readonly Regex Mark = new("\uFDD0([^\uFDD0\uFDD1]*)\uFDD1", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>A text that stands for an unknown value, alone or within another text, also of JSON.</summary>
    public static string Of(string symbol) => $"{Begin}{string.Concat(symbol.Select(letter => Stored(letter)))}{End}";

    /// <summary>The document's JSON text, with the marks as they are.</summary>
    public static string Write(JsonNode? node) => Document.Write(node).Replace("\\uFDD0", "\uFDD0").Replace("\\uFDD1", "\uFDD1").Replace("\\uFDD2", "\uFDD2").Replace("\\uFDD3", "\uFDD3");

    /// <summary>Whether a part of a text is unknown.</summary>
    public static bool IsIn(string? text) => text is not null && text.Contains(Begin) && Mark.IsMatch(text);

    /// <summary>The symbols in a text, in their order.</summary>
    public static IEnumerable<string> Symbols(string? text) => IsIn(text) ? Mark.Matches(text!).Cast<Match>().Select(Symbol) : [];

    /// <summary>The text with values in place of the symbols that have one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The value of a symbol; null if it has none.</param>
    public static string Fill(string text, Func<string, string?> value) => text.Contains(Begin) ? Mark.Replace(text, found => value(Symbol(found)) ?? found.Value) : text;

    /// <summary>The text for people: <c>${Queue.Arn}</c>. A text of JSON remains one.</summary>
    public static string Show(string text)
    {
        bool isJson = text.Length > 0 && text.TrimStart().FirstOrDefault() is '{' or '[' or '"';
        return Fill(text, symbol => $"${{{(isJson ? symbol.Replace("\\", "\\\\").Replace("\"", "\\\"") : symbol)}}}");
    }

    private static char Stored(char letter) => letter switch
    {
        '"' => Quote,
        '\\' => Backslash,
        >= Begin and <= Backslash => ' ',
        _ => char.IsControl(letter) ? ' ' : letter,
    };

    private static string Symbol(Match found) => found.Groups[1].Value.Replace(Quote, '"').Replace(Backslash, '\\');
}
