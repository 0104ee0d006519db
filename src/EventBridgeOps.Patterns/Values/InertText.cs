using System.Globalization;
using System.Text;

namespace EventBridgeOps.Patterns.Values;

/// <summary>Makes text from outside nothing but text wherever it is shown: it does not steer a terminal, begin a line, or turn around what stands beside it.</summary>
/// <remarks>
/// What steers: the control characters C0, DEL and C1 (ECMA-48), the separators of lines and paragraphs, and the controls of bidirectional text
/// (https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters).
/// </remarks>
public static class InertText
{
    /// <summary>The characters that steer, as a class of a regular expression, for what cannot call <see cref="Steers"/>.</summary>
    public const string Class = @"[\p{Cc}\u2028-\u202E\u2066-\u2069\u200E\u200F\u061C]";

    /// <summary>Whether a character steers what shows it.</summary>
    /// <param name="letter">The character.</param>
    public static bool Steers(char letter) =>
        char.IsControl(letter) || letter is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\u061C';

    /// <summary>The text on one line: a space stands for each character that steers.</summary>
    /// <param name="text">Any text.</param>
    public static string OneLine(string text) => Replaced(text, Steers);

    /// <summary>The text with its lines, which end with line feeds, and its tabs.</summary>
    /// <param name="text">Any text.</param>
    public static string Lines(string text) => Replaced(text.Contains('\r') ? text.Replace("\r\n", "\n") : text, letter => Steers(letter) && letter is not ('\n' or '\t'));

    /// <summary>JSON text in which the characters that steer, and may stand in strings, are escaped.</summary>
    /// <param name="json">Valid JSON text.</param>
    public static string Json(string json)
    {
        if (!json.Any(IsHidden))
        {
            return json;
        }

        StringBuilder text = new(json.Length + 64);
        foreach (char letter in json)
        {
            _ = IsHidden(letter) ? text.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture)) : text.Append(letter);
        }

        return text.ToString();

        // Those below a space are escaped already, or white space between values.
        static bool IsHidden(char letter) => letter > ' ' && Steers(letter);
    }

    private static string Replaced(string text, Func<char, bool> steers) => text.Any(steers) ? string.Concat(text.Select(letter => steers(letter) ? ' ' : letter)) : text;
}
