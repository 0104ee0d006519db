using EventBridgeOps.Events.Messages;
using EventBridgeOps.Patterns;
using EventBridgeOps.Projects.Files;
using EventBridgeOps.Projects.Matching;
using EventBridgeOps.Projects.Testing;

namespace EventBridgeOps.Projects.Making;

/// <summary>Retires versions of schemas: they are no longer published.</summary>
public static class SchemaRetirer
{
    /// <summary>Retires a version, and records it in <c>ebproject.yaml</c>.</summary>
    /// <param name="folder">The full path of the folder of the project.</param>
    /// <param name="request">Which version.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: there is no such version. <see cref="ErrorIds.InvalidProject"/>: a rule or a consumer still wants it, or what rules want is not known because of faults.</exception>
    public static IReadOnlyList<ProjectFile> Retire(string folder, RetireSchemaRequest request)
    {
        Project project = Project.Read(folder);
        ProjectSettings settings = project.Settings ?? throw new OpsException(ErrorIds.InvalidProject, MakingMessages.NotEditable(ProjectFolder.SettingsFile, project.Faults[0].Reason));
        string name = ProjectEditing.Name(request.Name);
        ProjectSchema schema = project.Schemas.FirstOrDefault(each => each.Name == name) ?? throw new OpsException(ErrorIds.InvalidArgument, MakingMessages.UnknownSchema(name, project.Schemas.Select(each => each.Name)));
        if (project.Faults.FirstOrDefault(fault => fault.File.StartsWith(Project.RuleFolder + "/", StringComparison.Ordinal)) is { } rule)
            throw new OpsException(ErrorIds.InvalidProject, MakingMessages.RulesNotKnown(rule.File, rule.Reason));
        if (project.Rules.FirstOrDefault(each => !EventPattern.Check(Events.Documents.Document.Write(each.Pattern)).IsValid) is { } invalid)
            throw new OpsException(ErrorIds.InvalidProject, MakingMessages.RulesNotKnown(invalid.File.Path, MakingMessages.PatternNotValid()));
        string[] needing = [.. VersionCheck.Needing(schema, settings, RuleReach.Of(project.Rules, project))];
        if (needing.Length > 0)
            throw new OpsException(ErrorIds.InvalidProject, MakingMessages.StillWanted(name, needing));
        if (schema.IsRetired)
            return [new ProjectFile { Path = settings.File.Path, State = ProjectFileState.Unchanged }];
        YamlEdit edit = new(settings.File);
        edit.Append("/schemas", "retired", name);
        return [ProjectEditing.Save(project, settings, edit)];
    }
}
