using System.Reflection;
using System.Runtime.Loader;

namespace EventBridgeOps.Loader;

/// <summary>
/// What a copy of the module brings, loaded apart from the shell and from all other modules. Whatever lies in the module's folder is taken from
/// there, even when the same assembly is loaded elsewhere; all else (the runtime and the shell itself) is the shell's.
/// </summary>
internal sealed class ModuleLoadContext : AssemblyLoadContext
{
    private static readonly Dictionary<string, ModuleLoadContext> Contexts = new(StringComparer.Ordinal);

    private readonly string _folder;

    private ModuleLoadContext(string folder)
        : base("EventBridgeOps") => _folder = folder;

    /// <summary>The context of a folder: one for each copy of the module, shared by the process's runspaces, since assemblies are never unloaded.</summary>
    public static ModuleLoadContext For(string folder)
    {
        lock (Contexts)
        {
            if (!Contexts.TryGetValue(folder, out ModuleLoadContext? context))
                Contexts.Add(folder, context = new ModuleLoadContext(folder));
            return context;
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string file = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
    }
}
