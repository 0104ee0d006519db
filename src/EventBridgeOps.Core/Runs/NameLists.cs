namespace EventBridgeOps.Runs;

/// <summary>Lists of names and wildcards, as a query has them.</summary>
internal static class NameLists
{
    /// <summary>Whether a list has one name, and which.</summary>
    public static bool IsOnly(IReadOnlyList<string> names, string one) => names.Count == 1 && names[0] == one;

    /// <summary>Whether a list selects everything: it is empty, or a single <c>*</c>.</summary>
    public static bool IsAll(IReadOnlyList<string> names) => names.Count == 0 || IsOnly(names, "*");

    /// <summary>The names, or <c>*</c> for none.</summary>
    public static IReadOnlyList<string> OrAll(IReadOnlyList<string> names) => names.Count > 0 ? names : ["*"];
}
