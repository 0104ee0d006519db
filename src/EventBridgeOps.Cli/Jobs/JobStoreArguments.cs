using System.CommandLine;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Jobs;
using EventBridgeOps.Settings;

namespace EventBridgeOps.Cli.Jobs;

/// <summary>The options that specify where jobs are stored.</summary>
internal sealed class JobStoreArguments
{
    private readonly Option<string?> _tableName = Options.Text("--table-name", "name", $"The DynamoDB table that stores the jobs (default: DYNAMODB_TABLE_NAME, or else {JobStoreChoice.DefaultTable}).");
    private readonly Option<string?> _storePath = Options.Text("--store-path", "path", $"A file that stores the jobs instead of a table (default: {JobStoreChoice.Variable}).");

    public IEnumerable<Option> All => [_tableName, _storePath];

    public JobStoreChoice Bind(ParseResult parsed, EnvFile? settings, Terminal terminal) =>
        JobStoreChoice.From(parsed.GetValue(_storePath), parsed.GetValue(_tableName), EnvFile.Over(settings, terminal.Environment));
}
