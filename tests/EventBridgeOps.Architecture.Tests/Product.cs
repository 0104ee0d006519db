using System.Reflection;
using Mono.Cecil;

namespace EventBridgeOps.Architecture.Tests;

/// <summary>The projects of src: their folders, and what was compiled of them.</summary>
internal static class Product
{
    private static readonly Resolver s_resolver = new();

    public static string Root { get; } = typeof(Product).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;

    public static string[] Projects { get; } = [.. Directory.EnumerateDirectories(Path.Combine(Root, "src")).Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any()).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    /// <summary>Core is what the product is about, so its namespaces carry the product's name alone.</summary>
    public static string RootNamespace(string project) => project == "EventBridgeOps.Core" ? "EventBridgeOps" : project;

    /// <summary>The program has a name of its own, and the loader carries its version in its name.</summary>
    public static string AssemblyFile(string project) =>
        Directory.EnumerateFiles(AppContext.BaseDirectory, project switch
        {
            "EventBridgeOps.Cli" => "ebops.dll",
            "EventBridgeOps.Lambda" => "bootstrap.dll",
            "EventBridgeOps.Loader" => "EventBridgeOps.Loader-*.dll",
            _ => project + ".dll",
        }).Single();

    public static ModuleDefinition Read(string project) => ModuleDefinition.ReadModule(AssemblyFile(project), new() { AssemblyResolver = s_resolver });

    public static IEnumerable<string> SourceFiles(string project) =>
        Directory.EnumerateFiles(Path.Combine(Root, "src", project), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Path.Combine(Root, "src", project), file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    /// <summary>Lets the reader look into what the projects use: the values of attributes cannot be told without the types of their arguments.</summary>
    private sealed class Resolver : DefaultAssemblyResolver
    {
        public Resolver()
        {
            foreach (string folder in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => Path.GetDirectoryName(file)!).Append(AppContext.BaseDirectory).Distinct(StringComparer.Ordinal))
                AddSearchDirectory(folder);
        }
    }
}
