using System.Collections;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.PowerShell.Sandbox;

/// <summary>The environment variables by which AWS tools find a sandbox, and those that would lead elsewhere: null for each of these.</summary>
internal static class SandboxVariables
{
    /// <summary>The variables of an engine.</summary>
    public static Dictionary<string, string?> Of(ISandboxEngine engine)
    {
        IEnumerable<string> endpoints = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => (string)variable.Key).Where(name => name.StartsWith("AWS_ENDPOINT_URL_", StringComparison.OrdinalIgnoreCase));
        Dictionary<string, string?> variables = SandboxEnvironment.Elsewhere.Concat(endpoints).Distinct().ToDictionary(variable => variable, _ => (string?)null);
        foreach (KeyValuePair<string, string> variable in engine.Environment)
            variables[variable.Key] = variable.Value;
        return variables;
    }
}

/// <summary>The environment of the process while it points to a sandbox. One sandbox at a time can have it. Everything is restored at the end.</summary>
internal sealed class BorrowedEnvironment
{
    private static readonly object Gate = new();
    private static readonly string[] Proxies = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];
    private static BorrowedEnvironment? s_current; // The process has one environment.

    private readonly Dictionary<string, string?> _before = [];
    private readonly string _endpoint;

    private BorrowedEnvironment(string endpoint) => _endpoint = endpoint;

    /// <summary>Points the process to an engine.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.SandboxFailed"/>: it points to another one already.</exception>
    public static BorrowedEnvironment Borrow(ISandboxEngine engine)
    {
        lock (Gate)
        {
            if (s_current is { } other)
                throw new OpsException(ErrorIds.SandboxFailed, ShellSandboxMessages.EnvironmentTaken(other._endpoint));
            s_current = new BorrowedEnvironment(engine.Endpoint.ToString());
            s_current.SetAll(SandboxVariables.Of(engine));
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

    private void SetAll(Dictionary<string, string?> variables)
    {
        foreach (KeyValuePair<string, string?> variable in variables)
            Set(variable.Key, variable.Value);
        if (!Proxies.Any(proxy => Environment.GetEnvironmentVariable(proxy) is { Length: > 0 }))
            return;
        foreach (string variable in new[] { "NO_PROXY", "no_proxy" })
            Set(variable, string.Join(",", new[] { Environment.GetEnvironmentVariable(variable), "127.0.0.1" }.Where(host => !string.IsNullOrEmpty(host))));
    }

    private void Set(string variable, string? value)
    {
        _before[variable] = Environment.GetEnvironmentVariable(variable);
        Environment.SetEnvironmentVariable(variable, value);
    }
}
