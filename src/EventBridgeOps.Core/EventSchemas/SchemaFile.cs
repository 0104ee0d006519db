using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.EventSchemas;

/// <summary>Reads schemas from files, with the files beside them to which they refer.</summary>
public static class SchemaFile
{
    private const int Megabytes = 10;

    /// <summary>Reads a schema.</summary>
    /// <param name="path">The file, as the user named it.</param>
    /// <param name="fullPath">Its full path; null if <paramref name="path"/> is one.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.FileNotReadable"/>, or <see cref="ErrorIds.InvalidSchema"/> with the first fault.</exception>
    public static EventSchema Read(string path, string? fullPath = null) => TryRead(path, fullPath).Require(path);

    /// <summary>Reads a schema, or says all that is wrong with it.</summary>
    /// <param name="path">The file, as the user named it.</param>
    /// <param name="fullPath">Its full path; null if <paramref name="path"/> is one.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.FileNotReadable"/>.</exception>
    public static SchemaReading TryRead(string path, string? fullPath = null)
    {
        string full = fullPath ?? path;
        string text = InputFile.ReadText(path, Megabytes, full);
        string folder = Path.GetDirectoryName(full) ?? ".", file = Path.GetFileName(full);
        Dictionary<string, string> others = SchemaReferences.Closure(file, text, other => Other(folder, other));
        return EventSchema.Read(text, Path.GetFileName(path) is { Length: > 0 } name ? name : path, others);
    }

    // What a schema names is not trusted to lead out of its folder, as a link could.
    private static string? Other(string folder, string path)
    {
        string full = folder;
        foreach (string part in path.Split('/'))
        {
            full = Path.Combine(full, part);
            if (!Directory.Exists(full) && !File.Exists(full))
                return null;
            if ((File.GetAttributes(full) & FileAttributes.ReparsePoint) != 0)
                return null;
        }

        return File.Exists(full) ? InputFile.ReadText(full, Megabytes) : null;
    }
}
