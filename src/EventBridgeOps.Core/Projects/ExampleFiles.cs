using EventBridgeOps.Events.Documents;
using EventBridgeOps.Patterns.Syntax;
using EventBridgeOps.Projects.Files;

namespace EventBridgeOps.Projects;

/// <summary>Reads the examples of a project: details, entries of PutEvents, or events.</summary>
internal sealed class ExampleFiles(ProjectFolder folder, IReadOnlyList<ProjectSchema> schemas, ProjectSettings? settings, ICollection<ProjectFault> faults)
{
    private const string Invalid = ".invalid.json";

    public IReadOnlyList<ProjectExample> Read()
    {
        Dictionary<string, ProjectSchema> known = schemas.ToDictionary(schema => schema.Name, StringComparer.Ordinal);
        List<(ProjectText File, ProjectSchema Schema)> found = [];
        foreach (string path in folder.List(Project.ExampleFolder, faults))
        {
            if (ProjectFolder.IsNote(path))
                continue;
            string[] parts = path.Split('/');
            if (!path.EndsWith(".json", StringComparison.Ordinal))
                faults.Add(new ProjectFault(path, TextPlace.Start, "", ProjectMessages.NotJsonFile()));
            else if (parts.Length != 3)
                faults.Add(new ProjectFault(path, TextPlace.Start, "", ProjectMessages.ExamplePlace()));
            else if (!known.TryGetValue(parts[1], out ProjectSchema? schema))
                faults.Add(new ProjectFault(path, TextPlace.Start, "", Spelling.Nearest(parts[1], known.Keys) is { } meant ? ProjectMessages.ExampleSchemaMeant(parts[1], meant) : ProjectMessages.ExampleSchema(parts[1])));
            else if (folder.Read(path, out ProjectFault? fault) is not { } text)
                faults.Add(fault!);
            else
                found.Add((text, schema));
        }

        return [.. InParallel.Each(found, (each, own) => Read(each.File, each.Schema, own), faults).OfType<ProjectExample>()];
    }

    private ProjectExample? Read(ProjectText file, ProjectSchema schema, ICollection<ProjectFault> own)
    {
        if (file.Read(out ProjectFault? fault) is not { } document)
        {
            own.Add(fault!);
            return null;
        }

        bool isInvalid = file.Path.EndsWith(Invalid, StringComparison.Ordinal);
        ProjectEvent read = ProjectEvent.Of(document, schema, settings);
        if (read.Fault is { } reason && !isInvalid)
            own.Add(file.Fault(read.FaultPointer, reason));
        if (read.Detail is null)
            return null;
        return new ProjectExample { File = file, Schema = schema, IsInvalid = isInvalid, Detail = read.Detail, DetailPointer = read.DetailPointer, Event = read.Event };
    }
}
