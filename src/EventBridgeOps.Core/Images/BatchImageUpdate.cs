using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Records;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Reports;

namespace EventBridgeOps.Images;

/// <summary>One job definition of an image update, and its outcome.</summary>
[Record("Batch image updates", Suite = "Image updates", State = nameof(Status), Quiet = nameof(SyncStatus.AlreadyCurrent), KnownBy = [nameof(PreviousImage), nameof(Verified), nameof(Status)])]
[Column("Job definition", nameof(JobDefinitionName), Label = "JobDefinition", Room = 13)]
[Column("Revision", nameof(PreviousRevision), nameof(Revision), Form = ColumnForm.RevisionStep, Width = 14)]
[Column("Image", nameof(PreviousImage), nameof(Image), Form = ColumnForm.ImageStep, Room = 8, Tail = 17)]
[Column("Status", nameof(Status), Width = 14)]
public sealed partial record BatchImageUpdate : IReportable, IChangeResult<BatchImageUpdate>
{
    /// <summary>The job definition's name.</summary>
    public required string JobDefinitionName { get; init; }

    /// <summary>The latest revision before; null when it is unknown.</summary>
    public int? PreviousRevision { get; init; }

    /// <summary>The latest revision after: the new one, or the previous one where nothing was registered; null when it is unknown.</summary>
    public int? Revision { get; init; }

    /// <summary>The ARN of <see cref="Revision"/>.</summary>
    [Field(Unlisted = true)]
    public string? JobDefinitionArn { get; init; }

    /// <summary>The image before; several, separated by commas, where containers ran different ones.</summary>
    public string? PreviousImage { get; init; }

    /// <summary>The image after the update, or the requested one.</summary>
    public string? Image { get; init; }

    /// <summary>The digest of the image, as returned by the registry; null if it was not looked up.</summary>
    public string? Digest { get; init; }

    /// <summary>The containers whose image changes.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>Older revisions that were deregistered.</summary>
    public IReadOnlyList<int> Deregistered { get; init; } = [];

    /// <summary>The outcome.</summary>
    public SyncStatus Status { get; init; }

    /// <summary>True if the new revision was read back and differs from the previous one as intended.</summary>
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

    BatchImageUpdate IChangeResult<BatchImageUpdate>.With(Conclusion conclusion)
    {
        ResourceVersion? made = conclusion.Write?.Made;
        ResourceDocument? before = conclusion.Write?.Before;
        string? previous = before is null ? null : string.Join(", ", conclusion.Write!.Item.Edits.Where(edit => !RegistrationKind.IsTag(edit)).Select(edit => Document.Text(DocumentDiff.At(before.Document, edit))).Distinct());
        return this with
        {
            PreviousImage = previous ?? PreviousImage,
            PreviousRevision = RevisionOf(before?.Version) ?? PreviousRevision,
            Revision = RevisionOf(made?.Reference ?? before?.Version) ?? Revision,
            JobDefinitionArn = made is not null ? made.Arn : before?.Arn ?? JobDefinitionArn,
            Status = conclusion.Status,
            Verified = conclusion.Verified,
            Containers = conclusion.Status == SyncStatus.AlreadyCurrent ? [] : Containers,
            ChangeId = conclusion.ChangeId ?? ChangeId,
            Reason = conclusion.Reason,
            ErrorId = conclusion.ErrorId,
        };
    }

    /// <summary>From which revision to which, for people: <c>12 -> 13</c>.</summary>
    public string RevisionStep() => PreviousRevision is null ? "-" : Revision == PreviousRevision ? $"{Revision}" : $"{PreviousRevision} -> {Revision}";

    /// <summary>Whether targets should follow: the job definition runs the image now, or did so before.</summary>
    /// <param name="status">The <see cref="Status"/> of an update, as text; null for an object that only names a job definition.</param>
    public static bool IsInPlace(string? status) => status is null or nameof(SyncStatus.Updated) or nameof(SyncStatus.AlreadyCurrent);

    IEnumerable<ReportItem> IReportable.Report(IVoice voice) => [ReportItem.Of(this, null, JobDefinitionName, $"{RevisionStep()}: {ImageText.Step(PreviousImage, Image)}", Reason)];

    /// <summary>The job definition with its revision.</summary>
    public override string ToString() => (Revision ?? PreviousRevision) is { } revision ? JobDefinitionDocument.Refer(JobDefinitionName, revision) : JobDefinitionName;

    private static int? RevisionOf(string? reference) => reference is null ? null : JobDefinitionReference.Parse(reference).Revision;
}
