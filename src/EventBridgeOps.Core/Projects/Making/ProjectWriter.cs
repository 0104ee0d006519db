using System.Text;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects.Files;

namespace EventBridgeOps.Projects.Making;

/// <summary>Writes files of a project. Nothing is overwritten: a file that exists is changed, as a whole, or refused.</summary>
internal sealed class ProjectWriter(ProjectFolder folder)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Creates files; none if one of them exists.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidProject"/>: a file exists, or cannot be written.</exception>
    public IReadOnlyList<ProjectFile> Create(IReadOnlyList<KeyValuePair<string, string>> files)
    {
        string[] existing = [.. files.Select(file => file.Key).Where(path => File.Exists(Full(path)) || Directory.Exists(Full(path)))];
        if (existing.Length > 0)
            throw new OpsException(ErrorIds.InvalidProject, MakingMessages.Exists(folder.Root, existing));
        foreach (KeyValuePair<string, string> file in files)
        {
            Guard(file.Key, full =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(full)!);
                using FileStream stream = new(full, FileMode.CreateNew);
                byte[] bytes = Utf8.GetBytes(file.Value);
                stream.Write(bytes, 0, bytes.Length);
            });
        }

        return [.. files.Select(file => new ProjectFile { Path = file.Key, State = ProjectFileState.Created })];
    }

    /// <summary>Replaces the text of a file.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidProject"/>: the file cannot be written.</exception>
    public ProjectFile Change(ProjectText file, string text)
    {
        if (text == file.Text)
            return new ProjectFile { Path = file.Path, State = ProjectFileState.Unchanged };
        Guard(file.Path, full =>
        {
            string draft = $"{full}.{Path.GetRandomFileName()}";
            try
            {
                File.WriteAllBytes(draft, Utf8.GetBytes(text));
                File.Replace(draft, full, destinationBackupFileName: null);
            }
            finally
            {
                File.Delete(draft);
            }
        });
        return new ProjectFile { Path = file.Path, State = ProjectFileState.Changed };
    }

    /// <summary>Writes a file that only the user can read.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidProject"/>: the file cannot be written.</exception>
    public ProjectFile Keep(string path, string? before, string text)
    {
        if (text != before)
            Guard(path, full => PrivateFiles.Write(full, Utf8.GetBytes(text)));
        return new ProjectFile { Path = path, State = before is null ? ProjectFileState.Created : text == before ? ProjectFileState.Unchanged : ProjectFileState.Changed };
    }

    private string Full(string path) => folder.FullPath(path, out Message? fault) ?? throw new OpsException(ErrorIds.InvalidProject, fault!);

    private void Guard(string path, Action<string> write)
    {
        string full = Full(path);
        try
        {
            write(full);
        }
        catch (Exception e) when (InputFile.IsFault(e))
        {
            throw new OpsException(ErrorIds.InvalidProject, MakingMessages.NotWritten(path, InputFile.WriteReason(full, e)), e);
        }
    }
}
