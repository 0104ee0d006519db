namespace EventBridgeOps.Completion;

/// <summary>A name that could be meant.</summary>
/// <param name="Name">The name itself, without any quoting or escaping.</param>
/// <param name="Description">What helps to tell it from others, on one line; empty for nothing.</param>
public sealed record Suggestion(string Name, string Description = "");

/// <summary>What came of a question.</summary>
/// <param name="Found">The names; empty also when there was no answer.</param>
/// <param name="IsLate">Whether the answer was still under way when the time was up.</param>
public sealed record Suggestions(IReadOnlyList<Suggestion> Found, bool IsLate = false)
{
    /// <summary>Those that fit what is typed so far.</summary>
    /// <param name="typed">The beginning of a name, or a name with wildcards.</param>
    public Suggestions Fitting(string typed) => this with { Found = [.. Found.Where(NameFilter.For(typed))] };
}
