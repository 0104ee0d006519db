using System.Text.RegularExpressions;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects.Files;

namespace EventBridgeOps.Projects.Making;

/// <summary>Makes projects.</summary>
public static class ProjectMaker
{
    /// <summary>The folder with the schemas by which editors complete.</summary>
    public const string EditorFolder = ".ebops";

    private static readonly Regex NameLine = new(@"^name: .*$", RegexOptions.Multiline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>Makes a project in a folder. Files that exist are not overwritten.</summary>
    /// <param name="folder">The full path of the folder, which is created if it does not exist.</param>
    /// <param name="request">What to make.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: a value is not valid. <see cref="ErrorIds.InvalidProject"/>: one of the files exists; nothing was written.</exception>
    public static IReadOnlyList<ProjectFile> Make(string folder, NewProjectRequest request)
    {
        request.Check();
        ProjectFolder place = new(folder);
        string sample = request.Sample ?? ProjectSamples.Empty;
        string? name = request.Name ?? (sample == ProjectSamples.Empty ? ProjectNames.Of(place.Root) : null);
        List<KeyValuePair<string, string>> files = [];
        // A folder under version control has hidden files of its own.
        foreach (KeyValuePair<string, string> file in ProjectSamples.Files(sample).Where(file => file.Key[0] != '.' || !place.Exists(file.Key)))
            files.Add(file.Key == ProjectFolder.SettingsFile && name is not null ? new KeyValuePair<string, string>(file.Key, Named(file.Value, name, sample == ProjectSamples.Empty)) : file);
        foreach (EditorSchema schema in EditorSchema.All)
            files.Add(new KeyValuePair<string, string>($"{EditorFolder}/{schema.FileName}", schema.Text));
        return new ProjectWriter(place).Create(files);
    }

    private static string Named(string settings, string name, bool isEmpty)
    {
        string named = NameLine.Replace(settings, "name: " + name);
        return isEmpty ? named.Replace("com.example.project", "com.example." + name) : named;
    }
}
