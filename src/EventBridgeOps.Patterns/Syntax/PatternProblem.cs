using System.Globalization;

namespace EventBridgeOps.Patterns.Syntax;

/// <summary>How severe a problem of a pattern is.</summary>
public enum PatternProblemSeverity : long
{
    /// <summary>EventBridge rejects the pattern.</summary>
    Error,

    /// <summary>The pattern is valid, but it may exceed a quota or not do what it seems to.</summary>
    Warning,
}

/// <summary>One problem, certain or possible, in an event pattern.</summary>
/// <param name="Severity">Error or warning.</param>
/// <param name="Reason">What is wrong; for an error, in the service's own words.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Column">The column, counted from 1 in UTF-16 units.</param>
/// <param name="Pointer">The place as a JSON pointer (RFC 6901); empty for the pattern as a whole.</param>
/// <param name="Hint">What was probably meant, or what to do, as a sentence; <c>null</c> if nothing can be said.</param>
public sealed record PatternProblem(
    PatternProblemSeverity Severity, string Reason, int Line, int Column, string Pointer, string? Hint)
{
    /// <summary>The problem for people: its place, and what is wrong.</summary>
    public override string ToString() => $"{(Severity == PatternProblemSeverity.Error ? "error" : "warning")} {Line.ToString("N0", CultureInfo.InvariantCulture)}:{Column.ToString("N0", CultureInfo.InvariantCulture)} {Pointer}".TrimEnd() + $": {Reason}";
}
