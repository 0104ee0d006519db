using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;

namespace EventBridgeOps.Projects.Making;

/// <summary>Which project.</summary>
[Request]
public partial record ProjectQuery
{
    /// <summary>The folder of the project.</summary>
    [Option("folder", Otherwise = "the current folder")]
    public string? Path { get; init; }
}

/// <summary>Which project to make.</summary>
[Request]
public sealed partial record NewProjectRequest : ProjectQuery
{
    /// <summary>The name of the project.</summary>
    [Option("name", Otherwise = "that of the sample, or of the folder")]
    public string? Name { get; init; }

    /// <summary>A sample to begin with: `orchestrator` (uploads, a logger, a processor of dead letters), `mvp` (requests become AWS Batch jobs), `cicd` (images are deployed), `ecr-batch` (pushed images become revisions), or `empty`.</summary>
    [Option("name", Otherwise = "empty")]
    public string? Sample { get; init; }

    /// <summary>Checks the request.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: a value is not valid.</exception>
    public void Check()
    {
        if (Sample is not null && !ProjectSamples.Names.Contains(Sample, StringComparer.Ordinal))
            throw new OpsException(ErrorIds.InvalidArgument, MakingMessages.UnknownSample(Sample, ProjectSamples.Names));
        if (Name is not null && !ProjectNames.IsName(Name))
            throw new OpsException(ErrorIds.InvalidArgument, MakingMessages.InvalidName(Name));
    }
}

/// <summary>What to add to a project.</summary>
[Request]
public sealed partial record AddToProjectRequest : ProjectQuery
{
    /// <summary>The name of the schema, the rule or the consumer. A schema without a version, such as `order-placed`, becomes the next version.</summary>
    [Option("name")]
    public string? Name { get; init; }

    /// <summary>The version of a schema whose events the rule or the consumer takes. Can be specified multiple times for a consumer.</summary>
    [Option("name")]
    public IReadOnlyList<string> Schema { get; init; } = [];

    /// <summary>The account of the consumer.</summary>
    [Option("id")]
    public string? AccountId { get; init; }

    /// <summary>The ARN of the event bus of the consumer, to which events are forwarded.</summary>
    [Option("arn")]
    public string? BusArn { get; init; }
}

/// <summary>The settings of an environment.</summary>
[Request]
public sealed partial record ConfigureProjectRequest : ProjectQuery
{
    /// <summary>The environment.</summary>
    [Option("name", Otherwise = "the first one of the project")]
    public string? EnvironmentName { get; init; }

    /// <summary>The account. Required for a new environment.</summary>
    [Option("id", Otherwise = "as before")]
    public string? AccountId { get; init; }

    /// <summary>The Region.</summary>
    [Option("region", Otherwise = "as before, or that of the first environment")]
    public string? Region { get; init; }

    /// <summary>The name of the event bus.</summary>
    [Option("name", Otherwise = "as before")]
    public string? EventBusName { get; init; }

    /// <summary>A parameter of the environment, for example `Image=repository:tag`.</summary>
    [Option("name=value")]
    public IReadOnlyDictionary<string, string> Parameter { get; init; } = new Dictionary<string, string>();
}

/// <summary>Which version of a schema to retire.</summary>
[Request]
public sealed partial record RetireSchemaRequest : ProjectQuery
{
    /// <summary>The version, for example `audio-uploaded.v1`.</summary>
    [Option("name")]
    public string? Name { get; init; }
}
