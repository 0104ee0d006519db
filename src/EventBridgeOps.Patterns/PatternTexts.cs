namespace EventBridgeOps.Patterns;

/// <summary>What the public types of the engine say.</summary>
internal static class PatternTexts
{
    public static string Invalid(string reason, int line, int column, string pointer, string? hint) =>
        $"Event pattern is not valid. Reason: {reason} (line {line}, column {column}{(pointer.Length == 0 ? "" : $", at {pointer}")}).{(hint is null ? "" : $" Hint: {hint}")}";

    public static string RuleExists(string name) => $"The set already contains a rule named '{name}'. Remove it first.";

    // The service's own words: the sandbox answers with them.

    public static string ServiceMessage(string reason, string text, int line, int column) =>
        $"Event pattern is not valid. Reason: {reason}\n at [Source: (String)\"{text}\"; line: {line}, column: {column}]";

    public static string ServiceTruncated(string start, int more) => $"{start}[truncated {more} chars]";
}
