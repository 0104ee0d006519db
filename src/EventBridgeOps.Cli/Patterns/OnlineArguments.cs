using System.CommandLine;
using EventBridgeOps.Aws;

namespace EventBridgeOps.Cli;

/// <summary>Whether the service is asked too, and where.</summary>
internal sealed class OnlineArguments
{
    private readonly Option<bool> _online = Options.Flag("--online", "Ask the service's TestEventPattern too, and report what differs.");
    private readonly Option<bool> _verbose = Options.Flag("--verbose", "Tell the decisions that are taken.");
    private readonly Option<bool> _debug = Options.Flag("--debug", "Tell each call: operation, status, request id, milliseconds.");
    private readonly SessionArguments _session = new();

    public IEnumerable<Option> All => [_online, .. _session.All, _verbose, _debug];

    public Screen Screen(ParseResult parsed, Terminal terminal) => new(terminal, parsed.GetValue(_verbose), parsed.GetValue(_debug));

    /// <summary>The session to ask in; null where the service is not to be asked.</summary>
    public async Task<OpsSession?> OpenAsync(ParseResult parsed, Screen screen, CancellationToken cancellationToken) =>
        parsed.GetValue(_online) ? await _session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken) : null;
}
