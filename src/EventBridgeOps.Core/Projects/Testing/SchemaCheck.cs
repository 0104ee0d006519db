using System.Text.Json;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Schemas.Comparing;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Projects.Testing;

/// <summary>Checks that schemas are usable, and that those which were published are as they were.</summary>
internal sealed class SchemaCheck : IProjectCheck
{
    private static readonly string[] s_names = [EventSchema.SourceKeyword, EventSchema.DetailTypeKeyword];

    public void Run(Project project, Findings findings)
    {
        foreach (ProjectSchema schema in project.Schemas)
        {
            if (schema.Schema is null)
                continue; // The faults of files say why.
            foreach (string keyword in s_names.Where(keyword => schema.Schema.Root.ValueKind == JsonValueKind.Object && schema.Schema.Root.TryGetProperty(keyword, out JsonElement name) && (name.ValueKind != JsonValueKind.String || name.GetString()!.Trim().Length == 0)))
                findings.Fail(ProjectCheck.Schema, schema.Name, schema.File.Fault(JsonPointers.Add("", keyword), ProjectTestMessages.EmptyName(keyword)));
            foreach (UnknownKeyword unknown in SchemaKeywords.Misspelled(schema.Schema))
                findings.Warn(ProjectCheck.Schema, schema.Name, schema.File.FaultOfKey(unknown.Pointer, ProjectTestMessages.UnknownKeyword(unknown.Keyword, unknown.Meant)));
            if (project.Schemas.FirstOrDefault(other => other != schema && other.Family != schema.Family && other.Source == schema.Source && other.DetailType == schema.DetailType && schema.Source is not null) is { } same)
                findings.Fail(ProjectCheck.Schema, schema.Name, schema.File.Fault("", ProjectTestMessages.SameEvents(schema.DetailType, schema.Source!, same.Name)));
            if (schema.Source is null)
                findings.Fail(ProjectCheck.Schema, schema.Name, schema.File.Fault("", ProjectTestMessages.NoSource()));
            else
                findings.Pass(ProjectCheck.Schema, schema.Name, schema.File, ProjectTestMessages.ValidSchema(schema.Source, schema.DetailType));
            if (schema.Schema.Root.ValueKind != JsonValueKind.Object)
                findings.Warn(ProjectCheck.Schema, schema.Name, schema.File.Fault("", ProjectTestMessages.NoSchemaAtAll()));
        }

        Dictionary<string, ProjectSchema> known = project.Schemas.ToDictionary(schema => schema.Name, StringComparer.Ordinal);
        foreach (KeyValuePair<string, PublishedSchema> published in project.Lock.Schemas)
        {
            if (known.TryGetValue(published.Key, out ProjectSchema? schema))
            {
                if (schema.Digest != published.Value.Digest)
                    findings.Fail(ProjectCheck.Published, schema.Name, schema.File.Fault("", ProjectTestMessages.Edited(schema.Name, Next(project, schema))));
                else
                    findings.Pass(ProjectCheck.Published, schema.Name, schema.File, ProjectTestMessages.Unchanged());
            }
            else if (project.Settings?.Retired.Contains(published.Key, StringComparer.Ordinal) == false)
            {
                findings.Fail(ProjectCheck.Published, published.Key, new Files.ProjectFault($"{Project.SchemaFolder}/{published.Key}.json", TextPlace.Start, "", ProjectTestMessages.Gone(published.Key)));
            }
        }
    }

    private static string Next(Project project, ProjectSchema schema) =>
        FormattableString.Invariant($"{schema.Family}.v{project.Schemas.Where(other => other.Family == schema.Family).Max(other => other.Version) + 1}");
}
