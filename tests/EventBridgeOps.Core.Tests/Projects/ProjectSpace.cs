using EventBridgeOps.Events.Runs;
using EventBridgeOps.Projects.Making;
using EventBridgeOps.Projects.Testing;

namespace EventBridgeOps.Core.Tests.Projects;

/// <summary>A project in a folder of its own.</summary>
public sealed class ProjectSpace : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ebops-project-");

    public string Root => _folder.FullName;

    internal static ProjectSpace Of(string sample)
    {
        ProjectSpace space = new();
        ProjectMaker.Make(space.Root, new NewProjectRequest { Sample = sample });
        return space;
    }

    internal string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    internal void Write(string path, string text)
    {
        string full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    internal void Replace(string path, string from, string to)
    {
        string text = Read(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        Write(path, text.Replace(from, to, StringComparison.Ordinal));
    }

    internal ProjectTest Test() => ProjectTester.Test(Root, SilentObserver.Instance, TestContext.Current.CancellationToken);

    /// <summary>What was found besides what passed, as compilers write it.</summary>
    internal string[] Found() => [.. Test().Findings.Where(finding => finding.State != FindingState.Passed).Select(finding => finding.ToText())];

    public void Dispose() => _folder.Delete(recursive: true);
}
