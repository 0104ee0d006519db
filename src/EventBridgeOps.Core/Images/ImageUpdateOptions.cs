using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Images;

/// <summary>The options of an image update.</summary>
[Request(Without = [nameof(Force)])]
public sealed partial record ImageUpdateOptions : WriteOptions
{
    /// <summary>How long to wait for an image by default, in seconds.</summary>
    public const int DefaultWaitSeconds = 300;

    /// <summary>Write the digest (<c>repository@sha256:...</c>) instead of the tag.</summary>
    /// <remarks>Moving the tag then does not change what runs.</remarks>
    [Option]
    public bool PinDigest { get; init; }

    /// <summary>Wait for an image that is still being pushed.</summary>
    [Option]
    public bool WaitForImage { get; init; }

    /// <summary>The maximum time to wait for the image, in seconds.</summary>
    [Option("seconds", Min = 0, Max = 86400)]
    public TimeSpan WaitTimeout { get; init; } = TimeSpan.FromSeconds(DefaultWaitSeconds);

    /// <summary>Also process push events without a tag.</summary>
    /// <remarks>
    /// Only images that a job definition specifies by their digest are updated. The parts of a multi-platform image, which are pushed without a
    /// tag as well, are skipped if the multi-platform image is already there.
    /// </remarks>
    [Option]
    public bool IncludeUntagged { get; init; }

    /// <summary>The highest severity that the findings of a completed image scan can have.</summary>
    /// <remarks>For example, <c>High</c> rejects images with a critical finding. Images without a completed scan are not rejected, and a warning is written.</remarks>
    [Option("severity")]
    public FindingSeverity? MaxSeverity { get; init; }

    /// <summary>Do not look up the image in Amazon ECR.</summary>
    [Option]
    public bool SkipImageCheck { get; init; }

    /// <summary>The number of ACTIVE revisions to keep. Older revisions that are not in use are deregistered.</summary>
    [Option("number", Min = 1)]
    public int? KeepRevisions { get; init; }

    /// <summary>If a job definition fails, roll back the job definitions that were updated.</summary>
    /// <remarks>A revision cannot be removed, so the previous document is registered again as a new revision.</remarks>
    [Option]
    public override bool RevertOnFailure { get; init; }

    /// <summary>Save the planned updates in this file instead of making them.</summary>
    /// <remarks>The file must not exist. It contains no secrets, and can be reviewed and applied later, in another process or by another identity.</remarks>
    [Option("path")]
    public override string? PlanPath { get; init; }

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        RequestLimits.Check(this, Request);
        if (SkipImageCheck && PinDigest)
            throw new OpsException(ErrorIds.InvalidArgument, ImageMessages.SkipAndPin());
        if (SkipImageCheck && (WaitForImage || MaxSeverity is not null))
            throw new OpsException(ErrorIds.InvalidArgument, ImageMessages.SkipAndCheck());
    }
}
