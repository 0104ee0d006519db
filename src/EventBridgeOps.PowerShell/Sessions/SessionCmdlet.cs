using System.Management.Automation;
using System.Management.Automation.Host;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Sessions;

/// <summary>A cmdlet that calls AWS, with the session parameters and aliases of AWS.Tools.</summary>
/// <remarks>
/// All bind by property name, so one pipeline can span Regions and accounts: each has its own session. <c>-Credential</c> does
/// not bind by value, since it would accept any object from the pipeline.
/// </remarks>
public abstract class SessionCmdlet : AsyncCmdlet
{
    private readonly Dictionary<SessionOptions, Task<OpsSession>> _sessions = [];
    private readonly Func<string, string?> _mfaCode;
    private HashSet<string> _given = [];

    private protected SessionCmdlet() => _mfaCode = AskMfaCode;

    /// <summary>The AWS Region, for example <c>eu-west-1</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("RegionToCall")]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>A profile in the shared AWS configuration files.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StoredCredentials", "AWSProfileName")]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? ProfileName { get; set; }

    /// <summary>The path of the shared credentials file, if it is not the default one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AWSProfilesLocation", "ProfilesLocation")]
    public string? ProfileLocation { get; set; }

    /// <summary>An access key ID. It requires <c>-SecretKey</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AK")]
    public string? AccessKey { get; set; }

    /// <summary>The secret access key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("SK", "SecretAccessKey")]
    public string? SecretKey { get; set; }

    /// <summary>The session token of temporary credentials.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ST")]
    public string? SessionToken { get; set; }

    /// <summary>The output of <c>Get-AWSCredential</c> or <c>Use-STSRole</c>, or any object with <c>AccessKey</c>, <c>SecretKey</c> and <c>Token</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public object? Credential { get; set; }

    /// <summary>The URL at which all services are called, instead of the AWS endpoints.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? EndpointUrl { get; set; }

    /// <summary>The maximum number of requests per second for each service. By default, the service's known quota.</summary>
    [Parameter]
    public double? RequestsPerSecond { get; set; }

    /// <summary>How long to retry each item after a transient error, in seconds. By default, 60.</summary>
    [Parameter]
    [ValidateRange(0, 86400)]
    public int? RetryTimeout { get; set; }

    /// <summary>The folder of the change journal, for cmdlets that have one.</summary>
    private protected virtual string? JournalFolder => null;

    /// <summary>The table of the change journal, for cmdlets that have one; null for a folder.</summary>
    private protected virtual string? TableOfJournal => null;

    /// <summary>Remembers which parameters were given on the command line.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _given = new HashSet<string>(MyInvocation.BoundParameters.Keys, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Closes the sessions.</summary>
    /// <param name="disposing">Always true.</param>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        foreach (Task<OpsSession> session in _sessions.Values)
            session.ContinueWith(open => open.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _sessions.Clear();
    }

    /// <summary>Whether a parameter was given on the command line, rather than by the pipeline.</summary>
    private protected bool IsGiven(string parameter) => _given.Contains(parameter);

    /// <summary>On the pipeline thread: whether the user asked only what would be changed.</summary>
    private protected bool IsWhatIf => LanguagePrimitives.IsTrue(MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given) ? given : GetVariableValue("WhatIfPreference"));

    /// <summary>On the pipeline thread: the session options for the current object; null, with an error, if they contradict <c>-Region</c>.</summary>
    private protected SessionOptions? SessionFor(PipelineItem? item)
    {
        if (item?.Region is not { } seen)
            return Options();
        if (!IsGiven(nameof(Region)) || string.IsNullOrEmpty(Region) || string.Equals(Region, seen, StringComparison.OrdinalIgnoreCase))
            return Options() with { Region = seen };
        WriteError(ErrorRecords.From(
            new OpsException(ErrorIds.WrongAccountOrRegion, ShellSessionMessages.OtherRegion($"{item.Source}", seen, Region!)),
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

    private SessionOptions Options() => new SessionOptions
    {
        Host = Shell,
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
        RetryTimeout = RetryTimeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        JournalPath = FullPath(JournalFolder),
        JournalTable = TableOfJournal,
        MfaCode = _mfaCode,
    }.WithSettings(FileSettings);

    private OpsSession Open(SessionOptions options)
    {
        OpsSession session = OpenWithHint(options);
        session.CallObserved += Observer.Called;
        Observer.Verbose(session.EndpointUrl is { } url ? ShellSessionMessages.UsingEndpoint(session.Region, url) : ShellSessionMessages.UsingRegion(session.Region));
        return session;
    }

    /// <summary>The shell has ways of its own to specify a Region and credentials, which the adapters do not know.</summary>
    private static OpsSession OpenWithHint(SessionOptions options)
    {
        try
        {
            return OpsSession.Open(options);
        }
        catch (OpsException error) when (error.ErrorId == ErrorIds.NoRegion)
        {
            throw new OpsException(error.ErrorId, ShellSessionMessages.NoRegion(error), error);
        }
        catch (OpsException error) when (error.ErrorId == ErrorIds.NoCredentials)
        {
            throw new OpsException(error.ErrorId, ShellSessionMessages.NoCredentials(error), error);
        }
    }

    private string? AskMfaCode(string device) => AskAsync(() =>
    {
        try
        {
            Host.UI.Write(Observer.Text(ShellSessionMessages.AskMfaCode(device)));
            return Host.UI.ReadLine();
        }
        catch (Exception e) when (e is HostException or InvalidOperationException or NotImplementedException)
        {
            return null; // The host is not interactive.
        }
    }).GetAwaiter().GetResult();
}
