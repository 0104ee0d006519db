namespace EventBridgeOps.Patterns.Explaining;

/// <summary>Why an event pattern matches an event, or why it does not.</summary>
public sealed class Explanation
{
    internal Explanation(bool matches, IReadOnlyList<BranchExplanation> branches)
    {
        Matches = matches;
        Branches = branches;
    }

    /// <summary>Whether the pattern matches; always what <see cref="EventPattern.Matches(string)"/> says.</summary>
    public bool Matches { get; }

    /// <summary>One for each combination of <c>$or</c>, the closest to matching first; a single one without <c>$or</c>.</summary>
    public IReadOnlyList<BranchExplanation> Branches { get; }

    /// <summary>The combination that matches, or the one that comes closest.</summary>
    public BranchExplanation Best => Branches[0];

    /// <summary>The explanation for people: 80 columns, no colour.</summary>
    public override string ToString() => ToText(80, color: false);

    /// <summary>The explanation for people.</summary>
    /// <param name="width">The width of a line in characters; at least 40.</param>
    /// <param name="color">Whether to colour it with ANSI escape sequences.</param>
    public string ToText(int width, bool color) => new ExplanationText(Math.Max(40, width), color).Write(this);

    /// <summary>The explanation for tools: one line of JSON with <c>matches</c> and <c>branches</c>.</summary>
    public string ToJson() => ExplanationJson.Write(this);
}

/// <summary>The result of one combination of a pattern's <c>$or</c>, in which all fields must match.</summary>
/// <param name="Matches">Whether it matches.</param>
/// <param name="Fields">The fields that it tests, in the order of their paths.</param>
/// <param name="Conflict">
/// If every field matches by itself but the combination does not: which fields match only in different elements of one array.
/// </param>
public sealed record BranchExplanation(bool Matches, IReadOnlyList<FieldExplanation> Fields, string? Conflict);

/// <summary>The result of one field of a pattern, of which one alternative must match.</summary>
/// <param name="Path">The field's path, its keys joined by dots.</param>
/// <param name="Matches">Whether it matches.</param>
/// <param name="Found">The event's values at that path as JSON text; empty if the field is missing.</param>
/// <param name="Alternatives">The alternatives that the pattern lists.</param>
/// <param name="NearMiss">What the event has instead, if a name is almost the same; otherwise <c>null</c>.</param>
public sealed record FieldExplanation(
    string Path, bool Matches, IReadOnlyList<string> Found, IReadOnlyList<AlternativeExplanation> Alternatives, string? NearMiss);

/// <summary>The result of one alternative of a field.</summary>
/// <param name="Expected">The alternative as JSON text, such as <c>{"prefix":"a"}</c>.</param>
/// <param name="Matches">Whether any value passes it.</param>
/// <param name="NearMiss">What is almost right about a value that does not pass; otherwise <c>null</c>.</param>
public sealed record AlternativeExplanation(string Expected, bool Matches, string? NearMiss);
