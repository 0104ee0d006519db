using System.Text.Json;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Patterns.Values;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Projects;

/// <summary>What the schemas of a project demand of events.</summary>
public sealed class ProjectContract
{
    private readonly ILookup<(string, string), ProjectSchema> _schemas;

    private ProjectContract(IEnumerable<ProjectSchema> schemas) =>
        _schemas = schemas.Where(schema => schema.Source is not null).OrderByDescending(schema => schema.Version).ToLookup(schema => (schema.Source!, schema.DetailType));

    /// <summary>Reads the schemas of a project.</summary>
    /// <param name="folder">The full path of its folder.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidProject"/>: the folder is not a project, or its settings or a schema is not valid.</exception>
    public static ProjectContract Read(string folder)
    {
        Project project = Project.Read(folder);
        return project.Faults.FirstOrDefault(fault => fault.File == project.Settings?.File.Path || project.Settings is null || fault.File.StartsWith(Project.SchemaFolder + "/", StringComparison.Ordinal)) is { } fault
            ? throw new OpsException(ErrorIds.InvalidProject, ProjectMessages.ContractNotUsable($"{fault.File}:{fault.Place}", fault.Reason))
            : new ProjectContract(project.Schemas);
    }

    /// <summary>Whether a schema describes events of a source and a detail type.</summary>
    /// <param name="source">The source.</param>
    /// <param name="detailType">The detail type.</param>
    public bool Describes(string source, string detailType) => _schemas.Contains((source, detailType));

    /// <summary>Why an entry does not follow its schema; null if it follows a version that is not retired, or no schema describes it.</summary>
    /// <param name="entry">The entry.</param>
    public Message? Fault(EventEntry entry)
    {
        ProjectSchema[] all = [.. _schemas[(entry.Source, entry.DetailType)]], versions = [.. all.Where(version => !version.IsRetired)];
        if (versions.Length == 0)
            return all.Length == 0 ? null : ProjectMessages.Retired(all[0].Name);
        JsonElement detail;
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(entry.Detail, new JsonDocumentOptions { MaxDepth = Document.MaxDepth });
            detail = parsed.RootElement.Clone();
        }
        catch (JsonException e)
        {
            return ProjectMessages.DetailNotJson(JsonFault.Text(e));
        }

        if (versions.Any(version => version.Schema!.IsValid(detail)))
            return null;
        // Of several versions, the latest is the one that is meant.
        SchemaViolation violation = versions[0].Schema!.Validate(detail)[0];
        return ProjectMessages.Violates(versions[0].Name, violation.Reason, violation.Pointer.Length == 0 ? "/" : violation.Pointer, violation.SchemaPointer);
    }
}
