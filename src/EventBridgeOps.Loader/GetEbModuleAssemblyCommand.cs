using System.Management.Automation;
using System.Reflection;

namespace EventBridgeOps.Loader;

/// <summary>Loads the assembly of the module into its own load context. For internal use; the module does not export it.</summary>
/// <remarks>It is a cmdlet because a module that is imported in Constrained Language Mode cannot call .NET methods.</remarks>
[Cmdlet(VerbsCommon.Get, "EbModuleAssembly")]
[OutputType(typeof(Assembly))]
public sealed class GetEbModuleAssemblyCommand : PSCmdlet
{
    /// <summary>The full path of the assembly.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(ModuleLoadContext.Load(System.IO.Path.GetFullPath(Path)));
}
