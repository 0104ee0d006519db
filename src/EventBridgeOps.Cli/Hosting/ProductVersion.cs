using System.Reflection;

namespace EventBridgeOps.Cli.Hosting;

internal static class ProductVersion
{
    /// <summary>The version without the commit that the build stamps after a plus sign.</summary>
    public static string Text { get; } =
        (typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}
