using EventBridgeOps.Help.Cmdlets;
using EventBridgeOps.Help.Pages;
using EventBridgeOps.Help.Topics;
using EventBridgeOps.Help.Views;

namespace EventBridgeOps.Help;

/// <summary>The files of the module that are made at every build: those that Get-Help reads, from the pages and the compiled cmdlets, and the views, from the descriptions of the records.</summary>
internal static class HelpFiles
{
    /// <summary>Their folder, relative to the manifest. PowerShell uses these files if there are none in the language of the user.</summary>
    public const string Folder = "en-US";

    /// <summary>Creates all files.</summary>
    /// <param name="root">The folder of the repository.</param>
    /// <returns>Their texts, by their paths from the root.</returns>
    /// <exception cref="PageException">The form of a page is not valid, or it does not match its cmdlet.</exception>
    public static IReadOnlyDictionary<string, string> Make(string root) => new Dictionary<string, string>
    {
        [TypesFile.File] = TypesFile.Make(),
        [FormatFile.File] = FormatFile.Make(),
        [$"{Folder}/about_EventBridgeOps.help.txt"] = AboutTopic.Of(Page.Read(root, "docs/about_EventBridgeOps.md")),
        [$"{Folder}/about_EventBridgeOps_Errors.help.txt"] = AboutTopic.Of(Page.Read(root, "docs/errors.md") with { Title = "about_EventBridgeOps_Errors" }),

        // Last, because the build uses its time stamp for all of them.
        [$"{Folder}/EventBridgeOps.PowerShell.dll-Help.xml"] = MamlWriter.Write(CmdletPage.ReadAll(root)),
    };
}
