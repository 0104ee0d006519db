using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Completion;

namespace EventBridgeOps.Cli.Sessions;

/// <summary>The options that specify the Region, the credentials and the endpoint.</summary>
internal sealed class SessionArguments
{
    private readonly Option<string?> _region = Options.Text("--region", "region", "The AWS Region, for example eu-west-1.").Naming(NameKind.Region);
    private readonly Option<string?> _profileName = Options.Text("--profile-name", "name", "The name of a profile in the shared AWS configuration files.").Naming(NameKind.Profile);
    private readonly Option<string?> _profileLocation = Options.Text("--profile-location", "path", "The location of the shared credentials file, if it is not the default location.");
    private readonly Option<string?> _accessKey = Options.Text("--access-key", "id", "The access key ID. Requires --secret-key.");
    private readonly Option<string?> _secretKey = Options.Text("--secret-key", "key", "The secret access key. Other users of this computer might be able to see it; a profile or environment variables are safer.");
    private readonly Option<string?> _sessionToken = Options.Text("--session-token", "token", "The session token of temporary credentials.");
    private readonly Option<string?> _endpointUrl = Options.Text("--endpoint-url", "url", "The URL to use for all services, instead of the AWS endpoints.");
    private readonly Option<double?> _requestsPerSecond = new("--requests-per-second") { HelpName = "number", Description = "The maximum number of requests per second to each service (default: the known quota of the service)." };
    private readonly Option<int?> _retryTimeout = Options.Number("--retry-timeout", "seconds", "How long to retry each item after a transient error, in seconds (default: 60).");
    private readonly JournalArguments _journal = new();

    public JournalArguments Journal => _journal;

    public IEnumerable<Option> All => [_region, _profileName, _profileLocation, _accessKey, _secretKey, _sessionToken, _endpointUrl, _requestsPerSecond, _retryTimeout];

    /// <summary>Opens a session.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="screen">Shows the API calls, and prompts for an MFA code if standard input is a terminal.</param>
    /// <param name="open">Opens the session.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<OpsSession> OpenAsync(ParseResult parsed, Screen screen, Func<SessionOptions, OpsSession> open, CancellationToken cancellationToken)
    {
        SessionOptions options = Bind(parsed, screen, cancellationToken);
        // Finding the Region and credentials can query instance metadata, which cannot be cancelled, only abandoned.
        OpsSession session = await Task.Run(() => open(options), cancellationToken).WaitAsync(cancellationToken);
        session.CallObserved += screen.Called;
        return session;
    }

    /// <summary>Sessions that are opened when they are needed.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="screen">As in <see cref="OpenAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public OpenSessions Sessions(ParseResult parsed, Screen screen, CancellationToken cancellationToken) => new(open => OpenAsync(parsed, screen, open, cancellationToken));

    private SessionOptions Bind(ParseResult parsed, Screen screen, CancellationToken cancellationToken) => new SessionOptions
    {
        Region = parsed.GetValue(_region),
        ProfileName = parsed.GetValue(_profileName),
        ProfileLocation = parsed.GetValue(_profileLocation),
        AccessKey = parsed.GetValue(_accessKey),
        SecretKey = parsed.GetValue(_secretKey),
        SessionToken = parsed.GetValue(_sessionToken),
        EndpointUrl = parsed.GetValue(_endpointUrl),
        RequestsPerSecond = parsed.GetValue(_requestsPerSecond),
        RetryTimeout = parsed.GetValue(_retryTimeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        JournalPath = _journal.Path(parsed),
        JournalTable = _journal.Table(parsed),
        Host = screen.Terminal.Host,
        MfaCode = screen.Terminal.InIsTerminal
            ? device => screen.AskAsync(SessionCommandMessages.MfaCode(device), cancellationToken).GetAwaiter().GetResult()
            : null,
    }.WithSettings(screen.Terminal.Settings);
}

/// <summary>The sessions of a command that opens them when they are needed. It closes them.</summary>
internal sealed class OpenSessions(Func<Func<SessionOptions, OpsSession>, Task<OpsSession>> open) : IDisposable
{
    private readonly List<OpsSession> _opened = [];

    public async Task<OpsSession> OpenAsync(Func<SessionOptions, OpsSession> make)
    {
        OpsSession session = await open(make);
        _opened.Add(session);
        return session;
    }

    public void Dispose() => _opened.ForEach(session => session.Dispose());
}

/// <summary>The options that select the journal.</summary>
internal sealed class JournalArguments
{
    private readonly Option<string?> _path = Options.Text("--journal-path", "folder", "The folder of the change journal (default: EBOPS_JOURNAL, or else a folder of the current user).");

    private readonly Option<string?> _table = Options.Text("--journal-table", "name", "The DynamoDB table of the change journal, for the changes of the automation function. It is read with the Region and the credentials of the session.");

    public Option Option => _path;

    /// <summary>The options of commands that read the journal: a folder or a table.</summary>
    public IEnumerable<Option> All => [_path, _table];

    public string? Path(ParseResult parsed) => parsed.GetValue(_path);

    /// <summary>The table; null for a folder.</summary>
    public string? Table(ParseResult parsed) => parsed.GetValue(_table);
}
