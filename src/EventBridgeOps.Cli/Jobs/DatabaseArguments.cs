using System.CommandLine;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Jobs;

namespace EventBridgeOps.Cli.Jobs;

/// <summary>The options for the database of the product: a reference, or a secret that does not appear on the command line.</summary>
/// <param name="plainOnly">Whether only the URL itself is accepted.</param>
internal sealed class DatabaseArguments(bool plainOnly = false)
{
    private readonly Option<string?> _url = Options.Text("--database-url", "arn", $"The ARN of the AWS Secrets Manager secret that contains the database URL (default: {DatabaseSetting.Description}).");
    private readonly Option<bool> _fromInput = Options.Flag("--database-url-stdin", "Read the database URL from the first line of standard input.");
    private readonly Option<bool> _allowPlain = Options.Flag("--allow-plain-database-url", "Allow a plain database URL in the event, where everyone who can read the event can read it.");

    public IEnumerable<Option> All => plainOnly ? [_fromInput] : [_url, _fromInput, _allowPlain];

    public bool FromInput(ParseResult parsed) => parsed.GetValue(_fromInput);

    public bool AllowPlain(ParseResult parsed) => parsed.GetValue(_allowPlain);

    public async Task<string?> BindAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        if (!FromInput(parsed))
            return plainOnly ? null : parsed.GetValue(_url);
        if (!plainOnly && parsed.GetValue(_url) is not null)
            throw new OpsException(ErrorIds.InvalidArgument, MvpCommandMessages.TwoDatabaseUrls());
        return await terminal.ReadLineAsync(cancellationToken) is { } line && line.Trim().Length > 0 ? line.Trim() : throw new OpsException(ErrorIds.InvalidArgument, MvpCommandMessages.NoDatabaseUrl());
    }
}
