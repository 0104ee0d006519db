using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Changes;

/// <summary>The answer of a front end to a planned write.</summary>
public enum Approval
{
    /// <summary>Make the change.</summary>
    Write,

    /// <summary>Only show what would be written.</summary>
    WhatIf,

    /// <summary>The user declined.</summary>
    Declined,
}

/// <summary>Asks for approval of a planned write. Called for one write at a time, in order, from any thread.</summary>
/// <param name="change">The planned write.</param>
/// <param name="cancellationToken">Cancels the wait.</param>
public delegate Task<Approval> ApproveChange(PlannedChange change, CancellationToken cancellationToken);

/// <summary>A planned write, as shown to the user before it is made, or instead.</summary>
/// <param name="Target">What is written: bus, rule and target id, for example.</param>
/// <param name="Action">The operation, which starts with its verb: <c>Update target t of rule r from revision 12 to 14 of job-def</c>.</param>
public sealed record PlannedChange(string Target, Message Action)
{
    /// <summary>The planned write as data; null for what is not a change of a resource, such as sending an event.</summary>
    public PlannedItem? Item { get; init; }
}
