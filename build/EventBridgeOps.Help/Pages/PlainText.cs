using System.Text;
using System.Text.RegularExpressions;

namespace EventBridgeOps.Help.Pages;

/// <summary>Words of a page without their marks, for a shell that shows plain text.</summary>
internal static partial class PlainText
{
    private const int Width = 80;

    /// <summary>The words as they read without marks; a link becomes its text, and where it leads unless that is a part of the help itself.</summary>
    public static string Of(string text) => Of(text, Target);

    public static string Of(string text, Func<Match, string> link) => Mark().Replace(text, mark =>
        mark.Groups["code"] is { Success: true } code ? code.Value
        : mark.Groups["stressed"] is { Success: true } stressed ? Of(stressed.Value, link)
        : link(mark));

    /// <summary>A mark that is not supported in pages; null if there is none.</summary>
    public static string? Leftover(string text) => Stray().Match(Mark().Replace(text, "")) is { Success: true } stray ? stray.Value : null;

    /// <summary>Breaks words into lines of at most 80 columns.</summary>
    public static string Wrap(string text, int indent, string first = "")
    {
        string margin = new(' ', indent);
        StringBuilder wrapped = new(margin + first);
        int column = margin.Length + first.Length;
        margin += new string(' ', first.Length);
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            bool begun = column > margin.Length;
            if (begun && column + 1 + word.Length > Width)
            {
                wrapped.Append('\n').Append(margin);
                column = margin.Length;
                begun = false;
            }

            wrapped.Append(begun ? " " : "").Append(word);
            column += word.Length + (begun ? 1 : 0);
        }

        return wrapped.ToString();
    }

    // 'errors' of [errors](../errors.md) is a topic of the help, and [...](Get-EbRoute.md) a cmdlet; other pages are in the repository.
    private static string Target(Match link)
    {
        string text = Of(link.Groups["text"].Value);
        string target = link.Groups["target"].Value;
        if (target.StartsWith("http", StringComparison.Ordinal))
            return text == target ? text : $"{text} ({target})";
        string page = Path.GetFileNameWithoutExtension(target.Split('#')[0]);
        return page == "errors" ? "about_EventBridgeOps_Errors"
            : page.StartsWith("about_", StringComparison.Ordinal) ? page
            : target.Contains('/') || !page.Contains('-') ? $"{text} (docs/{target.Split('#')[0].Replace("../", "", StringComparison.Ordinal)} in the source repository)"
            : text == page ? text
            : $"{text} (Get-Help {page})";
    }

    [GeneratedRegex(@"`(?<code>[^`]+)`|\*\*(?<stressed>[^*]+)\*\*|\*(?<stressed>[^*\s][^*]*)\*|\[(?<text>[^\]]+)\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Mark();

    [GeneratedRegex(@"[`*<]|\]\(")]
    private static partial Regex Stray();
}
