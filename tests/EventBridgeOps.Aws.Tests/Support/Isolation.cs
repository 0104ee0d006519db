using System.Runtime.CompilerServices;

namespace EventBridgeOps.Aws.Tests.Support;

/// <summary>The tests see nothing of the machine's own AWS and proxy configuration, and the SDK finds an empty home.</summary>
internal static class Isolation
{
    public static string Home { get; } = Directory.CreateTempSubdirectory("ebops-home-").FullName;

    [ModuleInitializer]
    internal static void Isolate()
    {
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => name.StartsWith("AWS_", StringComparison.Ordinal) || name.EndsWith("_proxy", StringComparison.OrdinalIgnoreCase)))
            Environment.SetEnvironmentVariable(name, null);
        Environment.SetEnvironmentVariable("HOME", Home);
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Home, recursive: true);
    }
}
