using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Syntax;

/// <summary>One element of a field's list in a pattern: what it is made of, and where it stands.</summary>
/// <param name="Node">Its text.</param>
/// <param name="Tests">The tests of which any will do; none for <c>exists: false</c>.</param>
internal sealed record Alternative(PatternNode Node, ValueTest[] Tests)
{
    /// <summary>Whether this is <c>exists: false</c>.</summary>
    public bool IsAbsent => Tests.Length == 0;
}

/// <summary>All that a pattern asks of one path.</summary>
internal sealed class PathTest
{
    public PathTest(string path, IReadOnlyList<Alternative> alternatives)
    {
        Path = path;
        Alternatives = alternatives;
        Tests = alternatives.SelectMany(a => a.Tests).Distinct().ToArray();
        AcceptsAbsence = alternatives.Any(a => a.IsAbsent);
    }

    public string Path { get; }

    public IReadOnlyList<Alternative> Alternatives { get; }

    /// <summary>The tests of all alternatives.</summary>
    public ValueTest[] Tests { get; }

    public bool AcceptsAbsence { get; }
}
