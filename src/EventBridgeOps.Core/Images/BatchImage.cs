using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Reports;

namespace EventBridgeOps.Images;

/// <summary>Whether an image exists.</summary>
public enum ImageState : long
{
    /// <summary>The image exists in its repository.</summary>
    [State(Tone.Good)]
    Exists,

    /// <summary>The image or its repository does not exist: jobs cannot start.</summary>
    [State(Tone.Bad, Verdict.Failed, Drift = true)]
    Missing,

    /// <summary>The image was not looked up: it is not in a private Amazon ECR registry, or the look-up was skipped.</summary>
    [State(Tone.Faint, Verdict.Skipped)]
    NotChecked,

    /// <summary>The image could not be looked up; the reason says why.</summary>
    [State(Tone.Warning, Verdict.SkippedWithWarning)]
    Unresolved,
}

/// <summary>A container of the latest ACTIVE revision of a job definition, and the image that it runs.</summary>
[Record("Batch images", Suite = "Images", State = nameof(State), KnownBy = [nameof(ContainerName), nameof(Image), nameof(State)])]
[Column("Job definition", nameof(JobDefinitionName), nameof(Revision), Label = "JobDefinition", Form = ColumnForm.Revision, Room = 13)]
[Column("Container", nameof(TargetNodes), nameof(ContainerName), Form = ColumnForm.Path, Width = 10, Room = 6, Tail = 3)]
[Column("Image", nameof(Image), Form = ColumnForm.Image, Room = 9, Tail = 11)]
[Column("Digest", nameof(ImageDigest), Form = ColumnForm.Digest, Width = 12, Flexible = true)]
[Column("State", nameof(State), Width = 10)]
public sealed partial record BatchImage : IReportable
{
    /// <summary>The job definition's name.</summary>
    [Field(Key = true)]
    public required string JobDefinitionName { get; init; }

    /// <summary>The latest ACTIVE revision.</summary>
    [Field(Key = true)]
    public int Revision { get; init; }

    /// <summary>Its ARN.</summary>
    [Field(Unlisted = true)]
    public string? JobDefinitionArn { get; init; }

    /// <summary>The container's name.</summary>
    [Field(Key = true)]
    public required string ContainerName { get; init; }

    /// <summary>The node range of a multi-node job, such as <c>0:3</c>; null for others.</summary>
    public string? TargetNodes { get; init; }

    /// <summary>The image as written.</summary>
    [Field(Key = true)]
    public required string Image { get; init; }

    /// <summary>The account of the registry; null if it is not a private Amazon ECR registry.</summary>
    public string? RegistryId { get; init; }

    /// <summary>The repository; null if the image reference is not valid.</summary>
    public string? RepositoryName { get; init; }

    /// <summary>The tag; null if the image is specified without one.</summary>
    public string? ImageTag { get; init; }

    /// <summary>The digest that runs: the specified one, else the one that the tag currently points to. Null if it is unknown.</summary>
    [Field(Key = true)]
    public string? ImageDigest { get; init; }

    /// <summary>When the image was pushed; null if unknown.</summary>
    public DateTimeOffset? PushedAt { get; init; }

    /// <summary>Whether the image exists.</summary>
    public ImageState State { get; init; }

    /// <summary>The reason, if the state alone does not explain it.</summary>
    public string? Reason { get; init; }

    /// <summary>The Region of the session.</summary>
    public string? Region { get; init; }

    IEnumerable<ReportItem> IReportable.Report(IVoice voice) => [ReportItem.Of(this, null, ToString(), Image, Reason)];

    /// <summary>The job definition with its revision, and the container.</summary>
    public override string ToString() => $"{JobDefinitionDocument.Refer(JobDefinitionName, Revision)}/{ContainerName}";
}
