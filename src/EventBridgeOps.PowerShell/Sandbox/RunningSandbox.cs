using System.Management.Automation.Runspaces;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Engines;
using EventBridgeOps.Sandbox.Sample;

namespace EventBridgeOps.PowerShell.Sandbox;

/// <summary>The one sandbox of this process. It is the process's, as the environment variables are that point everything to it.</summary>
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
    /// <exception cref="OpsException"><see cref="ErrorIds.SandboxFailed"/>: one runs already, or it could not be started or filled.</exception>
    public static async Task<SandboxInfo> StartAsync(SandboxEngineKind kind, SandboxOptions options, bool sample, Guid owner, CancellationToken cancellationToken)
    {
        RunningSandbox sandbox = new(owner);
        lock (Gate)
        {
            if (s_current is { } running)
                throw new OpsException(ErrorIds.SandboxFailed, $"A sandbox runs in this process already{(running.Info is { } info ? $", at {info.Endpoint}" : "")}. Stop it first: Stop-EbSandbox.");
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
            throw new OpsException(ErrorIds.SandboxFailed, $"The sandbox could not be started: {error.Message}", error);
        }
    }

    /// <summary>Stops it and puts the environment back; null when none runs.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.SandboxFailed"/>: its state could not be saved; it is stopped nevertheless.</exception>
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
            throw new OpsException(ErrorIds.SandboxFailed, $"The sandbox has stopped, but its state could not be saved: {error.Message}", error);
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit -= sandbox.OnExit;
            Forget(sandbox);
        }

        return sandbox.Info;
    }

    /// <summary>Who works: the shell, or one of its runspaces.</summary>
    public static Guid Here => Runspace.DefaultRunspace?.InstanceId ?? Guid.Empty;

    private async Task BeginAsync(SandboxEngineKind kind, SandboxOptions options, bool sample, CancellationToken cancellationToken)
    {
        _engine = await SandboxEngines.StartAsync(kind, options, cancellationToken);
        _environment = new BorrowedEnvironment(_engine);
        NameCompleter.Answers.Clear(); // One that ended may have listened at the same port.
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
