using System.Collections;
using System.Management.Automation;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.PowerShell.Sandbox;

/// <summary>Starts a local AWS in this process, which the cmdlets of this PowerShell session use until <c>Stop-EbSandbox</c>.</summary>
/// <remarks>
/// At the prompt, and with <c>-SetEnvironment</c>, it also sets <c>AWS_ENDPOINT_URL</c>, the access key and the Region in the environment of the process,
/// by which other AWS tools find it, and removes variables that would lead elsewhere; stopping restores all of them. Other runspaces, such as those of
/// <c>ForEach-Object -Parallel</c>, each can have a sandbox of their own. Parameters of a cmdlet (<c>-EndpointUrl</c>, <c>-Region</c>, <c>-ProfileName</c>) still take precedence.
/// </remarks>
[Performs("sandbox start")]
[Cmdlet(VerbsLifecycle.Start, "EbSandbox", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(SandboxInfo))]
public sealed class StartEbSandboxCommand : AsyncCmdlet
{
    private static readonly SandboxOptions Defaults = new();

    /// <summary>The built-in engine, or moto, a third-party emulator that runs as a child process.</summary>
    [Parameter(Position = 0)]
    [Names(typeof(SandboxEngineKind))]
    public SandboxEngineKind Engine { get; set; }

    /// <summary>Fill it with a small sample account in which targets have drifted.</summary>
    [Parameter]
    public SwitchParameter Sample { get; set; }

    /// <summary>The port on 127.0.0.1. By default, a free one.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>The Region. By default <c>$StoredAWSRegion</c>, or else eu-west-1.</summary>
    [Parameter]
    [Alias("RegionToCall")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>The account ID of the sandbox.</summary>
    [Parameter]
    [ValidatePattern("^[0-9]{12}$")]
    public string AccountId { get; set; } = Defaults.AccountId;

    /// <summary>A file that keeps the state between runs. Built-in engine only, like all parameters that follow.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StateFile { get; set; }

    /// <summary>The latency of each call, in milliseconds.</summary>
    [Parameter]
    [Alias("Latency")]
    [ValidateRange(0, 600_000)]
    public int LatencyMilliseconds { get; set; }

    /// <summary>The number of calls per second that each service accepts before it throttles. By default, there is no limit.</summary>
    [Parameter]
    [ValidateRange(0.1, 100_000)]
    public double? RequestsPerSecond { get; set; }

    /// <summary>The maximum number of items on a page. By default, the page sizes of AWS.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int? PageSize { get; set; }

    /// <summary>Commands of this computer that run in place of images when a job runs, by the name of the image: <c>@{ 'myproject_backend' = './build.sh' }</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable JobCommand { get; set; } = [];

    /// <summary>Set the environment variables of the process, by which other AWS tools find the sandbox. At the prompt, this is the default.</summary>
    [Parameter]
    public SwitchParameter SetEnvironment { get; set; }

    /// <summary>Starts the sandbox.</summary>
    protected override void EndProcessing()
    {
        SandboxOptions options = new()
        {
            Port = Port,
            Region = Region ?? ShellRegion.From(SessionState.PSVariable.GetValue("StoredAWSRegion")) ?? Defaults.Region,
            AccountId = AccountId,
            StateFile = FullPath(StateFile),
            Latency = TimeSpan.FromMilliseconds(LatencyMilliseconds),
            RequestsPerSecond = RequestsPerSecond,
            PageSize = PageSize,
            JobCommands = Commands(),
            JobStep = SandboxOptions.UsualJobStep,
            JobsAdvanceWhenDescribed = false,
        };
        string[] builtInOnly = [nameof(StateFile), nameof(LatencyMilliseconds), nameof(RequestsPerSecond), nameof(PageSize), nameof(JobCommand)];
        if (Engine == SandboxEngineKind.Moto && builtInOnly.FirstOrDefault(MyInvocation.BoundParameters.ContainsKey) is { } parameter)
            ThrowTerminatingError(ErrorRecords.From(new OpsException(ErrorIds.InvalidArgument, ShellSandboxMessages.NotForMoto(parameter)), null));
        RunspaceSandbox here = RunspaceSandbox.Here;
        bool setsEnvironment = MyInvocation.BoundParameters.ContainsKey(nameof(SetEnvironment)) ? SetEnvironment : here.IsOfPrompt;
        if (!ShouldProcess(Observer.Text(ShellSandboxMessages.ThisProcess()), Observer.Text(setsEnvironment ? ShellSandboxMessages.Start(Engine) : ShellSandboxMessages.StartHere(Engine))))
            return;
        Start(async () =>
        {
            SandboxInfo started = await here.StartAsync(Engine, options, Sample, setsEnvironment, StopToken);
            if (!setsEnvironment)
                Observer.Verbose(ShellSandboxMessages.EnvironmentNotSet(started.Endpoint));
            await WriteAsync(started);
        });
        base.EndProcessing();
    }

    private Dictionary<string, string> Commands() =>
        JobCommand.Cast<DictionaryEntry>().ToDictionary(command => $"{command.Key}", command => $"{command.Value}", StringComparer.Ordinal);
}
