namespace EventBridgeOps.Patterns.Syntax;

/// <summary>What a person probably meant.</summary>
internal static class Hints
{
    private static readonly string[] Operators =
        ["prefix", "suffix", "equals-ignore-case", "wildcard", "anything-but", "numeric", "cidr", "exists", "exactly"];

    private static readonly string[] EventFields =
        ["version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail"];

    private static readonly string[] EntryFields = ["Source", "DetailType", "Detail", "Resources", "Time", "EventBusName", "TraceHeader"];

    /// <summary>For an operator that there is not.</summary>
    public static string Operator(string name)
    {
        string? near = Nearest(name, Operators);
        return near == null ? "the operators are " + string.Join(", ", Operators) : $"did you mean \"{near}\"?";
    }

    /// <summary>For a field at the top of a pattern that no event has; <c>null</c> for one that events have.</summary>
    public static string? TopLevelField(string name)
    {
        string first = name.Split('.')[0];
        if (EventFields.Contains(first, StringComparer.Ordinal))
        {
            return null;
        }

        string? near = Nearest(first, EventFields);
        if (EntryFields.Contains(first, StringComparer.Ordinal))
        {
            return $"\"{first}\" is a field of a PutEvents entry; rules see events"
                + (near == null ? "" : $", where it is \"{near}\"");
        }

        return near == null
            ? $"an event has no field \"{first}\" beside \"detail\"; what a sender adds is under \"detail\""
            : $"did you mean \"{near}\"?";
    }

    /// <summary>For a field that holds a bare value.</summary>
    public static string Bare(string name, PatternNode value) => value.Kind switch
    {
        PatternNodeKind.String => $"write a list: \"{name}\": [\"{value.Text}\"]",
        _ => $"write a list: \"{name}\": [{value.Token}]",
    };

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
