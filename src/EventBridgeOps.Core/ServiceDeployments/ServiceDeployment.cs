using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Reports;

namespace EventBridgeOps.ServiceDeployments;

/// <summary>The state of a deployment of a service.</summary>
public enum ServiceState : long
{
    /// <summary>In progress.</summary>
    [State(Tone.Planned)]
    Deploying,

    /// <summary>Completed: the service runs it.</summary>
    [State(Tone.Good)]
    Completed,

    /// <summary>Failed: its tasks did not start or did not become healthy. It was not rolled back.</summary>
    [State(Tone.Bad, Verdict.Failed)]
    Failed,

    /// <summary>Failed, and the service returned, or is returning, to an earlier deployment.</summary>
    [State(Tone.Bad, Verdict.Failed)]
    RolledBack,

    /// <summary>Replaced by a later deployment before it was completed.</summary>
    [State(Tone.Warning, Verdict.SkippedWithWarning)]
    Replaced,

    /// <summary>Not known; the reason says why.</summary>
    [State(Tone.Warning, Verdict.SkippedWithWarning)]
    Unknown,
}

/// <summary>A deployment of an Amazon ECS service. A service has one, and while it is replaced or rolled back, more.</summary>
[Record("Service deployments", State = nameof(State), KnownBy = [nameof(DeploymentId), nameof(ServiceName), nameof(State)])]
[Group("Cluster", nameof(ClusterName))]
[Column("Service", nameof(ServiceName), Label = nameof(ServiceName), Room = 11)]
[Column("Task definition", nameof(TaskDefinition), Label = nameof(TaskDefinition), Room = 9, Tail = 8)]
[Column("Image", nameof(Image), Form = ColumnForm.List, Room = 9, Tail = 11)]
[Column("Tasks", nameof(RunningCount), nameof(DesiredCount), Form = ColumnForm.Path, Width = 7)]
[Column("State", nameof(State), Width = 10)]
public sealed partial record ServiceDeployment : IReportable
{
    /// <summary>The cluster's name.</summary>
    [Field(Key = true)]
    public required string ClusterName { get; init; }

    /// <summary>The service's name.</summary>
    [Field(Key = true)]
    public required string ServiceName { get; init; }

    /// <summary>The ARN of the service.</summary>
    [Field(Unlisted = true)]
    public string? ServiceArn { get; init; }

    /// <summary>The deployment's ID; null if Amazon ECS does not deploy the service itself.</summary>
    [Field(Key = true)]
    public string? DeploymentId { get; init; }

    /// <summary>The task definition: family and revision.</summary>
    public required string TaskDefinition { get; init; }

    /// <summary>The images of the task definition, in the order of its containers; empty if it could not be read.</summary>
    public IReadOnlyList<string> Image { get; init; } = [];

    /// <summary>True for the most recent deployment of the service.</summary>
    public bool IsPrimary { get; init; }

    /// <summary>The state.</summary>
    public ServiceState State { get; init; }

    /// <summary>The rollout state as Amazon ECS returned it; null if it returned none.</summary>
    public string? RolloutState { get; init; }

    /// <summary>The reason of the state.</summary>
    public string? Reason { get; init; }

    /// <summary>True if the service returned, or is returning, to an earlier deployment.</summary>
    public bool IsRolledBack => State == ServiceState.RolledBack;

    /// <summary>The number of tasks that are to run.</summary>
    public int DesiredCount { get; init; }

    /// <summary>The number of tasks that run.</summary>
    public int RunningCount { get; init; }

    /// <summary>The number of tasks that failed in a row.</summary>
    public int FailedCount { get; init; }

    /// <summary>When it was created, in UTC; null if unknown.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was last updated, in UTC; null if unknown.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The Region of the session.</summary>
    public string? Region { get; init; }

    IEnumerable<ReportItem> IReportable.Report(IVoice voice) => [ReportItem.Of(this, ClusterName, ServiceName, TaskDefinition, Reason)];

    /// <summary>Cluster, service and deployment.</summary>
    public override string ToString() => DeploymentId is null ? $"{ClusterName}/{ServiceName}" : $"{ClusterName}/{ServiceName} {DeploymentId}";
}
