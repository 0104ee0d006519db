using System.Text.RegularExpressions;
using EventBridgeOps.Help.Cmdlets;
using EventBridgeOps.Help.Pages;
using EventBridgeOps.Help.Topics;

namespace EventBridgeOps.Help;

/// <summary>The generated parts of the pages: the syntax from the compiled cmdlets, the texts of parameters, errors and records from their descriptions, the session parameters from their source, and the page of the command line from its commands.</summary>
internal static partial class DerivedText
{
    private const string Manifest = "EventBridgeOps.psd1";

    /// <summary>The updated pages, and the manifest with the cmdlets that it exports.</summary>
    /// <param name="root">The repository's folder.</param>
    /// <returns>Their texts, by their paths from the root.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> MakeAsync(string root)
    {
        Table source = SessionTable.In(Page.Read(root, SessionTable.File)) ?? throw new PageException(SessionTable.File, 1, PageMessages.NoSessionTable());
        string table = Lines(File.ReadAllText(Path.Combine(root, SessionTable.File)), source);
        Page errors = Page.Read(root, ErrorTable.File);
        string errorText = File.ReadAllText(Path.Combine(root, ErrorTable.File)).ReplaceLineEndings("\n");
        Dictionary<string, string> texts = new()
        {
            [CommandLinePage.File] = await CommandLinePage.MakeAsync(),
            [RecordsPage.File] = RecordsPage.Make(),
            [PermissionsPage.File] = PermissionsPage.Make(File.ReadAllText(Path.Combine(root, PermissionsPage.File)).ReplaceLineEndings("\n")),
            [Manifest] = Exports().Replace(File.ReadAllText(Path.Combine(root, Manifest)).ReplaceLineEndings("\n"), string.Concat(CmdletDescription.All.Select(cmdlet => $"\n        '{cmdlet.Name}'")) + "\n    "),
            [ErrorTable.File] = errorText.Replace(Lines(errorText, errors.Blocks.OfType<Table>().Single()), ErrorTable.Make(), StringComparison.Ordinal),
        };
        foreach (CmdletDescription cmdlet in CmdletDescription.All)
        {
            string file = $"{CmdletPage.Folder}/{cmdlet.Name}.md";
            if (!File.Exists(Path.Combine(root, file)))
                continue; // The build reports this.
            string text = Syntax().Replace(File.ReadAllText(Path.Combine(root, file)).ReplaceLineEndings("\n"), _ => $"\n## Syntax\n\n```powershell\n{SyntaxText.Of(cmdlet)}\n```\n", 1);
            text = cmdlet.Parameters.Aggregate(text, Describe);
            Table? copy = SessionTable.In(Page.Parse(file, text));
            texts.Add(file, copy is null ? text : text.Replace(Lines(text, copy), table, StringComparison.Ordinal));
        }

        return texts;
    }

    /// <summary>The text of a parameter in its table, if the description of an option has it.</summary>
    private static string Describe(string page, ParameterDescription parameter) => LinkedText.Of(parameter) is { } words
        ? Regex.Replace(page, $@"(?<=^\| `-{parameter.Name}` \| [^|]*\|).*(?=\|$)", _ => $" {words} ", RegexOptions.Multiline)
        : page;

    private static string Lines(string text, Table table) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Skip(table.Line - 1).Take(table.Rows.Count + 2));

    [GeneratedRegex(@"(?<=CmdletsToExport\s*=\s*@\()[^)]*(?=\))")]
    private static partial Regex Exports();

    [GeneratedRegex(@"\n## Syntax\n\n```powershell\n.*?\n```\n", RegexOptions.Singleline)]
    private static partial Regex Syntax();
}
