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
        return new PatternText(text, utf8, lone < 0 ? Read(utf8) : Broken(Encoding.UTF8.GetByteCount(text.Substring(0, lone)), SyntaxTexts.Surrogate()));
    }

    public static PatternText From(ReadOnlySpan<byte> utf8)
    {
        byte[] bytes = utf8.ToArray();
        int invalid = EventText.InvalidUtf8(bytes);
        return new PatternText(Encoding.UTF8.GetString(bytes), bytes, invalid < 0 ? Read(bytes) : Broken(invalid, SyntaxTexts.NotUtf8()));
    }

    public PatternProblem Problem(PatternFault fault) =>
        Problem(PatternProblemSeverity.Error, fault.Reason, fault.At, fault.Pointer, fault.IsBreak && Hints.OtherText(Text) is { } hint ? hint : fault.Hint);

    public PatternProblem Problem(PatternProblemSeverity severity, string reason, int at, string pointer, string? hint)
    {
        TextPosition position = TextPosition.Of(_utf8, at);
        return new PatternProblem(severity, reason, position.Line, position.Column, pointer, hint);
    }

    private static PatternNode Read(byte[] utf8) => utf8.Length > PatternBudget.MaxBytes ? Broken(0, SyntaxTexts.LongerThan(PatternBudget.MaxBytes)) : PatternNodeReader.Read(utf8);

    private static PatternNode Broken(int at, string reason) =>
        new(PatternNodeKind.Object, 0) { Break = new PatternNode(PatternNodeKind.Broken, at) { Text = reason } };
}
