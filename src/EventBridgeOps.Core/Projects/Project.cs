using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects.Files;

namespace EventBridgeOps.Projects;

/// <summary>A project as it was read from its folder.</summary>
public sealed record Project
{
    /// <summary>The folder of schemas.</summary>
    public const string SchemaFolder = "schemas";

    /// <summary>The folder of examples.</summary>
    public const string ExampleFolder = "examples";

    /// <summary>The folder of rules.</summary>
    public const string RuleFolder = "rules";

    /// <summary>The folder of further resources: CloudFormation templates whose resources join the stack.</summary>
    public const string ResourceFolder = "resources";

    /// <summary>The folder.</summary>
    public required ProjectFolder Folder { get; init; }

    /// <summary>The settings; null if they are not valid.</summary>
    public ProjectSettings? Settings { get; init; }

    /// <summary>The versions of schemas, by name and version.</summary>
    public IReadOnlyList<ProjectSchema> Schemas { get; init; } = [];

    /// <summary>The examples that can be read, in the order of their paths.</summary>
    public IReadOnlyList<ProjectExample> Examples { get; init; } = [];

    /// <summary>The rules that can be read, in the order of their paths.</summary>
    public IReadOnlyList<ProjectRule> Rules { get; init; } = [];

    /// <summary>The logical IDs of the further resources, with the file of each.</summary>
    public IReadOnlyDictionary<string, string> Resources { get; init; } = new Dictionary<string, string>();

    /// <summary>The files of the further resources that can be read, in the order of their paths.</summary>
    public IReadOnlyList<ProjectResourceFile> ResourceFiles { get; init; } = [];

    /// <summary>What was published.</summary>
    public ProjectLock Lock { get; init; } = new();

    /// <summary>What is wrong with the files, in the order in which they were read.</summary>
    public IReadOnlyList<ProjectFault> Faults { get; init; } = [];

    /// <summary>The name of a schema, by that of its file.</summary>
    internal static string NameOf(string file) => file.EndsWith(".json", StringComparison.Ordinal) ? file.Substring(0, file.Length - ".json".Length) : file;

    /// <summary>Reads a project. What is wrong with its files is in <see cref="Faults"/>.</summary>
    /// <param name="folder">The full path of the folder.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidProject"/>: the folder has no <c>ebproject.yaml</c>.</exception>
    public static Project Read(string folder) => ProjectReader.Read(new ProjectFolder(folder));
}

/// <summary>A file of further resources: a CloudFormation template.</summary>
/// <param name="File">The file.</param>
/// <param name="Document">What it says, with functions in their long form.</param>
public sealed record ProjectResourceFile(ProjectText File, JsonObject Document)
{
    /// <summary>The resources that have a type, by their logical IDs.</summary>
    internal IEnumerable<KeyValuePair<string, JsonNode?>> Resources => Document[nameof(Resources)]!.AsObject().Where(resource => resource.Value is JsonObject fields && fields.String("Type") is not null);
}
