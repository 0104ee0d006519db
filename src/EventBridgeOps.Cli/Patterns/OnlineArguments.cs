using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;

namespace EventBridgeOps.Cli.Patterns;

/// <summary>Whether the service is asked too, and where.</summary>
internal sealed class OnlineArguments
{
    private readonly Option<bool> _online = Options.Flag("--online", "Ask the service's TestEventPattern too, and report what differs.");

    public SessionArguments Session { get; } = new();

    public IEnumerable<Option> All => [_online, .. Session.All];

    public bool IsOnline(ParseResult parsed) => parsed.GetValue(_online);

    /// <summary>The session to work in; null where nothing is to be asked of the account.</summary>
    public async Task<OpsSession?> OpenAsync(ParseResult parsed, bool asksAccount, Screen screen, CancellationToken cancellationToken) =>
        asksAccount || IsOnline(parsed) ? await Session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken) : null;
}
