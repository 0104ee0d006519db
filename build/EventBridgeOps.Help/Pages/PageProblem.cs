using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Help.Pages;

/// <summary>A problem of a page.</summary>
/// <param name="File">The path of the page, relative to the root of the repository.</param>
/// <param name="Line">The line number, starting at 1.</param>
/// <param name="Message">What is wrong, and what to do.</param>
internal sealed record PageProblem(string File, int Line, string Message);

/// <summary>The help cannot be created from the pages.</summary>
internal sealed class PageException(IReadOnlyList<PageProblem> problems)
    : Exception(string.Join('\n', problems.Select(problem => $"{problem.File}({problem.Line}): {problem.Message}")))
{
    public PageException(string file, int line, Message message)
        : this([new PageProblem(file, line, message.ToString())])
    {
    }

    public IReadOnlyList<PageProblem> Problems => problems;
}
