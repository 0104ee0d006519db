using System.Management.Automation;
using System.Management.Automation.Host;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Settings;

namespace EventBridgeOps.PowerShell.Sessions;

/// <summary>A cmdlet that calls AWS: where, and as whom, with the parameters and aliases of AWS.Tools.</summary>
/// <remarks>
/// All may come by property name, so one pipeline may span regions and accounts: there is one session for each. <c>-Credential</c> does
/// not come by value, since any object from the pipeline would be taken for it.
/// </remarks>
public abstract class SessionCmdlet : AsyncCmdlet
{
    private readonly Dictionary<SessionOptions, Task<OpsSession>> _sessions = [];
    private readonly Func<string, string?> _mfaCode;
    private HashSet<string> _given = [];

    private protected SessionCmdlet() => _mfaCode = AskMfaCode;

    /// <summary>The AWS region, for example <c>eu-west-1</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("RegionToCall")]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>A profile of the shared configuration files.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StoredCredentials", "AWSProfileName")]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? ProfileName { get; set; }

    /// <summary>The path of the shared credentials file, where it is not the usual one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AWSProfilesLocation", "ProfilesLocation")]
    public string? ProfileLocation { get; set; }

    /// <summary>An access key id; it needs <c>-SecretKey</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AK")]
    public string? AccessKey { get; set; }

    /// <summary>The access key's secret.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("SK", "SecretAccessKey")]
    public string? SecretKey { get; set; }

    /// <summary>The session token of temporary credentials.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ST")]
    public string? SessionToken { get; set; }

    /// <summary>What <c>Get-AWSCredential</c> or <c>Use-STSRole</c> returns, or any object with <c>AccessKey</c>, <c>SecretKey</c> and <c>Token</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public object? Credential { get; set; }

    /// <summary>A URL that all services are called at, instead of AWS's own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? EndpointUrl { get; set; }

    /// <summary>How many requests a second each service gets at most; by default the service's known quota.</summary>
    [Parameter]
    public double? RequestsPerSecond { get; set; }

    /// <summary>The change journal's folder, where the cmdlet has one.</summary>
    private protected virtual string? JournalFolder => null;

    /// <summary>A file of settings, where the cmdlet takes one.</summary>
    private protected virtual EnvFile? Settings => null;

    /// <summary>Notes what was given on the command line itself.</summary>
    protected override void BeginProcessing() => _given = new HashSet<string>(MyInvocation.BoundParameters.Keys, StringComparer.OrdinalIgnoreCase);

    /// <summary>Closes the sessions.</summary>
    /// <param name="disposing">Always true.</param>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        foreach (Task<OpsSession> session in _sessions.Values)
            session.ContinueWith(open => open.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _sessions.Clear();
    }

    /// <summary>Whether a parameter was given on the command line, and did not come by the pipeline.</summary>
    private protected bool IsGiven(string parameter) => _given.Contains(parameter);

    /// <summary>On the pipeline thread: where and as whom the current object is to be worked on; null, with an error, where that contradicts <c>-Region</c>.</summary>
    private protected SessionOptions? SessionFor(PipelineItem? item)
    {
        if (item?.Region is not { } seen)
            return Options();
        if (!IsGiven(nameof(Region)) || string.IsNullOrEmpty(Region) || string.Equals(Region, seen, StringComparison.OrdinalIgnoreCase))
            return Options() with { Region = seen };
        WriteError(ErrorRecords.From(
            new OpsException(ErrorIds.WrongAccountOrRegion, $"{item.Source} is in region {seen}, and -Region is {Region}. Leave -Region out, and each object is worked on in its own region."),
            item.Source));
        return null;
    }

    /// <summary>From work: the session, opened at its first use.</summary>
    private protected async Task<OpsSession> OpenAsync(SessionOptions options)
    {
        Task<OpsSession>? session;
        lock (_sessions)
        {
            // Apart from the work, because asking an instance for its role cannot be cancelled, and Ctrl+C should not wait for it.
            if (!_sessions.TryGetValue(options, out session))
                _sessions.Add(options, session = Task.Run(() => Open(options), StopToken));
        }

        return await session.WaitAsync(StopToken);
    }

    /// <summary>On the pipeline thread: a path as the user means it, from where the shell is.</summary>
    private protected string? FullPath(string? path) => string.IsNullOrEmpty(path) ? null : GetUnresolvedProviderPathFromPSPath(path);

    private SessionOptions Options() => new SessionOptions
    {
        Region = Region,
        ProfileName = ProfileName,
        ProfileLocation = FullPath(ProfileLocation),
        AccessKey = AccessKey,
        SecretKey = SecretKey,
        SessionToken = SessionToken,
        Credential = ShellCredentials.From(Credential),
        StoredCredential = ShellCredentials.From(SessionState.PSVariable.GetValue("StoredAWSCredentials")),
        StoredRegion = ShellRegion.From(SessionState.PSVariable.GetValue("StoredAWSRegion")),
        EndpointUrl = EndpointUrl,
        RequestsPerSecond = RequestsPerSecond,
        JournalPath = FullPath(JournalFolder),
        MfaCode = _mfaCode,
    }.WithSettings(Settings);

    private OpsSession Open(SessionOptions options)
    {
        OpsSession session = OpsSession.Open(options);
        session.CallObserved += call =>
        {
            foreach (string line in call.Lines())
                Observer.Debug(line);
        };
        Observer.Verbose($"Working in {session.Region}{(session.EndpointUrl is { } url ? $" at {url}" : "")}.");
        return session;
    }

    private string? AskMfaCode(string device) => AskAsync(() =>
    {
        try
        {
            Host.UI.Write($"MFA code of {device}: ");
            return Host.UI.ReadLine();
        }
        catch (Exception e) when (e is HostException or InvalidOperationException or NotImplementedException)
        {
            return null; // Nobody is there.
        }
    }).GetAwaiter().GetResult();
}
