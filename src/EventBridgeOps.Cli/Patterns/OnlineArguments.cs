using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;

namespace EventBridgeOps.Cli.Patterns;

/// <summary>The options that also test patterns with the service.</summary>
internal sealed class OnlineArguments
{
    private readonly Option<bool> _online = Options.Flag("--online", "Also test with the TestEventPattern API, and report differences.");

    public SessionArguments Session { get; } = new();

    public IEnumerable<Option> All => [_online, .. Session.All];

    public bool IsOnline(ParseResult parsed) => parsed.GetValue(_online);

    /// <summary>The session; null if the account is not needed.</summary>
    public async Task<OpsSession?> OpenAsync(ParseResult parsed, bool asksAccount, Screen screen, CancellationToken cancellationToken) =>
        asksAccount || IsOnline(parsed) ? await Session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken) : null;
}
