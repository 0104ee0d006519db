namespace EventBridgeOps.Help.Pages;

/// <summary>What is wrong with a page, and where.</summary>
/// <param name="File">The page, from the repository's root.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Message">What is wrong, and what to do.</param>
internal sealed record PageProblem(string File, int Line, string Message);

/// <summary>Pages that no help can be made of.</summary>
internal sealed class PageException(IReadOnlyList<PageProblem> problems)
    : Exception(string.Join('\n', problems.Select(problem => $"{problem.File}({problem.Line}): {problem.Message}")))
{
    public PageException(string file, int line, string message)
        : this([new PageProblem(file, line, message)])
    {
    }

    public IReadOnlyList<PageProblem> Problems => problems;
}
