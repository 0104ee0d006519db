using EventBridgeOps.Patterns.Syntax;

namespace EventBridgeOps.Patterns;

/// <summary>An event pattern is not valid.</summary>
public sealed class PatternException : FormatException
{
    internal PatternException(PatternProblem problem, string text)
        : base(PatternTexts.Invalid(problem.Reason, problem.Line, problem.Column, problem.Pointer, problem.Hint))
    {
        Problem = problem;
        ServiceMessage = PatternTexts.ServiceMessage(problem.Reason, Start(text), problem.Line, problem.Column);
    }

    /// <summary>What is wrong, where, and what to do.</summary>
    public PatternProblem Problem { get; }

    /// <summary>The reason in the service's own words, such as <c>Empty arrays are not allowed</c>.</summary>
    public string Reason => Problem.Reason;

    /// <summary>The line of the fault, counted from 1.</summary>
    public int Line => Problem.Line;

    /// <summary>The column of the fault, counted from 1 in UTF-16 units.</summary>
    public int Column => Problem.Column;

    /// <summary>The place as a JSON pointer (RFC 6901), such as <c>/detail/state/0</c>.</summary>
    public string Pointer => Problem.Pointer;

    /// <summary>What was probably meant.</summary>
    public string? Hint => Problem.Hint;

    /// <summary>
    /// The message as EventBridge gives it for <c>PutRule</c> and <c>TestEventPattern</c>
    /// (<c>InvalidEventPatternException</c>).
    /// </summary>
    public string ServiceMessage { get; }

    // The service quotes no more than this of the text.
    private static string Start(string text) => text.Length <= 500 ? text : PatternTexts.ServiceTruncated(text.Substring(0, 500), text.Length - 500);
}
