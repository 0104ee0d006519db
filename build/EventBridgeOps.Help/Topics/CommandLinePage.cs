using System.Text;
using EventBridgeOps.Cli;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;

namespace EventBridgeOps.Help.Topics;

/// <summary>The page of the command line: what each command says of itself.</summary>
internal static class CommandLinePage
{
    /// <summary>The page, from the repository's root.</summary>
    public const string File = "docs/ebops.md";

    public static async Task<string> MakeAsync()
    {
        StringBuilder text = new("# ebops\n\nThe help of `ebops` and of each command. This page is generated from the commands by `./build.ps1 -Task Help`.\n");
        foreach (string command in CommandHelp.All(CommandTree.Build(new Terminal { Out = TextWriter.Null, Error = TextWriter.Null })).Select(CommandHelp.Path))
        {
            using StringWriter said = new() { NewLine = "\n" };
            Terminal terminal = new() { Out = said, Error = said };
            await EventBridgeOps.Cli.Program.RunAsync([.. command.Split(' ').Skip(1), "--help"], terminal, CancellationToken.None);
            string help = string.Join('\n', said.ToString().ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(line => line.TrimEnd()));
            text.Append($"\n## {command}\n\n```text\n{help}\n```\n");
        }

        return text.ToString();
    }
}
