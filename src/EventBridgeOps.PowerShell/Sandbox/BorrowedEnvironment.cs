using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.PowerShell.Sandbox;

/// <summary>The environment of the process while it points to a sandbox. One sandbox at a time can have it. Everything is restored at the end.</summary>
internal sealed class BorrowedEnvironment
{
    private static readonly object Gate = new();
    private static BorrowedEnvironment? s_current; // The process has one environment.

    private readonly Dictionary<string, string?> _before = [];
    private readonly string _endpoint;

    private BorrowedEnvironment(string endpoint) => _endpoint = endpoint;

    /// <summary>What changes in the environment of the process for an engine; null for what is removed.</summary>
    public static IReadOnlyDictionary<string, string?> Changes(ISandboxEngine engine) => SandboxEnvironment.Changes(engine.Environment, Environment.GetEnvironmentVariables());

    /// <summary>Points the process to an engine.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.SandboxFailed"/>: it points to another one already.</exception>
    public static BorrowedEnvironment Borrow(ISandboxEngine engine)
    {
        lock (Gate)
        {
            if (s_current is { } other)
                throw new OpsException(ErrorIds.SandboxFailed, ShellSandboxMessages.EnvironmentTaken(other._endpoint));
            s_current = new BorrowedEnvironment(engine.Endpoint.ToString());
            foreach (KeyValuePair<string, string?> variable in Changes(engine))
                s_current.Set(variable.Key, variable.Value);
            return s_current;
        }
    }

    /// <summary>Restores the variables.</summary>
    public void Restore()
    {
        lock (Gate)
        {
            if (s_current != this)
                return;
            foreach (KeyValuePair<string, string?> variable in _before)
                Environment.SetEnvironmentVariable(variable.Key, variable.Value);
            s_current = null;
        }
    }

    private void Set(string variable, string? value)
    {
        _before[variable] = Environment.GetEnvironmentVariable(variable);
        Environment.SetEnvironmentVariable(variable, value);
    }
}
