using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Images;

/// <summary>How an image update goes about it.</summary>
public sealed record ImageUpdateOptions : WriteOptions
{
    /// <summary>How long an image is waited for when nothing else is said, in seconds.</summary>
    public const int DefaultWaitSeconds = 300;

    /// <summary>Write <c>repository@sha256:...</c> in place of the tag, so that a tag that is moved cannot change what runs.</summary>
    public bool PinDigest { get; init; }

    /// <summary>Wait for an image that is not there yet.</summary>
    public bool WaitForImage { get; init; }

    /// <summary>How long to wait for it.</summary>
    public TimeSpan WaitTimeout { get; init; } = TimeSpan.FromSeconds(DefaultWaitSeconds);

    /// <summary>The most severe finding of a completed scan that is allowed; null to ask for no findings.</summary>
    public FindingSeverity? MaxSeverity { get; init; }

    /// <summary>Do not look the image up: neither whether it exists, nor its digest.</summary>
    public bool SkipImageCheck { get; init; }

    /// <summary>How many ACTIVE revisions of each job definition stay; older ones that nobody uses are deregistered. Null to keep all.</summary>
    public int? KeepRevisions { get; init; }

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        if (KeepRevisions is < 1)
            throw new OpsException(ErrorIds.InvalidArgument, $"KeepRevisions is {KeepRevisions}; at least the newest revision stays, so it must be from 1.");
        if (WaitTimeout < TimeSpan.Zero || WaitTimeout > TimeSpan.FromDays(1))
            throw new OpsException(ErrorIds.InvalidArgument, $"WaitTimeout is {WaitTimeout.TotalSeconds:0} seconds; it must be from 0 to a day.");
        if (SkipImageCheck && (WaitForImage || MaxSeverity is not null))
            throw new OpsException(ErrorIds.InvalidArgument, "SkipImageCheck looks nothing up, so it contradicts WaitForImage and MaxSeverity. Leave one of them out.");
    }
}
