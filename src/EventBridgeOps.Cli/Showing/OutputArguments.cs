using System.CommandLine;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Reports;

namespace EventBridgeOps.Cli.Showing;

/// <summary>How data and messages are shown.</summary>
internal sealed class OutputArguments
{
    private readonly Option<string> _output = Options.Choice("--output", "The form of the data on standard output.", "table", "json", "jsonl", "csv");
    private readonly ScreenArguments _screen = new();

    public IEnumerable<Option> All => [_output, .. _screen.All];

    public OutputFormat Format(ParseResult parsed) => Enum.Parse<OutputFormat>(parsed.GetValue(_output)!, ignoreCase: true);

    public Screen Screen(ParseResult parsed, Terminal terminal) => _screen.Screen(parsed, terminal);
}

/// <summary>What is told besides the data.</summary>
internal sealed class ScreenArguments
{
    private readonly Option<bool> _verbose = Options.Flag("--verbose", "Tell the decisions that are taken.");
    private readonly Option<bool> _debug = Options.Flag("--debug", "Tell each call: operation, status, request id, milliseconds.");
    private readonly Option<bool> _noProgress = Options.Flag("--no-progress", "Draw no progress bar.");

    public IEnumerable<Option> All => [_verbose, _debug, _noProgress];

    /// <summary>What shows it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">Where it is shown.</param>
    /// <param name="report">A report that is told of it too; null for none.</param>
    public Screen Screen(ParseResult parsed, Terminal terminal, Report? report = null) =>
        new(terminal, parsed.GetValue(_verbose), parsed.GetValue(_debug), progress: !parsed.GetValue(_noProgress)) { Report = report };
}
