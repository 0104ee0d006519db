using System.CommandLine;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Reports;

namespace EventBridgeOps.Cli.Showing;

/// <summary>The options for the output format and messages.</summary>
internal sealed class OutputArguments
{
    private readonly Option<string> _output = Options.Choice("--output", "The output format.", "table", "json", "jsonl", "csv");
    private readonly CsvArgument _csv = new();
    private readonly ScreenArguments _screen = new();

    public IEnumerable<Option> All => [_output, _csv.Safe, .. _screen.All];

    public OutputFormat Format(ParseResult parsed) => _csv.Format(parsed, parsed.GetValue(_output)!);

    public Screen Screen(ParseResult parsed, Terminal terminal) => _screen.Screen(parsed, terminal);
}

/// <summary>The option for CSV that a spreadsheet opens.</summary>
internal sealed class CsvArgument
{
    public Option<bool> Safe { get; } = Options.Flag("--csv-safe", "With --output csv: begin values that a spreadsheet would take for formulas with an apostrophe.");

    public OutputFormat Format(ParseResult parsed, string form) => Enum.Parse<OutputFormat>(form, ignoreCase: true) is var format && format == OutputFormat.Csv && parsed.GetValue(Safe) ? OutputFormat.CsvSafe : format;
}

/// <summary>The options for messages.</summary>
internal sealed class ScreenArguments
{
    private readonly Option<bool> _verbose = Options.Flag("--verbose", "Print each decision.");
    private readonly Option<bool> _debug = Options.Flag("--debug", "Print each AWS API call with its status, request ID and duration.");
    private readonly Option<bool> _noProgress = Options.Flag("--no-progress", "Do not show a progress bar.");

    public IEnumerable<Option> All => [_verbose, _debug, _noProgress];

    /// <summary>Creates the screen.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">The terminal.</param>
    /// <param name="report">The report that also records everything; null for none.</param>
    public Screen Screen(ParseResult parsed, Terminal terminal, Report? report = null) =>
        new(terminal, parsed.GetValue(_verbose), parsed.GetValue(_debug), progress: !parsed.GetValue(_noProgress)) { Report = report };
}
