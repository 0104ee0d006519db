using System.Text;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Projects.Files;

/// <summary>A folder in <c>.ebproject</c> of a project: what this computer keeps of its runs, which does not belong into version control.</summary>
/// <remarks>A project can come from anybody, so nothing is read or written through a symbolic link.</remarks>
/// <param name="project">The folder of the project.</param>
/// <param name="name">The name of the folder.</param>
internal sealed class WorkFolder(ProjectFolder project, string name)
{
    /// <summary>The folder of all of them.</summary>
    public const string Parent = ".ebproject";

    /// <summary>The full path.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidProject"/>: it is a symbolic link.</exception>
    public string Path => FullPath($"{Parent}/{name}");

    /// <summary>Creates the folder, and keeps git away from it.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidProject"/>: it is a symbolic link.</exception>
    public void Create()
    {
        PrivateFiles.CreateFolder(Path);
        string ignored = FullPath($"{Parent}/.gitignore");
        if (!System.IO.File.Exists(ignored))
            PrivateFiles.Write(ignored, Encoding.ASCII.GetBytes("*\n"));
    }

    /// <summary>The full path of a file of the folder.</summary>
    /// <param name="file">Its name.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidProject"/>: it is a symbolic link.</exception>
    public string File(string file) => FullPath($"{Parent}/{name}/{file}");

    private string FullPath(string path) => project.FullPath(path, out Message? fault) ?? throw new OpsException(ErrorIds.InvalidProject, fault!);
}
