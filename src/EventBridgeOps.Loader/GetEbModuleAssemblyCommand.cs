using System.Management.Automation;
using System.Reflection;

namespace EventBridgeOps.Loader;

/// <summary>Loads the module's assembly into a context of its own. It is the module's own, and not exported.</summary>
/// <remarks>A cmdlet, since a module that is imported in Constrained Language Mode may call no .NET method.</remarks>
[Cmdlet(VerbsCommon.Get, "EbModuleAssembly")]
[OutputType(typeof(Assembly))]
public sealed class GetEbModuleAssemblyCommand : PSCmdlet
{
    /// <summary>The assembly's full path.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(ModuleLoadContext.Load(System.IO.Path.GetFullPath(Path)));
}
