namespace EventBridgeOps.Patterns.Syntax;

/// <summary>Places in a document (RFC 6901).</summary>
internal static class JsonPointer
{
    /// <summary>The place of a member.</summary>
    public static string Member(string pointer, string name) => pointer + "/" + name.Replace("~", "~0").Replace("/", "~1");

    /// <summary>The place of an element.</summary>
    public static string Item(string pointer, int index) => pointer + "/" + index;
}
