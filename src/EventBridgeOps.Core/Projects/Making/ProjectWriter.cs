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
                File.WriteAllBytes(draft, Bytes(text, file.HasMark));
                File.Replace(draft, full, destinationBackupFileName: null);
            }
            finally
            {
                File.Delete(draft);
            }
        });
        return new ProjectFile { Path = file.Path, State = ProjectFileState.Changed };
    }

    /// <summary>Writes a file as a whole, with the line ends that it has; it is created if it does not exist.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidProject"/>: the file cannot be written.</exception>
    public ProjectFile Write(string path, string text) =>
        folder.Exists(path) && folder.Read(path, out _) is { } before ? Change(before, text.Replace("\n", before.LineEnd)) : Create([new(path, text)])[0];

    /// <summary>Writes a file that only the user can read.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidProject"/>: the file cannot be written.</exception>
    public ProjectFile Keep(string path, ProjectText? before, string text)
    {
        if (text != before?.Text)
            Guard(path, full => PrivateFiles.Write(full, Bytes(text, before?.HasMark == true)));
        return new ProjectFile { Path = path, State = before is null ? ProjectFileState.Created : text == before.Text ? ProjectFileState.Unchanged : ProjectFileState.Changed };
    }

    private static byte[] Bytes(string text, bool hasMark) => [.. hasMark ? Encoding.UTF8.GetPreamble() : [], .. Utf8.GetBytes(text)];

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
