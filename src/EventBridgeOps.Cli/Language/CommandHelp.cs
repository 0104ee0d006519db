using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using EventBridgeOps.Cli.Hosting;

namespace EventBridgeOps.Cli.Language;

/// <summary>The parts of a command's help besides its options: its full name and its examples.</summary>
internal static partial class CommandHelp
{
    /// <summary>A command as it is typed: <c>ebops target list</c>.</summary>
    public static string Path(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)} {command.Name}" : command.Name;

    /// <summary>A command and all its visible subcommands, in the order of the help.</summary>
    public static IEnumerable<Command> All(Command command) => command.Subcommands.Where(sub => !sub.Hidden).SelectMany(All).Prepend(command);

    /// <summary>Adds examples, and optional text after them, to the help of a command.</summary>
    public static Command WithExamples(this Command command, string examples, string? more = null)
    {
        Help.Add(command, new HelpText(examples, more));
        return command;
    }

    /// <summary>The examples of a command, each on as many lines as it has; of a group, the first of each of its commands.</summary>
    public static IReadOnlyList<string> ExamplesOf(Command command) => Help.TryGetValue(command, out HelpText? text)
        ? Example().Split(text.Examples.ReplaceLineEndings("\n"))
        : [.. command.Subcommands.SelectMany(sub => ExamplesOf(sub).Take(1))];

    // A line that ends with a backslash goes on in the next one.
    [GeneratedRegex(@"(?<!\\)\n")]
    private static partial Regex Example();

    private static readonly ConditionalWeakTable<Command, HelpText> Help = [];

    private sealed record HelpText(string Examples, string? More);

    /// <summary>The help of the command line's library, followed by the examples.</summary>
    public static SynchronousCommandLineAction Show(HelpAction help, Terminal terminal) => new HelpWithExamples(help, terminal);

    private sealed class HelpWithExamples(HelpAction help, Terminal terminal) : SynchronousCommandLineAction
    {
        /// <summary>A user who asks for help has usually not typed everything yet.</summary>
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            help.MaxWidth = terminal.Width;
            help.Invoke(parseResult);
            Command command = parseResult.CommandResult.Command;
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string line in ExamplesOf(command).SelectMany(example => example.Split('\n')))
                output.WriteLine("  " + line);
            if (Help.TryGetValue(command, out HelpText? text) && text.More is { } more)
                output.WriteLine("\n" + more.ReplaceLineEndings("\n"));
            return ExitCode.Done;
        }
    }
}
