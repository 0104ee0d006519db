using System.CommandLine;
using System.CommandLine.Parsing;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Queries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Reports;

namespace EventBridgeOps.Cli.Showing;

/// <summary>The options for the output format and messages.</summary>
/// <param name="usual">The format if none is specified.</param>
internal sealed class OutputArguments(OutputFormat usual = OutputFormat.Table)
{
    private readonly FormatArguments _format = new(usual, withReports: false);
    private readonly ScreenArguments _screen = new();

    public IEnumerable<Option> All => [.. _format.All, .. _screen.All];

    public OutputFormat Format(ParseResult parsed) => _format.Format(parsed);

    public Screen Screen(ParseResult parsed, Terminal terminal) => _screen.Screen(parsed, terminal, _format.Query(parsed));
}

/// <summary>The options for the format of the data, and for what is selected from it. They are the same for all commands, besides the formats of reports.</summary>
internal sealed class FormatArguments
{
    private readonly Option<string> _output;
    private readonly Option<JsonQuery?> _query = new("--query") { HelpName = "expression", Description = "A JMESPath expression, applied to the JSON output. Without --output, the result is JSON.", CustomParser = Read };
    private readonly Option<bool> _csvSafe = Options.Flag("--csv-safe", "With --output csv: begin values that a spreadsheet would take for formulas with an apostrophe.");

    /// <summary>Creates the options.</summary>
    /// <param name="usual">The format if none is specified.</param>
    /// <param name="withReports">Whether the command writes reports.</param>
    public FormatArguments(OutputFormat usual, bool withReports)
    {
        OutputFormat[] formats = [OutputFormat.Table, OutputFormat.Text, OutputFormat.Json, OutputFormat.Jsonl, OutputFormat.Csv];
        _output = Options.ChoiceOr(Word(usual), OutputOption.Name, "The output format.", [.. formats.Select(Word), .. withReports ? OutputOption.Reports : []]);
    }

    public IEnumerable<Option> All => [_output, _query, _csvSafe];

    public OutputFormat Format(ParseResult parsed) => parsed.GetValue(_query) is not null && parsed.GetResult(_output) is null or { Implicit: true }
        ? OutputFormat.Json
        : Enum.Parse<OutputFormat>(parsed.GetValue(_output)!, ignoreCase: true) is var format && format == OutputFormat.Csv && parsed.GetValue(_csvSafe) ? OutputFormat.CsvSafe : format;

    /// <summary>The query; null if there is none.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: the format is that of a report.</exception>
    public JsonQuery? Query(ParseResult parsed)
    {
        JsonQuery? query = parsed.GetValue(_query);
        string form = Word(Format(parsed));
        return query is null || !OutputOption.Reports.Contains(form) ? query : throw new OpsException(ErrorIds.InvalidArgument, QueryMessages.WithReport(form));
    }

    private static JsonQuery? Read(ArgumentResult result)
    {
        try
        {
            return JsonQuery.Parse(result.Tokens[0].Value);
        }
        catch (OpsException e)
        {
            result.AddError(e.In(CommandLineVoice.Instance).Message);
            return null;
        }
    }

    private static string Word(OutputFormat format) => format.ToString().ToLowerInvariant();
}

/// <summary>The options for messages.</summary>
internal sealed class ScreenArguments
{
    private readonly Option<bool> _verbose = Options.Flag("--verbose", "Print each decision.");
    private readonly Option<bool> _debug = Options.Flag("--debug", "Print each AWS API call with its status, request ID and duration (default: DEBUG=1).");
    private readonly Option<bool> _noProgress = Options.Flag("--no-progress", "Do not show a progress bar.");

    public IEnumerable<Option> All => [_verbose, _debug, _noProgress];

    /// <summary>Creates the screen.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">The terminal.</param>
    /// <param name="query">What selects from the data; null for all of it.</param>
    /// <param name="report">The report that also records everything; null for none.</param>
    public Screen Screen(ParseResult parsed, Terminal terminal, JsonQuery? query, Report? report = null) =>
        new(terminal, parsed.GetValue(_verbose), terminal.IsDebugging || parsed.GetValue(_debug), progress: !parsed.GetValue(_noProgress)) { Query = query, Report = report };
}
