using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects.Files;

namespace EventBridgeOps.Projects;

/// <summary>Reads a project from its folder, file by file; what cannot be read is a fault, and the rest goes on.</summary>
internal sealed class ProjectReader(ProjectFolder folder)
{
    private const string Tests = ".tests";
    private readonly List<ProjectFault> _faults = [];

    public static Project Read(ProjectFolder folder) =>
        folder.IsProject ? new ProjectReader(folder).Read() : throw new OpsException(ErrorIds.InvalidProject, ProjectMessages.NoProject(folder.Root, ProjectFolder.SettingsFile));

    private Project Read()
    {
        ProjectSettings? settings = Text(ProjectFolder.SettingsFile) is { } file ? SettingsReader.Read(file, _faults) : null;
        ProjectLock published = ProjectLock.Read(folder.Has(ProjectLock.FileName) ? Text(ProjectLock.FileName) : null, _faults);
        IReadOnlyList<ProjectSchema> schemas = new SchemaFiles(folder, settings, _faults).Read();
        List<ProjectResourceFile> files = [];
        return new Project
        {
            Folder = folder,
            Settings = settings,
            Schemas = schemas,
            Examples = new ExampleFiles(folder, schemas, settings, _faults).Read(),
            Rules = [.. Rules()],
            Resources = ResourceIds(files),
            ResourceFiles = files,
            Lock = published,
            Faults = _faults,
        };
    }

    private IEnumerable<ProjectRule> Rules()
    {
        string[] paths = [.. Yaml(Project.RuleFolder)];
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        Dictionary<string, string> tests = paths.Where(path => Name(path).EndsWith(Tests, StringComparison.Ordinal)).ToDictionary(path => path.Substring(0, path.LastIndexOf(Tests, StringComparison.Ordinal)), StringComparer.Ordinal);
        List<(string Name, ProjectText File, ProjectText? Tests)> found = [];
        foreach (string path in paths.Where(path => !Name(path).EndsWith(Tests, StringComparison.Ordinal)))
        {
            string name = Name(path), stem = path.Substring(0, path.LastIndexOf('.'));
            ProjectText? beside = tests.TryGetValue(stem, out string? test) ? Text(test) : null;
            tests.Remove(stem);
            if (Text(path) is not { } file)
                continue;
            if (!IsRuleName(name))
                _faults.Add(file.Fault("", ProjectMessages.RuleName(name)));
            else if (!names.Add(name))
                _faults.Add(file.Fault("", ProjectMessages.RuleTwice(name)));
            else
                found.Add((name, file, beside));
        }

        IReadOnlyList<ProjectRule?> read = InParallel.Each(found, (rule, faults) => RuleReader.Read(rule.File, rule.Name, rule.Tests, faults), _faults);
        foreach (string path in tests.Values)
            _faults.Add(new ProjectFault(path, TextPlace.Start, "", ProjectMessages.TestsOfNoRule(path)));
        return read.OfType<ProjectRule>();
    }

    // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html: [\.\-_A-Za-z0-9]+, 64 characters.
    private static bool IsRuleName(string name) => name.Length is > 0 and <= 64 && name.All(letter => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '-' or '_');

    private Dictionary<string, string> ResourceIds(List<ProjectResourceFile> files)
    {
        Dictionary<string, string> ids = new(StringComparer.Ordinal);
        foreach (string path in Yaml(Project.ResourceFolder))
        {
            if (Text(path) is not { } file)
                continue;
            if (file.Read(out ProjectFault? fault) is not { } document)
                _faults.Add(fault!);
            else if (document["Resources"] is not JsonObject resources)
                _faults.Add(file.Fault("", ProjectMessages.NoResources()));
            else
                Add(new ProjectResourceFile(file, document), resources, ids, files);
        }

        return ids;
    }

    private void Add(ProjectResourceFile read, JsonObject resources, Dictionary<string, string> ids, List<ProjectResourceFile> files)
    {
        ProjectText file = read.File;
        files.Add(read);
        foreach (KeyValuePair<string, JsonNode?> resource in resources)
        {
            string pointer = JsonPointers.Add("/Resources", resource.Key);
            if (resource.Value is not JsonObject fields || fields.String("Type") is null)
                _faults.Add(file.FaultOfKey(pointer, ProjectMessages.ResourceWithoutType(resource.Key)));
            else if (ids.TryGetValue(resource.Key, out string? other))
                _faults.Add(file.FaultOfKey(pointer, ProjectMessages.ResourceTwice(resource.Key, other)));
            else
                ids.Add(resource.Key, file.Path);
        }
    }

    private IEnumerable<string> Yaml(string name)
    {
        foreach (string path in folder.List(name, _faults))
        {
            if (path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".yml", StringComparison.Ordinal))
                yield return path;
            else if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
                _faults.Add(new ProjectFault(path, TextPlace.Start, "", ProjectMessages.NotYamlFile()));
            else if (!ProjectFolder.IsNote(path))
                _faults.Add(new ProjectFault(path, TextPlace.Start, "", ProjectMessages.NotYaml()));
        }
    }

    private static string Name(string path)
    {
        string name = path.Substring(path.LastIndexOf('/') + 1);
        return name.Substring(0, name.LastIndexOf('.'));
    }

    private ProjectText? Text(string path)
    {
        ProjectText? file = folder.Read(path, out ProjectFault? fault);
        if (fault is not null)
            _faults.Add(fault);
        return file;
    }
}
