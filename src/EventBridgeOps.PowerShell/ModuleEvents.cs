using System.Management.Automation;
using EventBridgeOps.PowerShell.Sandbox;
#if NETSTANDARD2_0
using System.Reflection;
#endif

namespace EventBridgeOps.PowerShell;

/// <summary>What happens when the module is imported and removed.</summary>
public sealed class ModuleEvents : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <summary>On Windows PowerShell nothing redirects one version of an assembly to another; for our own folder, this does.</summary>
    public void OnImport()
    {
#if NETSTANDARD2_0
        AppDomain.CurrentDomain.AssemblyResolve += Resolve;
#endif
    }

    /// <summary>A sandbox of this runspace ends with the module.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        Guid here = RunningSandbox.Here;
        Task.Run(() => RunningSandbox.StopAsync(here)).GetAwaiter().GetResult();
#if NETSTANDARD2_0
        AppDomain.CurrentDomain.AssemblyResolve -= Resolve;
#endif
    }

#if NETSTANDARD2_0
    private static Assembly? Resolve(object? sender, ResolveEventArgs args)
    {
        string folder = Path.GetDirectoryName(typeof(ModuleEvents).Assembly.Location)!;
        bool isOurs = args.RequestingAssembly is not { IsDynamic: false } asking || Path.GetDirectoryName(asking.Location) == folder;
        string file = Path.Combine(folder, new AssemblyName(args.Name).Name + ".dll");
        return isOurs && File.Exists(file) ? Assembly.LoadFrom(file) : null;
    }
#endif
}
