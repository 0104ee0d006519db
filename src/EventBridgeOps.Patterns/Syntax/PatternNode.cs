namespace EventBridgeOps.Patterns.Syntax;

/// <summary>What a piece of pattern text is.</summary>
internal enum PatternNodeKind
{
    Object,
    Array,
    String,
    Number,
    True,
    False,
    Null,

    /// <summary>The place where the text stopped being JSON.</summary>
    Broken,
}

/// <summary>One member of an object, with the place of its name.</summary>
internal readonly record struct PatternMember(string Name, int NameStart, PatternNode Value);

/// <summary>
/// A JSON value of a pattern with its place in the text. Unlike a JSON document it keeps members that occur twice,
/// numbers as they were written, and text that breaks off: what came before the break can still be judged.
/// </summary>
internal sealed class PatternNode
{
    public PatternNode(PatternNodeKind kind, int start)
    {
        Kind = kind;
        Start = start;
    }

    public PatternNodeKind Kind { get; }

    /// <summary>Byte offset of the first character.</summary>
    public int Start { get; }

    /// <summary>Byte offset of the closing bracket of an object or array.</summary>
    public int End { get; set; }

    /// <summary>A string's value, a number's or literal's text, or why the text is broken here.</summary>
    public string Text { get; init; } = "";

    public List<PatternMember> Members { get; } = [];

    public List<PatternNode> Items { get; } = [];

    /// <summary>In an object or array that breaks off: the break, after all children.</summary>
    public PatternNode? Break { get; set; }

    public bool IsNumber => Kind == PatternNodeKind.Number;

    public bool IsString => Kind == PatternNodeKind.String;

    /// <summary>The token as the service's messages quote it.</summary>
    public string Token => Kind switch
    {
        PatternNodeKind.Object => "{",
        PatternNodeKind.Array => "[",
        _ => Text,
    };
}
