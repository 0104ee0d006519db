using EventBridgeOps.Help.Pages;

namespace EventBridgeOps.Help.Cmdlets;

/// <summary>The session parameters: Region, credentials, endpoint. They are the same for all cmdlets that call AWS, so their table has one source, and the pages have copies.</summary>
internal static class SessionTable
{
    /// <summary>The source.</summary>
    public const string File = "docs/session-parameters.md";

    private const string FirstParameter = "`-Region`";
    private const string LastParameter = "`-RequestsPerSecond`";

    /// <summary>The table in a page; null where it has none.</summary>
    public static Table? In(Page page) => page.Sections.SelectMany(section => section.Blocks).OfType<Table>()
        .FirstOrDefault(table => table.Rows[0][0] == FirstParameter && table.Rows[^1][0] == LastParameter);
}
