using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Images;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Reports;

namespace EventBridgeOps.ServiceDeployments;

/// <summary>One service that was to be deployed, and the outcome.</summary>
[Record("Service updates", State = nameof(Status), Quiet = nameof(SyncStatus.AlreadyCurrent), KnownBy = [nameof(PreviousTaskDefinition), nameof(DeploymentId), nameof(Status)])]
[Group("Cluster", nameof(ClusterName))]
[Column("Service", nameof(ServiceName), Label = nameof(ServiceName), Room = 11)]
[Column("Task definition", nameof(PreviousTaskDefinition), nameof(TaskDefinition), Form = ColumnForm.ReferenceStep, Room = 8, Tail = 12)]
[Column("Image", nameof(PreviousImage), nameof(Image), Form = ColumnForm.ImageStep, Room = 8, Tail = 14)]
[Column("Deployment", nameof(State), Width = 10)]
[Column("Status", nameof(Status), Width = 14)]
public sealed partial record ServiceUpdateResult : IReportable, IChangeResult<ServiceUpdateResult>
{
    /// <summary>The cluster's name.</summary>
    public required string ClusterName { get; init; }

    /// <summary>The service's name.</summary>
    public required string ServiceName { get; init; }

    /// <summary>The task definition before: family and revision.</summary>
    public string? PreviousTaskDefinition { get; init; }

    /// <summary>The task definition after, which is the same if the service was only deployed again; null for a revision that is not registered.</summary>
    public string? TaskDefinition { get; init; }

    /// <summary>The image before; several, separated by commas, where containers ran different ones.</summary>
    public string? PreviousImage { get; init; }

    /// <summary>The image after the update, or the requested one.</summary>
    public string? Image { get; init; }

    /// <summary>The digest of the image, as returned by the registry; null if it was not looked up.</summary>
    public string? Digest { get; init; }

    /// <summary>The ID of the deployment that this run started; null if it started none.</summary>
    public string? DeploymentId { get; init; }

    /// <summary>The state of that deployment when it was last seen; null if there is none.</summary>
    public ServiceState? State { get; init; }

    /// <summary>True if the deployment failed and the service returned, or is returning, to an earlier one.</summary>
    public bool IsRolledBack => State == ServiceState.RolledBack;

    /// <summary>When the deployment was created, in UTC; null if there is none.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The outcome. Without waiting, <c>Updated</c> says that the deployment was started, and not that it is completed.</summary>
    public SyncStatus Status { get; init; }

    /// <summary>True if the service was verified by reading it back.</summary>
    public bool Verified { get; init; }

    /// <summary>The ID of the change in the journal; null if nothing was written.</summary>
    public string? ChangeId { get; init; }

    /// <summary>The reason, if the status alone does not explain it.</summary>
    public string? Reason { get; init; }

    /// <summary>The stable error ID of the failure.</summary>
    [Field(Unlisted = true)]
    public string? ErrorId { get; init; }

    /// <summary>The Region of the session.</summary>
    public string? Region { get; init; }

    ServiceUpdateResult IChangeResult<ServiceUpdateResult>.With(Conclusion conclusion)
    {
        bool isService = conclusion.Write?.Item.Resource.Kind == ChangeItemKind.Service;
        ResourceVersion? made = isService ? conclusion.Write!.Made : null;
        return this with
        {
            PreviousTaskDefinition = (isService ? conclusion.Write!.Before?.Version : null) ?? PreviousTaskDefinition,
            TaskDefinition = made?.Reference ?? TaskDefinition,
            DeploymentId = made?.Arn,
            State = made is null ? null : ServiceState.Deploying,
            Status = conclusion.Status,
            Verified = conclusion.Verified,
            ChangeId = conclusion.ChangeId ?? ChangeId,
            Reason = conclusion.Reason,
            ErrorId = conclusion.ErrorId,
        };
    }

    IEnumerable<ReportItem> IReportable.Report(IVoice voice) =>
        [ReportItem.Of(this, ClusterName, ServiceName, $"{JobDefinitionText.Step(PreviousTaskDefinition, TaskDefinition)}: {ImageText.Step(PreviousImage, Image)}", Reason)];

    /// <summary>Cluster and service.</summary>
    public override string ToString() => $"{ClusterName}/{ServiceName}";
}
