using System.Reflection;

namespace EventBridgeOps.Events.Runs;

/// <summary>Which version of the product this is; all of its assemblies have the same.</summary>
public static class ProductVersion
{
    /// <summary>The version without the commit that the build stamps after a plus sign.</summary>
    public static string Text { get; } =
        (typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}
