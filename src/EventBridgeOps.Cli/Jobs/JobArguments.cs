using System.CommandLine;
using EventBridgeOps.Aws.Jobs;
using EventBridgeOps.Aws;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Jobs;

namespace EventBridgeOps.Cli.Jobs;

/// <summary>The options that all commands for jobs share: the job store, the session, and the output.</summary>
internal sealed class JobArguments(Terminal terminal)
{
    private readonly JobStoreArguments _store = new();
    private readonly SessionArguments _session = new();
    private readonly OutputArguments _output = new();

    public IEnumerable<Option> All => [.. _store.All, .. _session.All, .. _output.All];

    public RecordWriter<MvpJob> Writer(ParseResult parsed, Screen screen) => RecordWriter<MvpJob>.For(_output.Format(parsed), screen, MvpJob.Shape);

    public OutputFormat Format(ParseResult parsed) => _output.Format(parsed);

    /// <summary>An action that uses the jobs of the store.</summary>
    public Func<ParseResult, CancellationToken, Task<int>> Run(Func<ParseResult, MvpJobs, Screen, CancellationToken, Task<int>> run) => async (parsed, cancellationToken) =>
    {
        JobStoreChoice choice = _store.Bind(parsed, terminal);
        using Screen screen = _output.Screen(parsed, terminal);
        using OpsSession opened = await _session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
        using MvpJobs jobs = opened.Get<MvpJobStores>().Open(choice);
        return await run(parsed, jobs, screen, cancellationToken);
    };
}

/// <summary>The options that specify where jobs are stored.</summary>
internal sealed class JobStoreArguments
{
    private readonly Option<string?> _tableName = Options.Text("--table-name", "name", $"The DynamoDB table that stores the jobs (default: DYNAMODB_TABLE_NAME, or else {JobStoreChoice.DefaultTable}).");
    private readonly Option<string?> _storePath = Options.Text("--store-path", "path", $"A file that stores the jobs instead of a table (default: {JobStoreChoice.Variable}).");

    public IEnumerable<Option> All => [_tableName, _storePath];

    public JobStoreChoice Bind(ParseResult parsed, Terminal terminal) =>
        JobStoreChoice.From(parsed.GetValue(_storePath), parsed.GetValue(_tableName), terminal.Environment);
}
