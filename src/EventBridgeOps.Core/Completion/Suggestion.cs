namespace EventBridgeOps.Completion;

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
