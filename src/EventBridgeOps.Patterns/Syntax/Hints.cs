namespace EventBridgeOps.Patterns.Syntax;

/// <summary>What a person probably meant.</summary>
internal static class Hints
{
    private static readonly string[] Operators =
        ["prefix", "suffix", "equals-ignore-case", "wildcard", "anything-but", "numeric", "cidr", "exists", "exactly"];

    // A replayed event has the name of its replay: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html.
    private static readonly string[] EventFields =
        ["version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail", "replay-name"];

    private static readonly string[] EntryFields = ["Source", "DetailType", "Detail", "Resources", "Time", "EventBusName", "TraceHeader"];

    /// <summary>Whether a name is that of an operator.</summary>
    public static bool IsOperator(string name) => Operators.Contains(name, StringComparer.Ordinal);

    /// <summary>For an operator that does not exist.</summary>
    public static string Operator(string name)
    {
        string? near = Nearest(name, Operators);
        return near == null ? SyntaxTexts.Operators(Operators) : SyntaxTexts.DidYouMean(near);
    }

    /// <summary>For a top-level field of a pattern that events do not have; <c>null</c> for one that they have.</summary>
    public static string? TopLevelField(string name)
    {
        string first = name.Split('.')[0];
        if (EventFields.Contains(first, StringComparer.Ordinal))
        {
            return null;
        }

        if (IsOperator(name))
        {
            return SyntaxTexts.OperatorInList("source", PatternSnippet.Example(name));
        }

        string? near = Nearest(first, EventFields);
        if (EntryFields.Contains(first, StringComparer.Ordinal))
        {
            return near == null ? SyntaxTexts.EntryField(first) : SyntaxTexts.EntryField(first, near);
        }

        return near == null ? SyntaxTexts.FieldOfDetail() : SyntaxTexts.DidYouMean(near);
    }

    /// <summary>The nearest known word, by letters alone or within two mistakes.</summary>
    private static string? Nearest(string word, string[] known)
    {
        string bare = Letters(word);
        return known
            .Select(k => (Word: k, Distance: Spelling.Distance(bare, Letters(k))))
            .Where(k => k.Distance <= Math.Min(2, k.Word.Length / 3))
            .OrderBy(k => k.Distance)
            .Select(k => k.Word)
            .FirstOrDefault();
    }

    private static string Letters(string word) => new(word.Where(char.IsLetter).Select(char.ToLowerInvariant).ToArray());
}
