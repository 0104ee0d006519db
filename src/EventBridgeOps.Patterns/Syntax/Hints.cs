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

    // What list-rules, describe-rule and CloudFormation call them.
    private static readonly string[] RuleFields = ["EventPattern", "Rules"];

    /// <summary>Whether a name is that of an operator.</summary>
    public static bool IsOperator(string name) => Operators.Contains(name, StringComparer.Ordinal);

    /// <summary>
    /// For a text that is not JSON but a Terraform expression (a call of jsonencode, or an object whose names are followed by an equals sign), or JSON whose
    /// quotation marks a shell took away; <c>null</c> for others.
    /// </summary>
    public static string? OtherText(string text)
    {
        string bare = text.TrimStart();
        if (bare.StartsWith("jsonencode", StringComparison.Ordinal))
        {
            return SyntaxTexts.WriteJson();
        }

        string first = bare.TrimStart('{').TrimStart();
        int end = 0;
        while (end < first.Length && (char.IsLetterOrDigit(first[end]) || first[end] is '_' or '-' or '"'))
        {
            end++;
        }

        string rest = first.Substring(end).TrimStart();
        return end == 0 ? null
            : rest.StartsWith("=", StringComparison.Ordinal) ? SyntaxTexts.WriteJson()
            : rest.StartsWith(":", StringComparison.Ordinal) && bare.StartsWith("{", StringComparison.Ordinal) && !text.Contains('"') ? SyntaxTexts.QuotesLost()
            : null;
    }

    /// <summary>For an operator of other languages, such as <c>$and</c>, <c>not</c> and <c>in</c>: what there is instead; <c>null</c> for other names.</summary>
    public static string? OfOtherLanguage(string name) => Letters(name) switch
    {
        "and" or "allof" => SyntaxTexts.AllMustMatch(),
        "not" or "nor" or "noneof" or "ne" or "nin" or "notin" or "notequals" or "notequal" => SyntaxTexts.UseAnythingBut(),
        "or" or "anyof" or "oneof" or "in" or "eq" or "equals" => SyntaxTexts.UseValues(),
        "contains" or "regex" or "like" or "match" or "matches" => SyntaxTexts.UseWildcard(),
        _ => null,
    };

    /// <summary>For an operator that does not exist.</summary>
    public static string Operator(string name)
    {
        if (OfOtherLanguage(name) is { } other)
        {
            return other;
        }

        string? near = Nearest(name, Operators);
        return near == null ? SyntaxTexts.Operators(Operators) : SyntaxTexts.DidYouMean(near);
    }

    /// <summary>For a field of a rule or of a list of rules, neither of which is a pattern; <c>null</c> for others.</summary>
    public static string? OfRule(string name) => RuleFields.Contains(name, StringComparer.Ordinal) ? SyntaxTexts.IsRule(RuleFields[0]) : null;

    /// <summary>For a top-level field of a pattern that events do not have; <c>null</c> for one that they have.</summary>
    public static string? TopLevelField(string name)
    {
        string first = name.Split('.')[0];
        if (EventFields.Contains(first, StringComparer.Ordinal))
        {
            return null;
        }

        if (OfRule(name) is { } rule)
        {
            return rule;
        }

        if (IsOperator(name))
        {
            return SyntaxTexts.OperatorInList("source", PatternSnippet.Example(name));
        }

        if (OfOtherLanguage(name) is { } other)
        {
            return other;
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
