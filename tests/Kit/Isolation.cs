using Xunit.Sdk;
using Xunit.v3;

namespace EventBridgeOps.Tests;

/// <summary>The tests, and the processes that they start, see nothing of the machine's own AWS and proxy configuration, and an empty home.</summary>
public sealed class Isolation : ITestPipelineStartup
{
    private static readonly string[] s_own = ["EBOPS_JOURNAL", "EVENTBRIDGE_BUS_NAME", "RULE_NAME", "JOB_DEFINITION_NAME", "NO_COLOR", "XDG_CACHE_HOME", "XDG_STATE_HOME"];

    public static string Home { get; } = Directory.CreateTempSubdirectory("ebops-home-").FullName;

    /// <summary>Runs before the tests are looked for.</summary>
    public ValueTask StartAsync(IMessageSink diagnosticMessageSink)
    {
        foreach (string name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => name.StartsWith("AWS_", StringComparison.Ordinal) || name.EndsWith("_proxy", StringComparison.OrdinalIgnoreCase) || s_own.Contains(name)))
            Environment.SetEnvironmentVariable(name, null);
        Environment.SetEnvironmentVariable("HOME", Home);
        Environment.SetEnvironmentVariable("XDG_RUNTIME_DIR", Home);
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
        return default;
    }

    public ValueTask StopAsync()
    {
        Directory.Delete(Home, recursive: true);
        return default;
    }
}
