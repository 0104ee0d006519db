using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Sync;

/// <summary>The options of a sync.</summary>
[Request]
public sealed partial record SyncOptions : WriteOptions
{
    /// <summary>The revision to pin targets to. It must be ACTIVE. With <see cref="WriteOptions.Force"/>, floating targets are pinned too.</summary>
    [Option("number", Otherwise = "the latest ACTIVE revision", Min = 1)]
    public int? ToRevision { get; init; }

    /// <summary>Remove the revision, so that AWS Batch uses the latest ACTIVE one when a job is submitted.</summary>
    [Option]
    public bool Float { get; init; }

    /// <summary>Also repair the targets of disabled rules.</summary>
    [Option]
    public bool IncludeDisabledRule { get; init; }

    /// <summary>If a target fails, roll back the targets that were updated.</summary>
    /// <remarks>Each Region is a separate run.</remarks>
    [Option]
    public override bool RevertOnFailure { get; init; }

    /// <summary>Save the planned updates in this file instead of making them.</summary>
    /// <remarks>The file must not exist. It contains no secrets, and can be reviewed and applied later, in another process or by another identity.</remarks>
    [Option("path")]
    public override string? PlanPath { get; init; }

    /// <summary>With <see cref="WriteOptions.WhatIf"/>: fail if a target would be updated.</summary>
    /// <remarks>The error is <c>DriftFound</c>, after all targets are shown.</remarks>
    [Option]
    public bool FailOnDrift { get; init; }

    /// <summary>After the repair, deliver the events of dead letters of the rules of these targets, as far as their cause is gone.</summary>
    /// <remarks>See the redrive of dead letters. A message is deleted only after its target accepted the event.</remarks>
    [Option]
    public bool ResumeDeadLetter { get; init; }

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        RequestLimits.Check(this, Request);
        if (Float && ToRevision is not null)
            throw new OpsException(ErrorIds.InvalidArgument, SyncMessages.FloatAndRevision());
        if (ResumeDeadLetter && PlanPath is not null)
            throw new OpsException(ErrorIds.InvalidArgument, SyncMessages.ResumeAndPlan());
        if (FailOnDrift && !WhatIf)
            throw new OpsException(ErrorIds.InvalidArgument, SyncMessages.FailOnDriftAlone());
    }
}
