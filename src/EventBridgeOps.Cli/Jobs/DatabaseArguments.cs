using System.CommandLine;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Cli.Jobs;

/// <summary>The product's database: by reference, or as a secret that is on no command line.</summary>
/// <param name="plainOnly">Whether only the URL itself is of use.</param>
internal sealed class DatabaseArguments(bool plainOnly = false)
{
    private readonly Option<string?> _url = Options.Text("--database-url", "arn", "The ARN of the Secrets Manager secret with the database's URL (default: FOUNDERDASH_DB_URL).");
    private readonly Option<bool> _fromInput = Options.Flag("--database-url-stdin", "Read the database's URL from standard input, one line.");
    private readonly Option<bool> _allowPlain = Options.Flag("--allow-plain-database-url", "Send a URL itself in the event, where all who see the event see it.");

    public IEnumerable<Option> All => plainOnly ? [_fromInput] : [_url, _fromInput, _allowPlain];

    public bool FromInput(ParseResult parsed) => parsed.GetValue(_fromInput);

    public bool AllowPlain(ParseResult parsed) => parsed.GetValue(_allowPlain);

    public string? Bind(ParseResult parsed, Terminal terminal)
    {
        if (!FromInput(parsed))
            return plainOnly ? null : parsed.GetValue(_url);
        if (!plainOnly && parsed.GetValue(_url) is not null)
            throw new OpsException(ErrorIds.InvalidArgument, "--database-url and --database-url-stdin are two sources of the same thing. Give one of them.");
        return terminal.In.ReadLine() is { } line && line.Trim().Length > 0 ? line.Trim() : throw new OpsException(ErrorIds.InvalidArgument, "--database-url-stdin found no line on standard input.");
    }
}
