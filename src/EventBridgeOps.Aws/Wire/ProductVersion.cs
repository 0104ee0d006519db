using System.Reflection;

namespace EventBridgeOps.Aws.Wire;

/// <summary>How the product names itself to AWS.</summary>
internal static class ProductVersion
{
    /// <summary><c>EventBridgeOps/1.2.3</c>, without the commit that the build stamps after a plus sign.</summary>
    public static string UserAgent { get; } = "EventBridgeOps/" +
        (typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}
