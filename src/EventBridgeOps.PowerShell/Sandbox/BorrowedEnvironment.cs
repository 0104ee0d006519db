using System.Collections;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.PowerShell.Sandbox;

/// <summary>The environment of the process while a sandbox runs: its variables are set, and those that would lead elsewhere are removed. All are restored at the end.</summary>
internal sealed class BorrowedEnvironment
{
    private static readonly string[] Elsewhere =
    [
        "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT",
    ];

    private static readonly string[] Proxies = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];

    private readonly Dictionary<string, string?> _before = [];

    /// <summary>Points the process to the engine.</summary>
    public BorrowedEnvironment(ISandboxEngine engine)
    {
        foreach (string variable in Elsewhere.Concat(ServiceEndpoints()))
            Set(variable, null);
        foreach (KeyValuePair<string, string> variable in engine.Environment)
            Set(variable.Key, variable.Value);
        if (Proxies.Any(proxy => Environment.GetEnvironmentVariable(proxy) is { Length: > 0 }))
        {
            foreach (string variable in new[] { "NO_PROXY", "no_proxy" })
                Set(variable, string.Join(",", new[] { Environment.GetEnvironmentVariable(variable), "127.0.0.1" }.Where(host => !string.IsNullOrEmpty(host))));
        }
    }

    /// <summary>Restores the variables.</summary>
    public void Restore()
    {
        foreach (KeyValuePair<string, string?> variable in _before)
            Environment.SetEnvironmentVariable(variable.Key, variable.Value);
        _before.Clear();
    }

    private static List<string> ServiceEndpoints() =>
        [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => (string)variable.Key).Where(name => name.StartsWith("AWS_ENDPOINT_URL_", StringComparison.OrdinalIgnoreCase))];

    private void Set(string variable, string? value)
    {
        _before[variable] = Environment.GetEnvironmentVariable(variable);
        Environment.SetEnvironmentVariable(variable, value);
    }
}
