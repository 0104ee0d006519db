using EventBridgeOps.Deployments;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Images;

namespace EventBridgeOps.Automation;

/// <summary>What the automation may do, and to what. It is read once at the start: see <see cref="SettingFields"/> for the names of fields and environment variables.</summary>
public sealed record AutomationSettings
{
    /// <summary>The name of the project, which heads notifications and metrics. It selects nothing. Null for none.</summary>
    public string? ProjectName { get; init; }

    /// <summary>What is done about an image push.</summary>
    public PushSettings Push { get; init; } = new();

    /// <summary>What is done about drift.</summary>
    public DriftSettings Drift { get; init; } = new();

    /// <summary>What is done about a <c>Deployment Ready</c> event.</summary>
    public DeploymentSettings Deployment { get; init; } = new();

    /// <summary>The DynamoDB table of MVP jobs; null: events of jobs are only logged.</summary>
    public string? JobTable { get; init; }

    /// <summary>What is done about a dead letter.</summary>
    public DeadLetterMode DeadLetters { get; init; }

    /// <summary>The URL of the queue for messages that could not be resolved; null for none.</summary>
    public string? ParkedQueueUrl { get; init; }

    /// <summary>The event bus that receives the result events; null for none.</summary>
    public string? ResultBus { get; init; }

    /// <summary>The ARN of the SNS topic that receives notifications; null for none.</summary>
    public string? TopicArn { get; init; }

    /// <summary>What is written to the log.</summary>
    public LogSettings Log { get; init; } = new();
}

/// <summary>What is done about an image push.</summary>
public sealed record PushSettings
{
    /// <summary>The repositories, with or without wildcards; empty for all.</summary>
    public IReadOnlyList<string> Repositories { get; init; } = [];

    /// <summary>The tags, with or without wildcards.</summary>
    public IReadOnlyList<string> Tags { get; init; } = ["latest"];

    /// <summary>The job definitions that follow, with or without wildcards; empty for each that runs an image of the repository.</summary>
    public IReadOnlyList<string> JobDefinitions { get; init; } = [];

    /// <summary>The event buses whose targets follow, with or without wildcards.</summary>
    public IReadOnlyList<string> EventBuses { get; init; } = ["*"];

    /// <summary>The job queues that targets are expected to use, by name or ARN. A target with another one is a warning.</summary>
    public IReadOnlyList<string> JobQueues { get; init; } = ["*"];

    /// <summary>Whether the digest is written instead of the tag.</summary>
    public bool PinDigest { get; init; }

    /// <summary>The number of ACTIVE revisions to keep; null: none is deregistered.</summary>
    public int? KeepRevisions { get; init; }

    /// <summary>The highest severity that the findings of an image scan can have; null for any.</summary>
    public FindingSeverity? MaxSeverity { get; init; }

    /// <summary>Whether a push is one of those that are followed.</summary>
    /// <param name="push">The push.</param>
    public bool IsMeant(ImageSelection push) =>
        (Repositories.Count == 0 || NamePattern.ParseAll(Repositories).Any(name => name.IsMatch(push.RepositoryName)))
        && (push.ImageTag is null || NamePattern.ParseAll(Tags).Any(name => name.IsMatch(push.ImageTag)));
}

/// <summary>What is done about drift.</summary>
public sealed record DriftSettings
{
    /// <summary>How many changes a run makes by default.</summary>
    public const int DefaultMaxChanges = 10;

    /// <summary>Whether drift is reported or repaired.</summary>
    public DriftMode Mode { get; init; }

    /// <summary>The event buses that are checked, with or without wildcards.</summary>
    public IReadOnlyList<string> EventBuses { get; init; } = ["*"];

    /// <summary>The rules whose targets may be repaired, with or without wildcards. All rules are checked.</summary>
    public IReadOnlyList<string> Rules { get; init; } = ["*"];

    /// <summary>The maximum number of targets to repair in a run, 1 to 1,000. The others are reported.</summary>
    public int MaxChanges { get; init; } = DefaultMaxChanges;

    /// <summary>Whether rules of a CloudFormation stack may be repaired. The next update of the stack can set them back.</summary>
    public bool IncludeStackOwned { get; init; }
}

/// <summary>What is done about drift.</summary>
public enum DriftMode
{
    /// <summary>It is reported.</summary>
    Report,

    /// <summary>It is repaired, as far as the policy allows.</summary>
    Repair,
}

/// <summary>What is done about a dead letter.</summary>
public enum DeadLetterMode
{
    /// <summary>It is moved to the queue for parked messages, with its diagnosis.</summary>
    Park,

    /// <summary>Its target is repaired as far as the policy for drift allows, and its event is delivered if the cause is gone. Otherwise it is parked.</summary>
    Redrive,
}

/// <summary>What is done about a <c>Deployment Ready</c> event.</summary>
public sealed record DeploymentSettings
{
    /// <summary>The sources of the events.</summary>
    public IReadOnlyList<string> Sources { get; init; } = ["github.actions"];

    /// <summary>The cluster of repositories that <see cref="Services"/> does not name; null for none.</summary>
    public string? ClusterName { get; init; }

    /// <summary>The service of repositories that <see cref="Services"/> does not name; null for none.</summary>
    public string? ServiceName { get; init; }

    /// <summary>The services of each repository.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ServicePlace>> Services { get; init; } = new Dictionary<string, IReadOnlyList<ServicePlace>>();

    /// <summary>Whether a task definition revision with the image is registered. If not, a new deployment of the current one is forced.</summary>
    public bool RegisterImage { get; init; }

    /// <summary>Which services run the images of which repositories.</summary>
    public ServiceMap Map => new(Services, ClusterName is { } cluster && ServiceName is { } service ? new ServicePlace(cluster, service) : null);
}

/// <summary>What is written to the log.</summary>
public sealed record LogSettings
{
    /// <summary>The lowest level that is written.</summary>
    public LogLevel Level { get; init; } = LogLevel.Info;

    /// <summary>The fields whose values are replaced in logged events: a name at any depth (<c>email</c>), or a path (<c>detail.customer.email</c>).</summary>
    public IReadOnlyList<string> Redact { get; init; } = [];
}

/// <summary>The importance of a log line.</summary>
public enum LogLevel
{
    /// <summary>Decisions.</summary>
    Debug,

    /// <summary>What was done.</summary>
    Info,

    /// <summary>What needs attention although nothing failed.</summary>
    Warning,

    /// <summary>What failed.</summary>
    Error,
}
