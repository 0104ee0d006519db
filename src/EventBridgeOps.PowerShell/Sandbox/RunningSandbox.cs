using System.Globalization;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Engines;
using EventBridgeOps.Sandbox.Sample;

namespace EventBridgeOps.PowerShell.Sandbox;

/// <summary>A sandbox, and the environment that points to it: that of its runspace, and that of the process if it is wanted.</summary>
internal sealed class RunningSandbox(ShellEnvironment shell)
{
    private static int s_count; // Tells one from the next, since the names of all are cached together.

    private ISandboxEngine? _engine;
    private BorrowedEnvironment? _environment;

    /// <summary>Where it runs; null while it starts.</summary>
    public SandboxInfo? Info { get; private set; }

    /// <summary>Starts it.</summary>
    /// <param name="kind">The engine.</param>
    /// <param name="options">Its options.</param>
    /// <param name="sample">Whether it is filled with the sample account.</param>
    /// <param name="setsEnvironment">Whether the environment of the process points to it too.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public async Task BeginAsync(SandboxEngineKind kind, SandboxOptions options, bool sample, bool setsEnvironment, CancellationToken cancellationToken)
    {
        _engine = await SandboxEngines.StartAsync(kind, options, cancellationToken);
        Dictionary<string, string?> own = [];
        if (setsEnvironment)
            _environment = BorrowedEnvironment.Borrow(_engine); // From then on the user may change $env:, so that nothing is put over it.
        else
            own = BorrowedEnvironment.Changes(_engine).ToDictionary(variable => variable.Key, variable => variable.Value);
        own[SessionHost.SandboxVariable] = Interlocked.Increment(ref s_count).ToString(CultureInfo.InvariantCulture);
        shell.SetOwn(own);
        Info = new SandboxInfo
        {
            Endpoint = _engine.Environment["AWS_ENDPOINT_URL"],
            Page = kind == SandboxEngineKind.BuiltIn ? $"{_engine.Environment["AWS_ENDPOINT_URL"].TrimEnd('/')}/_sandbox/" : null,
            Engine = _engine.Name,
            Region = options.Region,
            AccountId = options.AccountId,
            StateFile = options.StateFile,
            Sample = sample ? await SampleAccount.FillAsync(_engine, cancellationToken) : null,
        };
    }

    /// <summary>Restores the environment, and stops it.</summary>
    public async Task EndAsync()
    {
        shell.SetOwn(new Dictionary<string, string?>());
        _environment?.Restore();
        if (_engine is not null)
            await _engine.StopAsync();
    }
}
