using System.Text;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Projects.Files;

/// <summary>The folder of a project, whose files are read and never executed.</summary>
/// <remarks>
/// A path is relative to the folder, with slashes, and leads to a file in it: <c>..</c>, full paths and symbolic links are refused, as a project can come from
/// anybody. A file has at most <see cref="MostBytes"/> bytes, and a folder is looked at <see cref="Deepest"/> levels deep.
/// </remarks>
public sealed class ProjectFolder
{
    /// <summary>The most bytes of a file.</summary>
    public const int MostBytes = 2 * 1024 * 1024;

    /// <summary>The most files of a folder.</summary>
    public const int MostFiles = 20_000;

    private const int Deepest = 4;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The settings of a project, which also mark its folder.</summary>
    public const string SettingsFile = "ebproject.yaml";

    /// <summary>The folder of a project.</summary>
    /// <param name="root">The full path of the folder, or of its <c>ebproject.yaml</c>.</param>
    public ProjectFolder(string root)
    {
        string full = FullPaths.From(null, root);
        Root = Path.GetFileName(full) == SettingsFile && File.Exists(full) ? Path.GetDirectoryName(full)! : full;
    }

    /// <summary>The full path of the folder.</summary>
    public string Root { get; }

    /// <summary>Whether the folder has a project.</summary>
    public bool IsProject => File.Exists(Path.Combine(Root, SettingsFile));

    /// <summary>Whether a file is a note for people, which can be anywhere and is not read.</summary>
    /// <param name="path">Its path.</param>
    public static bool IsNote(string path) => path.EndsWith(".md", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase);

    /// <summary>The full path of a file.</summary>
    /// <param name="path">Its path, relative to the folder.</param>
    /// <param name="fault">Why the path is refused.</param>
    public string? FullPath(string path, out Message? fault)
    {
        fault = null;
        string[] parts = path.Split('/');
        if (path.Length == 0 || path.IndexOfAny(['\\', ':', '\0']) >= 0 || parts.Any(part => part is "" or "." or ".."))
        {
            fault = ProjectFileMessages.OutsideFolder(path);
            return null;
        }

        string full = Root;
        foreach (string part in parts)
        {
            full = Path.Combine(full, part);
            if (!IsLink(full))
                continue;
            fault = ProjectFileMessages.IsLink(path);
            return null;
        }

        return full;
    }

    /// <summary>Whether there is a file.</summary>
    /// <param name="path">Its path, relative to the folder.</param>
    public bool Exists(string path) => FullPath(path, out _) is { } full && File.Exists(full);

    /// <summary>Whether there is anything of a name, also what cannot be read as a file.</summary>
    /// <param name="name">The name of a file of the folder itself.</param>
    internal bool Has(string name) => File.Exists(Path.Combine(Root, name)) || Directory.Exists(Path.Combine(Root, name)) || IsLink(Path.Combine(Root, name));

    /// <summary>The files of a folder and of the folders in it, in the ordinal order of their paths.</summary>
    /// <param name="folder">The folder, relative to that of the project.</param>
    /// <param name="faults">Receives what is refused.</param>
    public IReadOnlyList<string> List(string folder, ICollection<ProjectFault> faults)
    {
        List<string> found = [];
        if (FullPath(folder, out Message? fault) is not { } full)
            faults.Add(new ProjectFault(folder, TextPlace.Start, "", fault!));
        else if (Directory.Exists(full))
            List(full, folder, 1, found, faults);
        else if (File.Exists(full))
            faults.Add(new ProjectFault(folder, TextPlace.Start, "", ProjectFileMessages.FileAsFolder(folder)));
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path, relative to the folder.</param>
    /// <param name="fault">Why it cannot be read.</param>
    public ProjectText? Read(string path, out ProjectFault? fault)
    {
        fault = null;
        TextPlace place = TextPlace.Start;
        if (FullPath(path, out Message? refused) is { } full && ReadBytes(path, full, out refused) is { } bytes)
        {
            bool hasMark = bytes.Length >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF;
            if (Decode(hasMark ? bytes.Skip(3).ToArray() : bytes, out place) is { } text)
                return new ProjectText(path, text, hasMark);
            refused = ProjectFileMessages.NotText();
        }

        fault = new ProjectFault(path, place, "", refused!);
        return null;
    }

    private static byte[]? ReadBytes(string path, string full, out Message? fault)
    {
        fault = null;
        try
        {
            if (SpecialFile.Fault(full) is { } special)
            {
                fault = ProjectFileMessages.NotReadable(path, special);
                return null;
            }

            using FileStream file = new(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > MostBytes)
            {
                fault = ProjectFileMessages.TooLong(MostBytes / 1024 / 1024);
                return null;
            }

            byte[] bytes = new byte[file.Length];
            int count = 0, read;
            while (count < bytes.Length && (read = file.Read(bytes, count, bytes.Length - count)) > 0)
                count += read;
            Array.Resize(ref bytes, count);
            return bytes;
        }
        catch (Exception e) when (InputFile.IsFault(e))
        {
            fault = ProjectFileMessages.NotReadable(path, InputFile.Reason(full, e));
            return null;
        }
    }

    private static string? Decode(byte[] bytes, out TextPlace fault)
    {
        fault = TextPlace.Start;
        int length = Array.IndexOf(bytes, (byte)0);
        try
        {
            string text = Utf8.GetString(bytes);
            if (length < 0)
                return text;
        }
        catch (DecoderFallbackException e)
        {
            length = e.Index;
        }

        string before = Encoding.UTF8.GetString(bytes, 0, Math.Max(0, length));
        fault = new TextPlace(before.Count(letter => letter == '\n') + 1, before.Length - before.LastIndexOf('\n'));
        return null;
    }

    private static void List(string full, string folder, int depth, List<string> found, ICollection<ProjectFault> faults)
    {
        try
        {
            foreach (string entry in Directory.EnumerateFileSystemEntries(full))
            {
                string name = Path.GetFileName(entry), path = $"{folder}/{name}";
                if (name[0] == '.')
                    continue;
                if (found.Count >= MostFiles)
                {
                    faults.Add(new ProjectFault(folder, TextPlace.Start, "", ProjectFileMessages.TooManyFiles(MostFiles)));
                    return;
                }

                if (IsLink(entry))
                    faults.Add(new ProjectFault(path, TextPlace.Start, "", ProjectFileMessages.IsLink(path)));
                else if (!Directory.Exists(entry))
                    found.Add(path);
                else if (IsNamedLikeFile(name))
                    faults.Add(new ProjectFault(path, TextPlace.Start, "", ProjectFileMessages.FolderAsFile(path)));
                else if (depth == Deepest)
                    faults.Add(new ProjectFault(path, TextPlace.Start, "", ProjectFileMessages.TooDeep(Deepest)));
                else
                    List(entry, path, depth + 1, found, faults);
            }
        }
        catch (Exception e) when (InputFile.IsFault(e))
        {
            faults.Add(new ProjectFault(folder, TextPlace.Start, "", ProjectFileMessages.NotReadable(folder, InputFile.Reason(e))));
        }
    }

    private static bool IsNamedLikeFile(string name) => ((string[])[".json", ".yaml", ".yml"]).Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static bool IsLink(string full)
    {
        try
        {
            return (File.GetAttributes(full) & FileAttributes.ReparsePoint) != 0;
        }
        catch (Exception e) when (InputFile.IsFault(e))
        {
            return false; // It does not exist: whoever opens it says so.
        }
    }
}
