using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Projects.Files;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Projects.Making;

/// <summary>Adds a schema, a rule or a consumer to a project, each with what belongs to it.</summary>
public static class ProjectAdder
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    /// <summary>Adds a version of a schema, with an example that is valid and one that is not. A version that follows another begins as its copy.</summary>
    /// <param name="folder">The full path of the folder of the project.</param>
    /// <param name="request">What to add.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: the name is not valid. <see cref="ErrorIds.InvalidProject"/>: the folder is not a project, or one of the files exists.</exception>
    public static IReadOnlyList<ProjectFile> AddSchema(string folder, AddToProjectRequest request)
    {
        Project project = Project.Read(folder);
        string given = ProjectEditing.Name(request.Name);
        if (!ProjectSchema.TryParseName(given, out string family, out int version))
        {
            version = project.Schemas.Where(schema => schema.Family == given).Select(schema => schema.Version).DefaultIfEmpty(0).Max() + 1;
            family = given;
        }

        string name = FormattableString.Invariant($"{family}.v{version}");
        if (!ProjectSchema.TryParseName(name, out _, out _))
            throw new OpsException(ErrorIds.InvalidArgument, MakingMessages.InvalidSchemaName(given));
        ProjectSchema? last = project.Schemas.LastOrDefault(schema => schema.Family == family && schema.Version < version);
        List<KeyValuePair<string, string>> files = last is null ? [.. Fresh(project, name)] : [.. CopyOf(project, last, name)];
        return new ProjectWriter(project.Folder).Create(files);
    }

    /// <summary>Adds a rule with tests. Its target is a queue that is to be replaced.</summary>
    /// <param name="folder">The full path of the folder of the project.</param>
    /// <param name="request">What to add.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: there is no such schema. <see cref="ErrorIds.InvalidProject"/>: the folder is not a project, or one of the files exists.</exception>
    public static IReadOnlyList<ProjectFile> AddRule(string folder, AddToProjectRequest request)
    {
        Project project = Project.Read(folder);
        string name = ProjectEditing.Name(request.Name);
        if (name.Length > 64 || !name.All(letter => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_'))
            throw new OpsException(ErrorIds.InvalidArgument, MakingMessages.InvalidRuleName(name));
        if (request.Schema.Count > 1)
            throw new OpsException(ErrorIds.InvalidArgument, MakingMessages.OneSchema());
        ProjectSchema schema = request.Schema.Count == 1 ? Known(project, request.Schema[0]) : Only(project);
        string source = schema.Source ?? throw new OpsException(ErrorIds.InvalidProject, MakingMessages.NoSource(schema.Name));
        ProjectExample? example = project.Examples.FirstOrDefault(each => each.Schema == schema && !each.IsInvalid);
        ProjectEnvironment? place = project.Settings?.FirstEnvironment;
        string queue = Arn.In("sqs", place?.Region ?? "eu-west-1", place?.AccountId ?? "111122223333", name).ToString();
        string rule = $"""
            # yaml-language-server: $schema=../{ProjectMaker.EditorFolder}/{EditorSchema.Rule.FileName}
            description: Sends {schema.DetailType} to a queue.
            pattern:
              source: [{Quoted(source)}]
              detail-type: [{Quoted(schema.DetailType)}]
            targets:
              queue:
                arn: {queue} # Replace it with the target that is meant.

            """;
        string given = example is not null ? Quoted(example.File.Path) : $"{{source: {Quoted(source)}, detail-type: {Quoted(schema.DetailType)}, detail: {{}}}}";
        string tests = $$$"""
            # yaml-language-server: $schema=../{{{ProjectMaker.EditorFolder}}}/{{{EditorSchema.Tests.FileName}}}
            tests:
              - name: {{{Quoted(schema.DetailType)}}}
                event: {{{given}}}
              - name: another event
                event: {source: com.example.other, detail-type: Other, detail: {}}
                matches: false

            """;
        return new ProjectWriter(project.Folder).Create([new($"{Project.RuleFolder}/{name}.yaml", Lines(rule)), new($"{Project.RuleFolder}/{name}.tests.yaml", Lines(tests))]);
    }

    /// <summary>Adds a consumer in another account.</summary>
    /// <param name="folder">The full path of the folder of the project.</param>
    /// <param name="request">What to add.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: a value is not valid. <see cref="ErrorIds.InvalidProject"/>: the folder is not a project, or the consumer exists.</exception>
    public static IReadOnlyList<ProjectFile> AddConsumer(string folder, AddToProjectRequest request)
    {
        Project project = Project.Read(folder);
        ProjectSettings settings = project.Settings ?? throw new OpsException(ErrorIds.InvalidProject, MakingMessages.NotEditable(ProjectFolder.SettingsFile, project.Faults[0].Reason));
        string name = ProjectEditing.Name(request.Name);
        if (!ProjectNames.IsName(name))
            throw new OpsException(ErrorIds.InvalidArgument, MakingMessages.InvalidName(name));
        if (request.AccountId is not { } account || !ProjectNames.IsAccount(account))
            throw new OpsException(ErrorIds.InvalidArgument, MakingMessages.NotAnAccount(request.AccountId ?? ""));
        if (settings.Consumers.Any(consumer => consumer.Name == name))
            throw new OpsException(ErrorIds.InvalidProject, MakingMessages.ConsumerExists(name));
        if (settings.Environments.All(environment => environment.AccountId == account))
            throw new OpsException(ErrorIds.InvalidArgument, MakingMessages.OwnAccount(account));
        if (request.BusArn is { } bus && Arn.TryParse(bus, out Arn? arn) && arn.AccountId != account)
            throw new OpsException(ErrorIds.InvalidArgument, MakingMessages.BusOfOtherAccount(bus, account));
        JsonObject made = new() { ["account"] = account };
        if (request.BusArn is not null)
            made["bus"] = request.BusArn;
        if (request.Schema.Count > 0)
            made["events"] = new JsonArray([.. request.Schema.Select(each => (JsonNode)Known(project, each).Name)]);
        YamlEdit edit = new(settings.File);
        edit.Set("/consumers", name, made);
        return [ProjectEditing.Save(project, settings, edit)];
    }

    private static ProjectSchema Known(Project project, string name)
    {
        ProjectSchema schema = project.Schemas.FirstOrDefault(schema => schema.Name == name) ?? throw new OpsException(ErrorIds.InvalidArgument, MakingMessages.UnknownSchema(name, project.Schemas.Select(schema => schema.Name)));
        return schema.IsRetired ? throw new OpsException(ErrorIds.InvalidArgument, MakingMessages.Retired(name)) : schema;
    }

    /// <summary>The latest version of the only schema.</summary>
    private static ProjectSchema Only(Project project)
    {
        ProjectSchema[] published = [.. project.Schemas.Where(schema => !schema.IsRetired)];
        if (published.Length == 0)
            throw new OpsException(ErrorIds.InvalidProject, MakingMessages.NoSchemas());
        return published.All(schema => schema.Family == published[0].Family) ? published[published.Length - 1]
            : throw new OpsException(ErrorIds.InvalidArgument, MakingMessages.SchemaMissing(published.Select(schema => schema.Name)));
    }

    private static IEnumerable<KeyValuePair<string, string>> Fresh(Project project, string name)
    {
        JsonObject schema = new()
        {
            ["$schema"] = Dialect,
            [EventSchema.DetailTypeKeyword] = EventSchema.TypeName(name),
            ["type"] = "object",
            ["required"] = new JsonArray("id"),
            ["properties"] = new JsonObject { ["id"] = new JsonObject { ["type"] = "string", ["minLength"] = 1 }, ["time"] = new JsonObject { ["type"] = "string", ["format"] = "date-time" } },
        };
        if (project.Settings?.Source is null)
            schema[EventSchema.SourceKeyword] = "com.example." + ProjectNames.Of(project.Folder.Root);
        yield return new($"{Project.SchemaFolder}/{name}.json", Document.WriteIndented(schema) + "\n");
        yield return new($"{Project.ExampleFolder}/{name}/example.json", Document.WriteIndented(new JsonObject { ["id"] = "1", ["time"] = "2026-01-01T00:00:00Z" }) + "\n");
        yield return new($"{Project.ExampleFolder}/{name}/no-id.invalid.json", Document.WriteIndented(new JsonObject { ["time"] = "2026-01-01T00:00:00Z" }) + "\n");
    }

    private static IEnumerable<KeyValuePair<string, string>> CopyOf(Project project, ProjectSchema last, string name)
    {
        yield return new($"{Project.SchemaFolder}/{name}.json", last.File.Text);
        foreach (ProjectExample example in project.Examples.Where(example => example.Schema == last))
            yield return new($"{Project.ExampleFolder}/{name}/{example.File.Path.Substring(last.ExampleFolder.Length + 1)}", example.File.Text);
    }

    // JSON text is YAML.
    private static string Quoted(string text) => text.Length > 0 && char.IsLetter(text[0]) && text.All(letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_' or '/') ? text : JsonTexts.Quote(text);

    private static string Lines(string text) => text.Replace("\r\n", "\n");
}

/// <summary>Changes the settings of a project.</summary>
internal static class ProjectEditing
{
    /// <summary>The name that is required.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: there is none.</exception>
    public static string Name(string? given) => given is { Length: > 0 } ? given : throw new OpsException(ErrorIds.InvalidArgument, MakingMessages.NameMissing());

    /// <summary>Writes the settings, if they are valid.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: a value is not valid.</exception>
    public static ProjectFile Save(Project project, ProjectSettings settings, YamlEdit edit)
    {
        List<ProjectFault> faults = [];
        SettingsReader.Read(new ProjectText(settings.File.Path, edit.Text), faults);
        return faults.Count == 0 ? new ProjectWriter(project.Folder).Change(settings.File, edit.Text) : throw new OpsException(ErrorIds.InvalidArgument, MakingMessages.InvalidValue(faults[0].Reason));
    }
}
