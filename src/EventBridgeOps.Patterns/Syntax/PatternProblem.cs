namespace EventBridgeOps.Patterns.Syntax;

/// <summary>How bad a problem of a pattern is.</summary>
public enum PatternProblemSeverity
{
    /// <summary>The service refuses the pattern.</summary>
    Error,

    /// <summary>The pattern is valid, but a quota of the service may refuse it or it may not do what it seems to.</summary>
    Warning,
}

/// <summary>One thing that is wrong, or doubtful, in an event pattern.</summary>
/// <param name="Severity">Error or warning.</param>
/// <param name="Reason">What is wrong; for an error in the service's own words.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Column">The column, counted from 1 in UTF-16 units.</param>
/// <param name="Pointer">The place as a JSON pointer (RFC 6901); empty for the pattern as a whole.</param>
/// <param name="Hint">What was probably meant, or what to do; <c>null</c> where nothing can be said.</param>
public sealed record PatternProblem(
    PatternProblemSeverity Severity, string Reason, int Line, int Column, string Pointer, string? Hint);
