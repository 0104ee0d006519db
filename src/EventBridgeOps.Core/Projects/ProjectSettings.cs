using System.Text.Json.Nodes;
using EventBridgeOps.Projects.Files;
using EventBridgeOps.Projects.Templates;
using EventBridgeOps.Schemas.Comparing;

namespace EventBridgeOps.Projects;

/// <summary>What <c>ebproject.yaml</c> says.</summary>
public sealed record ProjectSettings
{
    /// <summary>The file.</summary>
    public required ProjectText File { get; init; }

    /// <summary>The name of the project.</summary>
    public required string Name { get; init; }

    /// <summary>What the event bus is for; null if the file does not say it.</summary>
    public string? BusDescription { get; init; }

    /// <summary>The tags of the stack and its resources, besides <c>project</c> and <c>environment</c>.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>What outlives the stack: <c>archive</c>, <c>deadLetterQueues</c>, <c>logs</c>, <c>schemas</c>, and logical IDs of resources.</summary>
    public IReadOnlyList<string> Retained { get; init; } = [];

    /// <summary>Other accounts and organizations that send events, in the order of the file.</summary>
    public IReadOnlyList<ProjectProducer> Producers { get; init; } = [];

    /// <summary>What the project is for; null if the file does not say it.</summary>
    public string? Description { get; init; }

    /// <summary>Where the project is deployed, in the order of the file.</summary>
    public IReadOnlyList<ProjectEnvironment> Environments { get; init; } = [];

    /// <summary>The environment that stands first; null if there is none.</summary>
    public ProjectEnvironment? FirstEnvironment => Environments.Count > 0 ? Environments[0] : null;

    /// <summary>The name of the event bus where an environment does not have another, with <c>${ProjectName}</c> and <c>${EnvironmentName}</c> as they are written.</summary>
    public required string BusName { get; init; }

    /// <summary>The archive; null for none.</summary>
    public ProjectArchive? Archive { get; init; }

    /// <summary>The log of the event bus; null for none.</summary>
    public ProjectLogging? Logging { get; init; }

    /// <summary>The source of events whose schema does not say it; null if there is none.</summary>
    public string? Source { get; init; }

    /// <summary>The retry policy of targets that have none, as the file has it; null for that of EventBridge.</summary>
    public JsonObject? RetryPolicy { get; init; }

    /// <summary>The dead-letter queue of targets that have none; null for none.</summary>
    public ProjectQueue? DeadLetterQueue { get; init; }

    /// <summary>Other accounts that receive events, in the order of the file.</summary>
    public IReadOnlyList<ProjectConsumer> Consumers { get; init; } = [];

    /// <summary>What a new version of a schema must be compatible with; null for nothing.</summary>
    public SchemaCompatibility? Compatibility { get; init; } = SchemaCompatibility.Backward;

    /// <summary>What is taken of producers and consumers.</summary>
    public SchemaPolicy Policy { get; init; } = SchemaPolicy.Lenient;

    /// <summary>The names of the versions that are no longer published.</summary>
    public IReadOnlyList<string> Retired { get; init; } = [];

    /// <summary>Whether the event bus is that of AWS services, which is not created.</summary>
    public bool UsesDefaultBus => BusName == ProjectEnvironment.DefaultBus;

    /// <summary>What a project makes that can outlive its stack.</summary>
    internal static IReadOnlyList<string> RetainedKinds { get; } = ["archive", "deadLetterQueues", "logs", "schemas"];

    /// <summary>The name of the event bus in an environment that does not have another.</summary>
    /// <param name="environment">The name of the environment.</param>
    internal string BusNameIn(string environment) => Filled(BusName, Name, environment);

    /// <summary>A name with the names of the project and of an environment in the places for them.</summary>
    internal static string Filled(string text, string project, string environment) =>
        text.Replace($"${{{StackNames.ProjectName}}}", project).Replace($"${{{StackNames.EnvironmentName}}}", environment);

    /// <summary>Whether something outlives the stack.</summary>
    /// <param name="what">A kind of what the project makes, or the logical ID of a resource.</param>
    internal bool Retains(string what) => Retained.Contains(what, StringComparer.Ordinal);
}

/// <summary>Where a project is deployed.</summary>
/// <param name="Name">The name of the environment.</param>
/// <param name="AccountId">The account.</param>
/// <param name="Region">The Region.</param>
/// <param name="BusName">The name of the event bus.</param>
/// <param name="Parameters">Values that rules and resources refer to.</param>
public sealed record ProjectEnvironment(string Name, string AccountId, string Region, string BusName, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>The name of the event bus of AWS services, which each account has.</summary>
    internal const string DefaultBus = "default";

    /// <summary>Whether the event bus is that of AWS services, which is not created.</summary>
    public bool UsesDefaultBus => BusName == DefaultBus;
}

/// <summary>The archive of a project.</summary>
/// <param name="RetentionDays">How long events are kept; 0 for ever.</param>
/// <param name="Pattern">Which events are kept; null for all.</param>
public sealed record ProjectArchive(int RetentionDays, JsonObject? Pattern);

/// <summary>The log of the event bus of a project.</summary>
/// <param name="Level">The level: <c>OFF</c>, <c>ERROR</c>, <c>INFO</c> or <c>TRACE</c>.</param>
/// <param name="IncludesDetail">Whether the log has the details of events.</param>
/// <param name="RetentionDays">How long the log is kept; null for ever.</param>
public sealed record ProjectLogging(string Level, bool IncludesDetail, int? RetentionDays);

/// <summary>A dead-letter queue.</summary>
/// <param name="Name">The name of a queue that is created; null for one that exists.</param>
/// <param name="Arn">The ARN of a queue that exists, as text or as a function of CloudFormation; null for one that is created.</param>
public sealed record ProjectQueue(string? Name, JsonNode? Arn);

/// <summary>Another account that receives events.</summary>
/// <param name="Name">The name by which the project calls it.</param>
/// <param name="AccountId">The account.</param>
/// <param name="Region">Its Region; null for that of the environment.</param>
/// <param name="BusArn">The event bus to which events are forwarded; null if the account makes rules on the event bus of the project.</param>
/// <param name="Events">The versions of events that it takes; empty for all.</param>
/// <param name="Publishes">Whether the account may send events.</param>
public sealed record ProjectConsumer(string Name, string AccountId, string? Region, string? BusArn, IReadOnlyList<string> Events, bool Publishes);

/// <summary>Another account, or an organization, that sends events to the event bus of the project.</summary>
/// <param name="Name">The name by which the project calls it.</param>
/// <param name="AccountId">The account; null for an organization.</param>
/// <param name="OrganizationId">The organization: <c>o-</c> and letters and digits; null for an account.</param>
/// <param name="BusArn">The event bus whose rules forward the events; null if the account sends them itself.</param>
/// <param name="Sources">The sources of the events; empty for all.</param>
public sealed record ProjectProducer(string Name, string? AccountId, string? OrganizationId, string? BusArn, IReadOnlyList<string> Sources);
