using System.Reflection;
using System.Runtime.Loader;

namespace EventBridgeOps.Loader;

/// <summary>
/// What the module brings, loaded apart from the shell and from all other modules. Whatever lies in the module's folder is taken from there, even
/// when the same assembly is loaded elsewhere; all else (the runtime and the shell itself) is the shell's.
/// </summary>
internal sealed class ModuleLoadContext : AssemblyLoadContext
{
    private static readonly object Gate = new();
    private static ModuleLoadContext? s_current;

    private readonly string _folder;

    private ModuleLoadContext(string folder)
        : base("EventBridgeOps") => _folder = folder;

    /// <summary>
    /// The module's assembly. The process's runspaces share it, and another copy of the same version is not loaded beside it: PowerShell knows
    /// cmdlets by their types' full names. Each version has a loader of its own.
    /// </summary>
    /// <param name="file">The assembly's full path.</param>
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
