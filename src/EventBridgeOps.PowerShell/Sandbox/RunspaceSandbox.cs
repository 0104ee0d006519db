using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.PowerShell.Sandbox;

/// <summary>The sandbox of one runspace, which ends with the runspace, the module or the process. Others are not affected.</summary>
internal sealed class RunspaceSandbox
{
    private static readonly ConditionalWeakTable<Runspace, RunspaceSandbox> OfRunspace = new();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly Runspace? _runspace;
    private readonly ShellEnvironment _environment = ShellEnvironment.Here;
    private RunningSandbox? _current;

    private RunspaceSandbox(Runspace? runspace) => _runspace = runspace;

    /// <summary>That of the runspace whose pipeline thread asks.</summary>
    public static RunspaceSandbox Here => Runspace.DefaultRunspace is { } runspace ? OfRunspace.GetValue(runspace, one => new RunspaceSandbox(one)) : new RunspaceSandbox(null);

    /// <summary>Whether this is the runspace of the prompt, which is the first one of a process.</summary>
    public bool IsOfPrompt => _runspace?.Id == 1;

    /// <summary>The sandbox that runs; null if none does, or while it starts.</summary>
    public SandboxInfo? Info
    {
        get
        {
            lock (_gate)
                return _current?.Info;
        }
    }

    /// <summary>Starts the sandbox.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.SandboxFailed"/>: one is already running, or it could not be started or filled.</exception>
    public async Task<SandboxInfo> StartAsync(SandboxEngineKind kind, SandboxOptions options, bool sample, bool setsEnvironment, CancellationToken cancellationToken)
    {
        RunningSandbox sandbox = new(_environment);
        lock (_gate)
        {
            if (_current is { } running)
                throw new OpsException(ErrorIds.SandboxFailed, running.Info is { } info ? ShellSandboxMessages.AlreadyRunningAt(info.Endpoint) : ShellSandboxMessages.AlreadyRunning());
            _current = sandbox;
        }

        try
        {
            await sandbox.BeginAsync(kind, options, sample, setsEnvironment, cancellationToken);
            AppDomain.CurrentDomain.ProcessExit += OnExit;
            if (_runspace is not null)
                _runspace.StateChanged += OnStateChanged;
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

    /// <summary>Stops the sandbox and restores the environment; null if none is running.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.SandboxFailed"/>: its state could not be saved. It is stopped in any case.</exception>
    public async Task<SandboxInfo?> StopAsync()
    {
        RunningSandbox? sandbox;
        lock (_gate)
        {
            sandbox = _current;
            if (sandbox?.Info is null)
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
            AppDomain.CurrentDomain.ProcessExit -= OnExit;
            if (_runspace is not null)
                _runspace.StateChanged -= OnStateChanged;
            Forget(sandbox);
        }

        return sandbox.Info;
    }

    private void Forget(RunningSandbox sandbox)
    {
        lock (_gate)
        {
            if (_current == sandbox)
                _current = null;
        }
    }

    private void OnExit(object? sender, EventArgs e) => End();

    private void OnStateChanged(object? sender, RunspaceStateEventArgs e)
    {
        if (e.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken)
            End();
    }

    // A fault has no reader at this point.
    private void End() => Task.Run(StopAsync).ContinueWith(done => _ = done.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait(Patience);
}
