using System.Runtime.CompilerServices;

namespace EventBridgeOps.Tests;

/// <summary>The tests, and the processes that they start, see nothing of the machine's own AWS and proxy configuration, and an empty home.</summary>
internal static class Isolation
{
    public static string Home { get; } = Directory.CreateTempSubdirectory("ebops-home-").FullName;

    [ModuleInitializer]
    internal static void Isolate()
    {
        string[] own = ["EBOPS_JOURNAL", "EVENTBRIDGE_BUS_NAME", "RULE_NAME", "JOB_DEFINITION_NAME", "NO_COLOR", "XDG_CACHE_HOME", "XDG_STATE_HOME"];
        foreach (string name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => name.StartsWith("AWS_", StringComparison.Ordinal) || name.EndsWith("_proxy", StringComparison.OrdinalIgnoreCase) || own.Contains(name)))
            Environment.SetEnvironmentVariable(name, null);
        Environment.SetEnvironmentVariable("HOME", Home);
        Environment.SetEnvironmentVariable("XDG_RUNTIME_DIR", Home);
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Home, recursive: true);
    }
}
