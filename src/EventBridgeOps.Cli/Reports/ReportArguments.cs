using System.CommandLine;
using EventBridgeOps.Ci;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Reports;

namespace EventBridgeOps.Cli.Reports;

/// <summary>The output options of a command that can also write a report.</summary>
/// <param name="usual">The output format if none is specified.</param>
internal sealed class ReportArguments(OutputFormat usual = OutputFormat.Table)
{
    private static readonly string[] FileForms = [.. OutputOption.Reports, "json", "csv"];

    private readonly FormatArguments _format = new(usual, withReports: true);
    private readonly Option<string[]> _report = Options.Texts("--report", "format=path", $"Also write a report to a file. Formats: {string.Join(", ", FileForms)}. Can be specified multiple times.");
    private readonly Option<bool> _ci = Options.Flag("--ci", "In GitHub Actions and Azure Pipelines, also show the report on the page of the run, and annotate the problems.");
    private readonly ScreenArguments _screen = new();

    public IEnumerable<Option> All => [.. _format.All, _report, _ci, .. _screen.All];

    public OutputFormat Format(ParseResult parsed) => _format.Format(parsed);

    /// <summary>The full paths of the files to which reports are written.</summary>
    public IReadOnlyList<string> Paths(ParseResult parsed, Terminal terminal) => [.. (parsed.GetValue(_report) ?? []).Select(given => terminal.Host.FullPath(File(given).Path))];

    /// <summary>Sets the action of a command. The report is written after it, even if it ends with an error.</summary>
    public void SetAction(Command command, Terminal terminal, Func<ParseResult, Screen, CancellationToken, Task<int>> work) =>
        SetAction(command, terminal, (parsed, screen, _, cancellationToken) => work(parsed, screen, cancellationToken));

    /// <summary>Sets the action of a command that may run several times. The report of a run is written when the action says so, with the exit code of the run; and after the action, even if it ends with an error.</summary>
    public void SetAction(Command command, Terminal terminal, Func<ParseResult, Screen, Action<int>, CancellationToken, Task<int>> work) => command.SetAction(async (parsed, cancellationToken) =>
    {
        (ReportFormat Format, string Path)[] files = [.. (parsed.GetValue(_report) ?? []).Select(File)];
        bool isData = Format(parsed) is OutputFormat.JUnit or OutputFormat.Markdown, forCi = parsed.GetValue(_ci);
        Report? report = isData || forCi || files.Length > 0 ? new Report(CommandLineVoice.Instance) : null;
        using Screen screen = _screen.Screen(parsed, terminal, _format.Query(parsed), report);
        if (report is null)
            return await work(parsed, screen, _ => { }, cancellationToken);
        int code = ExitCode.Error;
        try
        {
            code = await work(parsed, screen, EndRun, cancellationToken);
        }
        catch (OpsException e)
        {
            report.Add(e, null);
            throw;
        }
        finally
        {
            // A cancelled run has no report: it would show a part as if it were everything.
            if (!cancellationToken.IsCancellationRequested)
                Write();
        }

        return code;

        void EndRun(int ended)
        {
            code = ended;
            Write();
            report.Clear();
        }

        void Write()
        {
            if (Format(parsed) == OutputFormat.JUnit)
                screen.XmlData(ReportFile.Text(report, ReportFormat.JUnit, terminal.Time));
            else if (isData)
                screen.Data(output => output.Write(ReportFile.Text(report, ReportFormat.Markdown, terminal.Time)));
            foreach ((ReportFormat format, string path) in files)
                ReportFile.Write(terminal.Host.FullPath(path), ReportFile.Text(report, format, terminal.Time));
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
            throw new OpsException(ErrorIds.InvalidArgument, ReportCommandMessages.NotAReport(given, FileForms));
        if (path == "-")
            throw new OpsException(ErrorIds.InvalidArgument, ReportCommandMessages.NotToOutput(given));
        return (Enum.Parse<ReportFormat>(form, ignoreCase: true), path);
    }
}
