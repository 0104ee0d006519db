using System.Reflection;
using System.Runtime.Loader;

namespace EventBridgeOps.Loader;

/// <summary>
/// The load context of the module, apart from the shell and from all other modules. Assemblies in the folder of the module are loaded from there, even
/// if the same assembly is loaded elsewhere; all others (the runtime and the shell itself) are those of the shell.
/// </summary>
internal sealed class ModuleLoadContext : AssemblyLoadContext
{
    private static readonly object Gate = new();
    private static ModuleLoadContext? s_current;

    private readonly string _folder;

    private ModuleLoadContext(string folder)
        : base("EventBridgeOps") => _folder = folder;

    /// <summary>
    /// The assembly of the module. All runspaces of the process share it, and another copy of the same version is not loaded beside it, because PowerShell
    /// identifies cmdlets by the full names of their types. Each version has its own loader.
    /// </summary>
    /// <param name="file">The full path of the assembly.</param>
    public static Assembly Load(string file)
    {
        lock (Gate)
        {
            s_current ??= new ModuleLoadContext(Path.GetDirectoryName(file)!);
            return s_current.LoadFromAssemblyPath(Path.Combine(s_current._folder, Path.GetFileName(file)));
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string file = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
    }
}
