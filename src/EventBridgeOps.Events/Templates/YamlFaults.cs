using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace EventBridgeOps.Events.Templates;

/// <summary>What is wrong with text that is not YAML, and where.</summary>
internal static class YamlFaults
{
    /// <summary>The fault that an error of the parser stands for.</summary>
    /// <param name="error">The error.</param>
    /// <param name="text">The text.</param>
    /// <param name="reached">How far the text was read.</param>
    public static YamlFaultException Of(Exception error, string text, Mark reached)
    {
        // Some errors of the parser have no place, and a bracket that is not closed is only noticed where the text ends or is not indented.
        Mark? place = error is YamlException { Start: var start, End: var end } && (start.Index > 0 || end.Index > 0) ? start : null;
        if ((place is null || string.IsNullOrWhiteSpace(text.Substring((int)Math.Min(place.Value.Index, text.Length)))) && OpenBracket(text.Substring(0, (int)Math.Min(reached.Index, text.Length))) is { } bracket)
            return new YamlFaultException(TemplateMessages.YamlNotClosed(), Place(bracket), error) { IsSyntax = true };
        Message reason = error is YamlException ? Message.Verbatim((error.InnerException ?? error).Message) : TemplateMessages.YamlNotReadable();
        return new YamlFaultException(reason, Place(place ?? reached), error) { IsSyntax = true };
    }

    public static TextPlace Place(Mark mark) => new((int)mark.Line, (int)mark.Column);

    /// <summary>The innermost bracket or brace that a text does not close; null if there is none.</summary>
    private static Mark? OpenBracket(string text)
    {
        Stack<Mark?> open = new();
        try
        {
            Parser parser = new(new StringReader(text));
            while (parser.MoveNext())
            {
                if (parser.Current is MappingStart or SequenceStart)
                    open.Push(parser.Current is MappingStart { Style: MappingStyle.Flow } or SequenceStart { Style: SequenceStyle.Flow } ? parser.Current.Start : null);
                else if (parser.Current is MappingEnd or SequenceEnd)
                    open.Pop();
            }
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException)
        {
            // What was opened until then counts.
        }

        return open.Count > 0 ? open.Peek() : null;
    }
}
