using System.Text;
using EventBridgeOps.Cli;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;

namespace EventBridgeOps.Help.Topics;

/// <summary>The page of the command line: the help of each command.</summary>
internal static class CommandLinePage
{
    /// <summary>The path of the page, relative to the root of the repository.</summary>
    public const string File = "docs/ebops.md";

    public static async Task<string> MakeAsync()
    {
        StringBuilder text = new("# ebops\n\nThe help of `ebops` and its commands, as shown by `--help`. This page is generated from the commands: run `./build.ps1 -Task Help`.\n");
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
