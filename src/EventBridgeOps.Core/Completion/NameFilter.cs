using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Completion;

/// <summary>Which names match the text typed so far: by prefix, ignoring case, or by wildcard.</summary>
internal static class NameFilter
{
    /// <summary>A test of names.</summary>
    /// <param name="typed">The beginning of a name, or a name with wildcards.</param>
    public static Func<Suggestion, bool> For(string typed)
    {
        NamePattern? pattern = TryParse(typed);
        return suggestion => IsShowable(suggestion.Name)
            && (suggestion.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) || pattern?.IsMatch(suggestion.Name.ToLowerInvariant()) == true);
    }

    // A name with control characters is of no use, and a terminal would interpret it.
    private static bool IsShowable(string name) => name.Length > 0 && !name.Any(char.IsControl);

    private static NamePattern? TryParse(string typed)
    {
        try
        {
            return NamePattern.Parse(typed.ToLowerInvariant() + "*");
        }
        catch (OpsException)
        {
            return null; // A bracket that is not closed yet, or a part of the name.
        }
    }
}

/// <summary>A suggested name.</summary>
/// <param name="Name">The name itself, without any quoting or escaping.</param>
/// <param name="Description">A description on one line; may be empty.</param>
public sealed record Suggestion(string Name, string Description = "");

/// <summary>The answer to a question.</summary>
/// <param name="Found">The names; empty also if the question was not answered.</param>
/// <param name="IsLate">Whether the time limit was reached before the answer was available.</param>
public sealed record Suggestions(IReadOnlyList<Suggestion> Found, bool IsLate = false)
{
    /// <summary>The names that match the text typed so far.</summary>
    /// <param name="typed">The beginning of a name, or a name with wildcards.</param>
    public Suggestions Fitting(string typed) => this with { Found = [.. Found.Where(NameFilter.For(typed))] };
}
