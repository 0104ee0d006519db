using System.CommandLine;
using EventBridgeOps.Ci;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Reports;

namespace EventBridgeOps.Cli.Reports;

/// <summary>How data and messages are shown, by a command whose records a report can tell of.</summary>
/// <param name="forms">The forms of the data on standard output besides those of a report.</param>
internal sealed class ReportArguments(params string[] forms)
{
    private static readonly string[] ReportForms = ["junit", "markdown"];
    private static readonly string[] FileForms = [.. ReportForms, "json", "csv"];

    private readonly Option<string> _output = Options.Choice("--output", "The form of the data on standard output.", [.. forms, .. ReportForms]);
    private readonly Option<string[]> _report = Options.Texts("--report", "form=path", $"Write a report to a file too; the form is {string.Join(", ", FileForms)}. May be repeated.");
    private readonly Option<bool> _ci = Options.Flag("--ci", "In GitHub Actions and Azure Pipelines, show the report on the run's page too, and annotate what is wrong.");
    private readonly ScreenArguments _screen = new();

    public ReportArguments()
        : this("table", "json", "jsonl", "csv")
    {
    }

    public IEnumerable<Option> All => [_output, _report, _ci, .. _screen.All];

    public OutputFormat Format(ParseResult parsed) => Enum.Parse<OutputFormat>(Form(parsed), ignoreCase: true);

    /// <summary>The form of the data, where it may be one of the command's own.</summary>
    public string Form(ParseResult parsed) => parsed.GetValue(_output)!;

    /// <summary>Gives a command its work, after which the report of it is written, also where the work ends with an error.</summary>
    public void SetAction(Command command, Terminal terminal, Func<ParseResult, Screen, CancellationToken, Task<int>> work) => command.SetAction(async (parsed, cancellationToken) =>
    {
        (ReportFormat Format, string Path)[] files = [.. (parsed.GetValue(_report) ?? []).Select(File)];
        bool isData = ReportForms.Contains(Form(parsed)), forCi = parsed.GetValue(_ci);
        Report? report = isData || forCi || files.Length > 0 ? new Report(CommandLineVoice.Instance) : null;
        using Screen screen = _screen.Screen(parsed, terminal, report);
        if (report is null)
            return await work(parsed, screen, cancellationToken);
        int code = ExitCode.Error;
        try
        {
            code = await work(parsed, screen, cancellationToken);
        }
        catch (OpsException e)
        {
            report.Add(e, null);
            throw;
        }
        finally
        {
            // What was cancelled has no report: it would tell of a part as if it were all.
            if (!cancellationToken.IsCancellationRequested)
                Write();
        }

        return code;

        void Write()
        {
            if (isData)
                screen.Data(output => output.Write(ReportFile.Text(report, Enum.Parse<ReportFormat>(Form(parsed), ignoreCase: true), terminal.Time)));
            foreach ((ReportFormat format, string path) in files)
                ReportFile.Write(Path.GetFullPath(path), ReportFile.Text(report, format, terminal.Time));
            if (!forCi)
                return;
            foreach (string line in new CiReport(CiEnvironment.Read(terminal.Environment)).Show(report, code == ExitCode.Done, screen))
                screen.Tell(line);
        }
    });

    private static (ReportFormat Format, string Path) File(string given)
    {
        int equals = given.IndexOf('=', StringComparison.Ordinal);
        string form = equals < 0 ? "" : given[..equals], path = given[(equals + 1)..];
        if (!FileForms.Contains(form) || path.Length == 0)
            throw new OpsException(ErrorIds.InvalidArgument, $"--report {given} is not form=path with one of the forms {string.Join(", ", FileForms)}, such as junit=drift.xml.");
        return (Enum.Parse<ReportFormat>(form, ignoreCase: true), path);
    }
}
