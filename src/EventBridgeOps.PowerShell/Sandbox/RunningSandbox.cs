using System.Management.Automation.Runspaces;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Engines;
using EventBridgeOps.Sandbox.Sample;

namespace EventBridgeOps.PowerShell.Sandbox;

/// <summary>The sandbox of this process. There is only one, as the environment variables that point to it belong to the process.</summary>
internal sealed class RunningSandbox
{
    private static readonly object Gate = new();
    private static readonly TimeSpan PatienceAtExit = TimeSpan.FromSeconds(5);
    private static RunningSandbox? s_current;

    private readonly Guid _owner;
    private ISandboxEngine? _engine;
    private BorrowedEnvironment? _environment;

    private RunningSandbox(Guid owner) => _owner = owner;

    private SandboxInfo? Info { get; set; }

    /// <summary>Starts the sandbox and points the process's environment to it.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.SandboxFailed"/>: one is already running, or it could not be started or filled.</exception>
    public static async Task<SandboxInfo> StartAsync(SandboxEngineKind kind, SandboxOptions options, bool sample, Guid owner, CancellationToken cancellationToken)
    {
        RunningSandbox sandbox = new(owner);
        lock (Gate)
        {
            if (s_current is { } running)
                throw new OpsException(ErrorIds.SandboxFailed, running.Info is { } info ? ShellSandboxMessages.AlreadyRunningAt(info.Endpoint) : ShellSandboxMessages.AlreadyRunning());
            s_current = sandbox;
        }

        try
        {
            await sandbox.BeginAsync(kind, options, sample, cancellationToken);
            AppDomain.CurrentDomain.ProcessExit += sandbox.OnExit;
            return sandbox.Info!;
        }
        catch (Exception error)
        {
            await sandbox.EndAsync();
            Forget(sandbox);
            if (error is OperationCanceledException)
                throw;
            throw new OpsException(ErrorIds.SandboxFailed, error is OpsException known ? ShellSandboxMessages.StartFailed(known) : ShellSandboxMessages.NotStarted(error.Message), error);
        }
    }

    /// <summary>Stops it and restores the environment; null if none is running.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.SandboxFailed"/>: its state could not be saved. It is stopped in any case.</exception>
    public static async Task<SandboxInfo?> StopAsync(Guid? owner = null)
    {
        RunningSandbox? sandbox;
        lock (Gate)
        {
            sandbox = s_current;
            if (sandbox?.Info is null || (owner is not null && owner != sandbox._owner))
                return null;
        }

        try
        {
            await sandbox.EndAsync();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OpsException(ErrorIds.SandboxFailed, ShellSandboxMessages.StateNotSaved(error.Message), error);
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit -= sandbox.OnExit;
            Forget(sandbox);
        }

        return sandbox.Info;
    }

    /// <summary>The current runspace.</summary>
    public static Guid Here => Runspace.DefaultRunspace?.InstanceId ?? Guid.Empty;

    private async Task BeginAsync(SandboxEngineKind kind, SandboxOptions options, bool sample, CancellationToken cancellationToken)
    {
        _engine = await SandboxEngines.StartAsync(kind, options, cancellationToken);
        _environment = new BorrowedEnvironment(_engine);
        NameCompleter.Answers.Clear(); // A previous sandbox may have listened on the same port.
        Info = new SandboxInfo
        {
            Endpoint = _engine.Environment["AWS_ENDPOINT_URL"],
            Engine = _engine.Name,
            Region = options.Region,
            AccountId = options.AccountId,
            StateFile = options.StateFile,
            Sample = sample ? await SampleAccount.FillAsync(_engine, cancellationToken) : null,
        };
    }

    private async Task EndAsync()
    {
        _environment?.Restore();
        NameCompleter.Answers.Clear();
        if (_engine is not null)
            await _engine.StopAsync();
    }

    private static void Forget(RunningSandbox sandbox)
    {
        lock (Gate)
        {
            if (s_current == sandbox)
                s_current = null;
        }
    }

    private void OnExit(object? sender, EventArgs e) => Task.Run(EndAsync).Wait(PatienceAtExit);
}
