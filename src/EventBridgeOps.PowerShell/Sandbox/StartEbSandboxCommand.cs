using System.Management.Automation;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.PowerShell.Sandbox;

/// <summary>Runs a local AWS in this process, and points every AWS tool in it there until <c>Stop-EbSandbox</c>.</summary>
/// <remarks>
/// It sets <c>AWS_ENDPOINT_URL</c>, keys and region in the process's environment, and takes out what would lead elsewhere; stopping puts
/// all back. What is given to a cmdlet itself (<c>-EndpointUrl</c>, <c>-Region</c>, <c>-ProfileName</c>) still comes first.
/// </remarks>
[Performs("sandbox start")]
[Cmdlet(VerbsLifecycle.Start, "EbSandbox", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(SandboxInfo))]
public sealed class StartEbSandboxCommand : AsyncCmdlet
{
    private static readonly SandboxOptions Defaults = new();

    /// <summary>The built-in one, or moto, an emulator that others wrote, as a child process.</summary>
    [Parameter(Position = 0)]
    public SandboxEngineKind Engine { get; set; }

    /// <summary>Fill it with a small account that has drifted.</summary>
    [Parameter]
    public SwitchParameter Sample { get; set; }

    /// <summary>The port on 127.0.0.1; by default a free one.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>The region; by default <c>$StoredAWSRegion</c>, else eu-west-1.</summary>
    [Parameter]
    [Alias("RegionToCall")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>The account that it plays.</summary>
    [Parameter]
    [ValidatePattern("^[0-9]{12}$")]
    public string AccountId { get; set; } = Defaults.AccountId;

    /// <summary>A file that keeps its state between runs. Built-in engine only, as are all that follow.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StateFile { get; set; }

    /// <summary>How long each call takes, in milliseconds.</summary>
    [Parameter]
    [Alias("Latency")]
    [ValidateRange(0, 600_000)]
    public int LatencyMilliseconds { get; set; }

    /// <summary>The calls a second that each service takes before it throttles; by default without limit.</summary>
    [Parameter]
    [ValidateRange(0.1, 100_000)]
    public double? RequestsPerSecond { get; set; }

    /// <summary>The most items on a page; by default AWS's own sizes.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int? PageSize { get; set; }

    /// <summary>Starts it.</summary>
    protected override void EndProcessing()
    {
        SandboxOptions options = new()
        {
            Port = Port,
            Region = Region ?? ShellRegion.From(SessionState.PSVariable.GetValue("StoredAWSRegion")) ?? Defaults.Region,
            AccountId = AccountId,
            StateFile = StateFile is null ? null : GetUnresolvedProviderPathFromPSPath(StateFile),
            Latency = TimeSpan.FromMilliseconds(LatencyMilliseconds),
            RequestsPerSecond = RequestsPerSecond,
            PageSize = PageSize,
        };
        string[] builtInOnly = [nameof(StateFile), nameof(LatencyMilliseconds), nameof(RequestsPerSecond), nameof(PageSize)];
        if (Engine == SandboxEngineKind.Moto && builtInOnly.FirstOrDefault(MyInvocation.BoundParameters.ContainsKey) is { } parameter)
            ThrowTerminatingError(ErrorRecords.From(new OpsException(ErrorIds.InvalidArgument, $"moto does not know -{parameter}. Leave it out, or use the built-in engine."), null));
        if (!ShouldProcess("this process", $"Start a sandbox ({Engine}) and point AWS_ENDPOINT_URL, keys and region to it"))
            return;
        Guid owner = RunningSandbox.Here;
        Start(async () => await WriteAsync(await RunningSandbox.StartAsync(Engine, options, Sample, owner, StopToken)));
        base.EndProcessing();
    }
}
