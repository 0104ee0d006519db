using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EventBridgeOps.Cli.Showing;

/// <summary>A cell on one line. What does not fit is cut in the middle: names often differ only at their ends.</summary>
internal sealed class CutText(string text, Style style) : Renderable
{
    private const string Ellipsis = "…";

    /// <summary>A text in a width, of which the beginning and the end are kept.</summary>
    public static string Cut(string text, int width)
    {
        if (text.GetCellWidth() <= width)
            return text;
        int room = Math.Max(0, width - 1);
        string[] graphemes = [.. Graphemes(text)];
        string head = string.Concat(Fitting(graphemes, room - (room / 2)));
        string tail = string.Concat(Fitting(graphemes.Reverse(), room / 2).Reverse());
        return string.Concat(head, Ellipsis, tail);
    }

    /// <summary>A text in a width, of which the beginning is kept.</summary>
    public static string CutEnd(string text, int width) =>
        text.GetCellWidth() <= width ? text : string.Concat(Fitting(Graphemes(text), Math.Max(0, width - 1))) + Ellipsis;

    protected override Measurement Measure(RenderOptions options, int maxWidth)
    {
        int width = Math.Min(text.GetCellWidth(), maxWidth);
        return new Measurement(width, width);
    }

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        string shown = Cut(text, maxWidth);
        if (options.Justification == Justify.Right)
            yield return Segment.Padding(maxWidth - shown.GetCellWidth());
        yield return new Segment(shown, style);
    }

    // What a reader sees as one letter: a flag, a family of emoji, or a letter with its accents.
    private static IEnumerable<string> Graphemes(string text)
    {
        for (TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(text); elements.MoveNext();)
            yield return elements.GetTextElement();
    }

    private static IEnumerable<string> Fitting(IEnumerable<string> graphemes, int width) =>
        graphemes.TakeWhile(grapheme => (width -= grapheme.GetCellWidth()) >= 0);
}
