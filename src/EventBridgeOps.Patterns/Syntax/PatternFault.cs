namespace EventBridgeOps.Patterns.Syntax;

/// <summary>What is wrong with a pattern, thrown from the place that noticed.</summary>
internal sealed class PatternFault : Exception
{
    public PatternFault(string reason, PatternNode node, string pointer, string? hint = null)
        : this(reason, node.Start, pointer, node.Kind == PatternNodeKind.Broken, hint)
    {
    }

    /// <summary>The reason in the words of the service.</summary>
    public string Reason => Message;

    public PatternFault(string reason, int at, string pointer, bool isBreak = false, string? hint = null)
        : base(reason)
    {
        At = at;
        Pointer = pointer;
        IsBreak = isBreak;
        Hint = hint;
    }

    /// <summary>Byte offset in the pattern.</summary>
    public int At { get; }

    public string Pointer { get; }

    /// <summary>Whether the text itself breaks off here, so that nothing after it can be judged.</summary>
    public bool IsBreak { get; }

    public string? Hint { get; }
}
