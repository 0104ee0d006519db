using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Completion;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Settings;

namespace EventBridgeOps.Cli.Sessions;

/// <summary>Where and as whom to work.</summary>
internal sealed class SessionArguments
{
    private readonly Option<string?> _region = Options.Text("--region", "region", "The AWS region, for example eu-west-1.").Naming(NameKind.Region);
    private readonly Option<string?> _profileName = Options.Text("--profile-name", "name", "A profile of the shared AWS configuration files.").Naming(NameKind.Profile);
    private readonly Option<string?> _profileLocation = Options.Text("--profile-location", "path", "The shared credentials file, where it is not the usual one.");
    private readonly Option<string?> _accessKey = Options.Text("--access-key", "id", "An access key id; it needs --secret-key.");
    private readonly Option<string?> _secretKey = Options.Text("--secret-key", "key", "The access key's secret. Other users of the machine may see it; a profile or the environment is safer.");
    private readonly Option<string?> _sessionToken = Options.Text("--session-token", "token", "The session token of temporary credentials.");
    private readonly Option<string?> _endpointUrl = Options.Text("--endpoint-url", "url", "Call all services at this URL instead of AWS's own hosts.");
    private readonly Option<double?> _requestsPerSecond = new("--requests-per-second") { HelpName = "number", Description = "The most requests a second to each service (default: the service's known quota)." };
    private readonly JournalArguments _journal = new();

    public JournalArguments Journal => _journal;

    public IEnumerable<Option> All => [_region, _profileName, _profileLocation, _accessKey, _secretKey, _sessionToken, _endpointUrl, _requestsPerSecond];

    /// <summary>Opens the session that is asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="screen">Sees the calls, and asks for an MFA code where somebody can be asked.</param>
    /// <param name="open">How it is opened.</param>
    /// <param name="cancellationToken">Ends the waiting at once.</param>
    public async Task<OpsSession> OpenAsync(ParseResult parsed, Screen screen, Func<SessionOptions, OpsSession> open, CancellationToken cancellationToken)
    {
        SessionOptions options = Bind(parsed, screen, cancellationToken);
        // Finding region and credentials may ask an instance's metadata, which cannot be cancelled, only left alone.
        OpsSession session = await Task.Run(() => open(options), cancellationToken).WaitAsync(cancellationToken);
        session.CallObserved += screen.Called;
        return session;
    }

    private SessionOptions Bind(ParseResult parsed, Screen screen, CancellationToken cancellationToken) => new()
    {
        Region = parsed.GetValue(_region),
        ProfileName = parsed.GetValue(_profileName),
        ProfileLocation = parsed.GetValue(_profileLocation),
        AccessKey = parsed.GetValue(_accessKey),
        SecretKey = parsed.GetValue(_secretKey),
        SessionToken = parsed.GetValue(_sessionToken),
        EndpointUrl = parsed.GetValue(_endpointUrl),
        RequestsPerSecond = parsed.GetValue(_requestsPerSecond),
        JournalPath = _journal.Path(parsed),
        TimeProvider = screen.Terminal.Time,
        MfaCode = screen.Terminal.InIsTerminal
            ? device => screen.AskAsync($"Code of the MFA device {device}: ", cancellationToken).GetAwaiter().GetResult()
            : null,
    };
}

/// <summary>Which journal.</summary>
internal sealed class JournalArguments
{
    private readonly Option<string?> _path = Options.Text("--journal-path", "folder", "The change journal's folder (default: EBOPS_JOURNAL, else the user's own).");

    public Option Option => _path;

    public string? Path(ParseResult parsed) => parsed.GetValue(_path);
}

/// <summary>A file of settings, which goes before the environment and after the options.</summary>
internal sealed class EnvFileArgument
{
    public Option<string?> Option { get; } = Options.Text("--env-file", "path", "A file of settings, NAME=value lines; its values go before the environment's.");

    public EnvFile? Read(ParseResult parsed) => parsed.GetValue(Option) is { } path ? EnvFile.Read(path) : null;
}
