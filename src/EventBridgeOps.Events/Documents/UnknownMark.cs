using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EventBridgeOps.Events.Documents;

/// <summary>
/// Marks in texts what a file does not give, so that <c>${Queue.Arn}</c> that stands for an unknown value is never taken for a text that was written so.
/// The marks are noncharacters, which Unicode keeps for use within a program (https://www.unicode.org/faq/private_use.html#noncharacters).
/// </summary>
internal static class UnknownMark
{
    private const char Begin = '\uFDD0';
    private const char End = '\uFDD1';
    private static readonly Regex Mark = new("\uFDD0([^\uFDD0\uFDD1]*)\uFDD1", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>A text that stands for an unknown value, alone or within another text, also of JSON.</summary>
    public static string Of(string symbol) => $"{Begin}{string.Concat(symbol.Select(letter => letter is '"' or '\\' or Begin or End || char.IsControl(letter) ? ' ' : letter))}{End}";

    /// <summary>The document's JSON text, with the marks as they are.</summary>
    public static string Write(JsonNode? node) => Document.Write(node).Replace("\\uFDD0", "\uFDD0").Replace("\\uFDD1", "\uFDD1");

    /// <summary>Whether a part of a text is unknown.</summary>
    public static bool IsIn(string? text) => text is not null && text.Contains(Begin) && Mark.IsMatch(text);

    /// <summary>The symbols in a text, in their order.</summary>
    public static IEnumerable<string> Symbols(string? text) => IsIn(text) ? Mark.Matches(text!).Cast<Match>().Select(found => found.Groups[1].Value) : [];

    /// <summary>The text with values in place of the symbols that have one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The value of a symbol; null if it has none.</param>
    public static string Fill(string text, Func<string, string?> value) => text.Contains(Begin) ? Mark.Replace(text, found => value(found.Groups[1].Value) ?? found.Value) : text;

    /// <summary>The text for people: <c>${Queue.Arn}</c>.</summary>
    public static string Show(string text) => Fill(text, symbol => $"${{{symbol}}}");
}
