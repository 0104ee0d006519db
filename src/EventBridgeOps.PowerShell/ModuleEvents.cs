using System.Management.Automation;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Sandbox;
#if NETSTANDARD2_0
using System.Reflection;
#endif

namespace EventBridgeOps.PowerShell;

/// <summary>Runs when the module is imported and removed.</summary>
public sealed class ModuleEvents : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <summary>Windows PowerShell does not redirect one version of an assembly to another; for the folder of the module, this does.</summary>
    public void OnImport()
    {
#if NETSTANDARD2_0
        AppDomain.CurrentDomain.AssemblyResolve += Resolve;
#endif
    }

    /// <summary>Stops the sandbox of this runspace with the module.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        RunspaceSandbox here = RunspaceSandbox.Here;
        try
        {
            Task.Run(() => here.StopAsync()).GetAwaiter().GetResult();
        }
        catch (OpsException e)
        {
            ErrorRecords.Spell(e);
            throw;
        }

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
