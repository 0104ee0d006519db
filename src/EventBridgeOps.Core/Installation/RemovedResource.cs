using EventBridgeOps.Events.Records;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Installation;

/// <summary>What became of a resource when the automation was removed.</summary>
public enum RemovalStatus : long
{
    /// <summary>It was deleted.</summary>
    [State(Tone.Good)]
    Deleted,

    /// <summary>It was kept, as requested.</summary>
    Kept,

    /// <summary>It could not be deleted, and still exists.</summary>
    [State(Tone.Bad, Verdict.Failed)]
    Left,

    /// <summary>It would be deleted; this was a what-if run.</summary>
    WouldDelete,
}

/// <summary>A resource of an installation that was removed.</summary>
[Record("Removed resources", State = nameof(Status))]
[Column("Resource", nameof(Resource), Width = 28)]
[Column("Kind", nameof(Kind), Room = 18)]
[Column("Status", nameof(Status), Width = 11)]
[Column("Name", nameof(Name), Room = 20)]
public sealed partial record RemovedResource
{
    /// <summary>The name of the resource in the template.</summary>
    [Field(Key = true)]
    public required string Resource { get; init; }

    /// <summary>The type of the resource in CloudFormation.</summary>
    public required string Kind { get; init; }

    /// <summary>What became of it.</summary>
    public RemovalStatus Status { get; init; }

    /// <summary>The name, URL or ARN of the resource; null if it has none.</summary>
    public string? Name { get; init; }

    /// <summary>Why it still exists, or, of a deleted one, why only CloudFormation says so; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>Its name in the template.</summary>
    public override string ToString() => Resource;

    internal static RemovedResource Of(StackResource resource, RemovalStatus status) => new() { Resource = resource.LogicalId, Kind = resource.Kind, Name = resource.PhysicalId, Status = status };
}
