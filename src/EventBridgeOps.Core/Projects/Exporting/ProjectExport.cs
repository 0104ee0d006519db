using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects.Files;
using EventBridgeOps.Projects.Making;
using EventBridgeOps.Projects.Templates;

namespace EventBridgeOps.Projects.Exporting;

/// <summary>The template of a project, and the files to deploy it with other tools.</summary>
/// <param name="Template">The template.</param>
/// <param name="Files">The files by their names, the template or the configuration first.</param>
public sealed record ProjectExport(ProjectTemplate Template, IReadOnlyList<KeyValuePair<string, string>> Files)
{
    /// <summary>The file with the template of the stack.</summary>
    public const string TemplateFile = "template.json";

    /// <summary>Exports a project.</summary>
    /// <param name="folder">The full path of its folder.</param>
    /// <param name="request">What to export.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidProject"/>: the folder is not a project, or a file is not valid. <see cref="ErrorIds.InvalidArgument"/>: there is no such environment or consumer.</exception>
    public static ProjectExport Of(string folder, ProjectExportRequest request)
    {
        (Project project, ProjectEnvironment environment) = request.Read(folder);
        ProjectTemplate template = request.Consumer is { } consumer ? ProjectTemplates.BuildReceiver(project, environment, consumer) : ProjectTemplates.Build(project, environment);
        List<KeyValuePair<string, string>> files = [new(TemplateFile, Text(template.Root)), .. template.Nested.Select(nested => new KeyValuePair<string, string>(nested.Key, Text(nested.Value)))];
        if (request.Format == ExportFormat.Terraform)
            files.Insert(0, new KeyValuePair<string, string>(TerraformText.FileName, TerraformText.Of(template, files)));
        return new ProjectExport(template, files);
    }

    /// <summary>The template as text, where it is one file.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: there are several files, which need a folder.</exception>
    public string ToText() => Files.Count == 1 ? Files[0].Value : throw new OpsException(ErrorIds.InvalidArgument, ExportMessages.SeveralFiles(Files.Count));

    /// <summary>A warning with the place of what it is about.</summary>
    /// <param name="warning">The warning.</param>
    public static Message Say(TemplateWarning warning) => ExportMessages.Warning(warning.Pointer.Length == 0 ? warning.Item : $"{warning.Item} {warning.Pointer}", warning.Message);

    /// <summary>Writes the files.</summary>
    /// <param name="folder">The full path of the folder, which is created if it does not exist.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidProject"/>: a file cannot be written.</exception>
    public IReadOnlyList<ProjectFile> Write(string folder)
    {
        ProjectFolder place = new(folder);
        ProjectWriter writer = new(place);
        return [.. Files.SelectMany(file => place.Exists(file.Key) && place.Read(file.Key, out _) is { } before ? [writer.Change(before, file.Value)] : writer.Create([file]))];
    }

    private static string Text(System.Text.Json.Nodes.JsonNode template) => Events.Documents.Document.WriteIndented(template) + "\n";
}
