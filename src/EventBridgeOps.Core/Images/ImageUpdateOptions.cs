using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Images;

/// <summary>The options of an image update.</summary>
public sealed record ImageUpdateOptions : WriteOptions
{
    /// <summary>How long to wait for an image by default, in seconds.</summary>
    public const int DefaultWaitSeconds = 300;

    /// <summary>Write <c>repository@sha256:...</c> in place of the tag, so that moving the tag cannot change what runs.</summary>
    public bool PinDigest { get; init; }

    /// <summary>Wait for an image that does not exist yet.</summary>
    public bool WaitForImage { get; init; }

    /// <summary>How long to wait for it; null for <see cref="DefaultWaitSeconds"/>.</summary>
    public TimeSpan? WaitTimeout { get; init; }

    /// <summary>The most severe finding of a completed scan that is allowed; null not to check findings.</summary>
    public FindingSeverity? MaxSeverity { get; init; }

    /// <summary>Do not look up whether the image exists, nor its digest.</summary>
    public bool SkipImageCheck { get; init; }

    /// <summary>How many ACTIVE revisions of each job definition to keep; older ones that are not in use are deregistered. Null to keep all.</summary>
    public int? KeepRevisions { get; init; }

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        if (KeepRevisions is < 1)
            throw new OpsException(ErrorIds.InvalidArgument, ImageMessages.KeepTooFew(KeepRevisions));
        if (WaitTimeout < TimeSpan.Zero || WaitTimeout > TimeSpan.FromDays(1))
            throw new OpsException(ErrorIds.InvalidArgument, ImageMessages.WaitTimeout(Math.Round(WaitTimeout.Value.TotalSeconds)));
        if (WaitTimeout is not null && !WaitForImage)
            throw new OpsException(ErrorIds.InvalidArgument, ImageMessages.WaitTimeoutWithoutWait());
        if (SkipImageCheck && PinDigest)
            throw new OpsException(ErrorIds.InvalidArgument, ImageMessages.SkipAndPin());
        if (SkipImageCheck && (WaitForImage || MaxSeverity is not null))
            throw new OpsException(ErrorIds.InvalidArgument, ImageMessages.SkipAndCheck());
    }
}
