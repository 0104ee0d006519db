using System.Reflection;

namespace EventBridgeOps.Lambda.Tests.Support;

/// <summary>Where things are in the repository.</summary>
internal static class Repository
{
    private static readonly string s_root = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;

    public static string Path(params string[] parts) => System.IO.Path.Combine([s_root, .. parts]);
}
