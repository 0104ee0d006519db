namespace EventBridgeOps.Projects.Testing;

/// <summary>Checks that schemas are usable, and that those which were published are as they were.</summary>
internal sealed class SchemaCheck : IProjectCheck
{
    public void Run(Project project, Findings findings)
    {
        foreach (ProjectSchema schema in project.Schemas)
        {
            if (schema.Schema is null)
                continue; // The faults of files say why.
            if (schema.Source is null)
                findings.Fail(ProjectCheck.Schema, schema.Name, schema.File.Fault("", ProjectTestMessages.NoSource()));
            else
                findings.Pass(ProjectCheck.Schema, schema.Name, schema.File, ProjectTestMessages.ValidSchema(schema.Source, schema.DetailType));
            if (schema.Schema.Root.ValueKind != System.Text.Json.JsonValueKind.Object)
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
                findings.Fail(ProjectCheck.Published, published.Key, new Files.ProjectFault($"{Project.SchemaFolder}/{published.Key}.json", Events.Documents.TextPlace.Start, "", ProjectTestMessages.Gone(published.Key)));
            }
        }
    }

    private static string Next(Project project, ProjectSchema schema) =>
        FormattableString.Invariant($"{schema.Family}.v{project.Schemas.Where(other => other.Family == schema.Family).Max(other => other.Version) + 1}");
}
