using System.Reflection;
using System.Text;

namespace EventBridgeOps.Projects.Making;

/// <summary>The sample projects.</summary>
public static class ProjectSamples
{
    /// <summary>The project that has its settings and nothing else.</summary>
    public const string Empty = "empty";

    private const string Prefix = "EventBridgeOps.Projects.Samples/";

    /// <summary>The names of the samples.</summary>
    public static IReadOnlyList<string> Names { get; } = ["orchestrator", "mvp", "cicd", "ecr-batch", Empty];

    /// <summary>The files of a sample: their paths, relative to the folder of the project, with their texts.</summary>
    /// <param name="name">The name of the sample.</param>
    public static IEnumerable<KeyValuePair<string, string>> Files(string name)
    {
        Assembly assembly = typeof(ProjectSamples).Assembly;
        string prefix = $"{Prefix}{name}/";
        foreach (string resource in assembly.GetManifestResourceNames().Where(resource => resource.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(resource => resource, StringComparer.Ordinal))
        {
            using StreamReader reader = new(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            yield return new KeyValuePair<string, string>(resource.Substring(prefix.Length), reader.ReadToEnd());
        }
    }
}
