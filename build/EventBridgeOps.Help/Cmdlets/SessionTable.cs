using EventBridgeOps.Help.Pages;

namespace EventBridgeOps.Help.Cmdlets;

/// <summary>The table of the session parameters. It is the same for all cmdlets that call AWS, so it has one source, which is copied to the pages.</summary>
internal static class SessionTable
{
    /// <summary>The source.</summary>
    public const string File = "docs/session-parameters.md";

    private const string FirstParameter = "`-Region`";
    private const string LastParameter = "`-RetryTimeout`";

    /// <summary>The table in a page; null if the page has none.</summary>
    public static Table? In(Page page) => page.Sections.SelectMany(section => section.Blocks).OfType<Table>()
        .FirstOrDefault(table => table.Rows[0][0] == FirstParameter && table.Rows[^1][0] == LastParameter);
}
