using System.Text;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Reports;

/// <summary>Texts for people that are broken into lines.</summary>
internal static class WrappedText
{
    private const int NarrowestRoom = 20;

    /// <summary>Adds a text, broken at spaces where it is too long for a line.</summary>
    /// <param name="text">Receives the lines.</param>
    /// <param name="indent">What the first line begins with.</param>
    /// <param name="further">What the other lines begin with.</param>
    /// <param name="line">The text.</param>
    /// <param name="width">The width of a line in characters.</param>
    public static StringBuilder AppendWrapped(this StringBuilder text, string indent, string further, string line, int width)
    {
        line = string.Join(" ", InertText.OneLine(line).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        while (true)
        {
            int room = Math.Max(NarrowestRoom, width - indent.Length);
            int cut = line.Length <= room ? -1 : line.LastIndexOf(' ', room);
            if (cut <= 0)
                return text.Append(indent).AppendLine(line);
            text.Append(indent).AppendLine(line.Substring(0, cut));
            (line, indent) = (line.Substring(cut + 1), further);
        }
    }
}
