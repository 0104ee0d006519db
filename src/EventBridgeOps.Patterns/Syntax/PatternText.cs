using System.Text;
using EventBridgeOps.Patterns.Events;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Syntax;

/// <summary>A pattern's text in both forms, with its nodes.</summary>
internal sealed class PatternText
{
    private readonly byte[] _utf8;

    private PatternText(string text, byte[] utf8, PatternNode root)
    {
        Text = text;
        _utf8 = utf8;
        Root = root;
    }

    public string Text { get; }

    public PatternNode Root { get; }

    public static PatternText From(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        int lone = EventText.LoneSurrogate(text);
        return lone < 0
            ? new PatternText(text, utf8, PatternNodeReader.Read(utf8))
            : Broken(text, utf8, Encoding.UTF8.GetByteCount(text.Substring(0, lone)), SyntaxTexts.Surrogate());
    }

    public static PatternText From(ReadOnlySpan<byte> utf8)
    {
        byte[] bytes = utf8.ToArray();
        string text = Encoding.UTF8.GetString(bytes);
        int invalid = EventText.InvalidUtf8(bytes);
        return invalid < 0
            ? new PatternText(text, bytes, PatternNodeReader.Read(bytes))
            : Broken(text, bytes, invalid, SyntaxTexts.NotUtf8());
    }

    public PatternProblem Problem(PatternFault fault) =>
        Problem(PatternProblemSeverity.Error, fault.Reason, fault.At, fault.Pointer, fault.Hint);

    public PatternProblem Problem(PatternProblemSeverity severity, string reason, int at, string pointer, string? hint)
    {
        TextPosition position = TextPosition.Of(_utf8, at);
        return new PatternProblem(severity, reason, position.Line, position.Column, pointer, hint);
    }

    private static PatternText Broken(string text, byte[] utf8, int at, string reason)
    {
        PatternNode root = new(PatternNodeKind.Object, 0) { Break = new PatternNode(PatternNodeKind.Broken, at) { Text = reason } };
        return new PatternText(text, utf8, root);
    }
}
