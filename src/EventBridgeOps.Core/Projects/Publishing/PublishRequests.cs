using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Projects.Exporting;
using EventBridgeOps.Projects.Templates;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>Where to publish a project, and how.</summary>
[Request]
public sealed partial record PublishRequest : ProjectEnvironmentQuery
{
    /// <summary>A resource whose data may be lost, by its name in the template or in AWS. Can be specified multiple times.</summary>
    [Option("name")]
    public IReadOnlyList<string> Discard { get; init; } = [];

    /// <summary>Do not check credentials, permissions and names before.</summary>
    [Option]
    public bool SkipPreflight { get; init; }

    /// <summary>Do not send the examples through a temporary event bus afterwards.</summary>
    [Option]
    public bool SkipTest { get; init; }

    /// <summary>Forget a run that was interrupted or failed, delete what it left, and deploy again.</summary>
    [Option]
    public bool FreshStart { get; init; }

    /// <summary>A resource that could not be rolled back, and is left as it is when the rollback of the last update is continued. Can be specified multiple times.</summary>
    /// <remarks>Its name in the template; of a resource in a nested stack, the name of the nested stack, a dot and its name.</remarks>
    [Option("name")]
    public IReadOnlyList<string> ResourceToSkip { get; init; } = [];

    /// <summary>The S3 bucket for templates that are too large for a request.</summary>
    [Option("name", Otherwise = "a bucket in a stack of its own")]
    public string? BucketName { get; init; }
}

/// <summary>Which environment to show.</summary>
[Request]
public sealed partial record ProjectStatusQuery : ProjectEnvironmentQuery
{
    /// <summary>Show the events of the stack and the steps of the run as they happen, until the run ends, or until you press Ctrl+C.</summary>
    [Option]
    public bool Watch { get; init; }
}

/// <summary>What to remove, and what may be lost with it.</summary>
[Request]
public sealed partial record UnpublishRequest : ProjectEnvironmentQuery
{
    /// <summary>A resource whose data may be lost, by its name in the template or in AWS. Can be specified multiple times.</summary>
    [Option("name")]
    public IReadOnlyList<string> Discard { get; init; } = [];

    /// <summary>The S3 bucket that was specified for the templates. The templates of the project in it are deleted.</summary>
    [Option("name", Otherwise = "a bucket in a stack of its own")]
    public string? BucketName { get; init; }
}

/// <summary>An environment of a project, as it was read from the folder.</summary>
/// <param name="Project">The project.</param>
/// <param name="Environment">The environment.</param>
/// <param name="HasRegistry">Whether its stack has a schema registry.</param>
internal sealed record ProjectPlace(Project Project, ProjectEnvironment Environment, bool HasRegistry = true)
{
    /// <summary>The settings.</summary>
    public ProjectSettings Settings => Project.Settings!;

    /// <summary>The template of the project.</summary>
    public ProjectTemplate Template { get; } = ProjectTemplates.Build(Project, Environment, HasRegistry);

    /// <summary>The name of the schema registry of the template; null if it has none.</summary>
    public string? RegistryName => PhysicalNames.Of(Template.Root, Environment, Settings).Where(named => named.Kind == SchemaParts.RegistryKind).Select(named => named.Name).FirstOrDefault();

    /// <summary>The same without a schema registry.</summary>
    public ProjectPlace WithoutRegistry() => new(Project, Environment, HasRegistry: false);

    /// <summary>A text of the template, as far as the environment decides it; null if CloudFormation alone knows it.</summary>
    /// <param name="value">The text, or a function.</param>
    public string? Resolved(JsonNode? value) => Functions.Resolved(value, Environment, Settings);

    /// <summary>Reads the project of a request.</summary>
    /// <param name="query">The request.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidProject"/>: the folder is not a valid project; <see cref="ErrorIds.InvalidArgument"/>: there is no such environment.</exception>
    public static ProjectPlace Of(ProjectEnvironmentQuery query)
    {
        (Project project, ProjectEnvironment environment) = query.Read(query.Path ?? ".");
        return new ProjectPlace(project, environment);
    }
}
