namespace EventBridgeOps.Patterns.Explaining;

/// <summary>Why an event pattern matches an event, or what keeps it from matching.</summary>
public sealed class Explanation
{
    internal Explanation(bool matches, IReadOnlyList<BranchExplanation> branches)
    {
        Matches = matches;
        Branches = branches;
    }

    /// <summary>Whether the pattern matches; always what <see cref="EventPattern.Matches(string)"/> says.</summary>
    public bool Matches { get; }

    /// <summary>One for each combination of <c>$or</c>, the one that comes nearest to matching first; a single one without <c>$or</c>.</summary>
    public IReadOnlyList<BranchExplanation> Branches { get; }

    /// <summary>The combination that matches, or comes nearest to it.</summary>
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

/// <summary>How one combination of a pattern's <c>$or</c> fares: all of its fields must match.</summary>
/// <param name="Matches">Whether it matches.</param>
/// <param name="Fields">What it asks for, in the order of the paths.</param>
/// <param name="Conflict">
/// Where every field matches by itself and the combination does not: which fields match only in different elements of one array.
/// </param>
public sealed record BranchExplanation(bool Matches, IReadOnlyList<FieldExplanation> Fields, string? Conflict);

/// <summary>How one field of a pattern fares: any of its alternatives will do.</summary>
/// <param name="Path">The field's path, its keys joined by dots.</param>
/// <param name="Matches">Whether it matches.</param>
/// <param name="Found">The event's values there as JSON text; none if the field is missing.</param>
/// <param name="Alternatives">What the pattern lists.</param>
/// <param name="NearMiss">What the event has instead, where a name is nearly the same; <c>null</c> where there is nothing to say.</param>
public sealed record FieldExplanation(
    string Path, bool Matches, IReadOnlyList<string> Found, IReadOnlyList<AlternativeExplanation> Alternatives, string? NearMiss);

/// <summary>How one alternative of a field fares.</summary>
/// <param name="Expected">The alternative as JSON text, such as <c>{"prefix":"a"}</c>.</param>
/// <param name="Matches">Whether some value passes it.</param>
/// <param name="NearMiss">What is nearly right about a value that does not pass; <c>null</c> where there is nothing to say.</param>
public sealed record AlternativeExplanation(string Expected, bool Matches, string? NearMiss);
