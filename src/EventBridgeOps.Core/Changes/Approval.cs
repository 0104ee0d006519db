using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Changes;

/// <summary>A front end's answer to a planned write.</summary>
public enum Approval
{
    /// <summary>Write it.</summary>
    Write,

    /// <summary>Only show what would be written.</summary>
    WhatIf,

    /// <summary>A person said no.</summary>
    Declined,
}

/// <summary>Asks whether a planned write is wanted. Called for one write at a time, in order, from any thread.</summary>
/// <param name="change">What would be written.</param>
/// <param name="cancellationToken">Ends the waiting at once.</param>
public delegate Task<Approval> ApproveChange(PlannedChange change, CancellationToken cancellationToken);

/// <summary>A planned write, in words for people: <c>ShouldProcess(Target, Action)</c>.</summary>
/// <param name="Target">Bus, rule and target id.</param>
/// <param name="Action">What would be done: <c>job-def:12 -> :14</c>.</param>
public sealed record PlannedChange(string Target, Message Action);
