using EventBridgeOps.Help.Cmdlets;
using EventBridgeOps.Help.Pages;
using EventBridgeOps.Help.Topics;

namespace EventBridgeOps.Help;

/// <summary>The files that Get-Help reads, made of the pages and of the compiled cmdlets.</summary>
internal static class HelpFiles
{
    /// <summary>Where they lie, from the manifest. Where a user's language has none, the shell takes these.</summary>
    public const string Folder = "en-US";

    /// <summary>Makes all of them.</summary>
    /// <param name="root">The repository's folder.</param>
    /// <returns>Their texts, by their paths from the root.</returns>
    /// <exception cref="PageException">A page is not of the form of these pages, or not in step with its cmdlet.</exception>
    public static IReadOnlyDictionary<string, string> Make(string root) => new Dictionary<string, string>
    {
        [$"{Folder}/about_EventBridgeOps.help.txt"] = AboutTopic.Of(Page.Read(root, "docs/about_EventBridgeOps.md")),
        [$"{Folder}/about_EventBridgeOps_Errors.help.txt"] = AboutTopic.Of(Page.Read(root, "docs/errors.md") with { Title = "about_EventBridgeOps_Errors" }),

        // Last, since the build takes its time for that of all.
        [$"{Folder}/EventBridgeOps.PowerShell.dll-Help.xml"] = MamlWriter.Write(CmdletPage.ReadAll(root)),
    };
}
