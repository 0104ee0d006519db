using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EventBridgeOps.Cli.Showing;

/// <summary>A cell on one line. What does not fit is cut in the middle: names often differ only at their ends.</summary>
internal sealed class CutText(string text, Style style) : Renderable
{
    private const char Ellipsis = '…';

    /// <summary>A text in a width, of which the beginning and the end are kept.</summary>
    public static string Cut(string text, int width)
    {
        if (text.GetCellWidth() <= width)
            return text;
        int room = Math.Max(0, width - 1);
        Rune[] runes = [.. text.EnumerateRunes()];
        string head = Fitting(runes, room - (room / 2));
        string tail = Fitting(runes.Reverse(), room / 2);
        return string.Concat(head, Ellipsis.ToString(), string.Concat(tail.EnumerateRunes().Reverse()));
    }

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

    private static string Fitting(IEnumerable<Rune> runes, int width)
    {
        StringBuilder fitting = new();
        foreach (Rune rune in runes)
        {
            string next = rune.ToString();
            width -= next.GetCellWidth();
            if (width < 0)
                break;
            fitting.Append(next);
        }

        return fitting.ToString();
    }
}
