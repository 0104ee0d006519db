using EventBridgeOps.Events.Records;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>What a publication does with a resource.</summary>
public enum ProjectChangeStatus : long
{
    /// <summary>It was created.</summary>
    [State(Tone.Good)]
    Added,

    /// <summary>It was changed in place.</summary>
    [State(Tone.Good)]
    Changed,

    /// <summary>A new one was created in its place, and the old one was deleted.</summary>
    [State(Tone.Warning)]
    Replaced,

    /// <summary>It was removed from the stack.</summary>
    [State(Tone.Warning)]
    Removed,

    /// <summary>It would be created.</summary>
    WouldAdd,

    /// <summary>It would be changed in place.</summary>
    WouldChange,

    /// <summary>A new one would be created in its place, and the old one would be deleted.</summary>
    [State(Tone.Bad)]
    WouldReplace,

    /// <summary>It would be removed from the stack.</summary>
    [State(Tone.Bad)]
    WouldRemove,
}

/// <summary>A resource that a publication changes.</summary>
[Record("Changes of the stack", State = nameof(Status), KnownBy = [nameof(Resource), nameof(Kind), nameof(Properties)])]
[Column("Status", nameof(Status), Width = 12)]
[Column("Resource", nameof(Resource), Width = 28)]
[Column("Kind", nameof(Kind), Room = 18)]
[Column("Loses", nameof(Loses))]
public sealed partial record ProjectChange
{
    /// <summary>The name of the resource in the template.</summary>
    [Field(Key = true)]
    public required string Resource { get; init; }

    /// <summary>The type of the resource in CloudFormation.</summary>
    public required string Kind { get; init; }

    /// <summary>What is done with it.</summary>
    public ProjectChangeStatus Status { get; init; }

    /// <summary>The name, URL or ARN of the resource as it was before; null if it did not exist.</summary>
    public string? Name { get; init; }

    /// <summary>The properties that change.</summary>
    public IReadOnlyList<string> Properties { get; init; } = [];

    /// <summary>The data that is lost; null if none is.</summary>
    public string? Loses { get; init; }

    /// <summary>Its name in the template.</summary>
    public override string ToString() => Resource;

    /// <summary>The change as planned.</summary>
    internal static ProjectChange Of(StackChange change) => new()
    {
        Resource = change.LogicalId,
        Kind = change.Kind,
        Name = change.PhysicalId,
        Properties = change.Properties,
        Status = change.Action switch
        {
            "Add" or "Import" => ProjectChangeStatus.WouldAdd,
            "Remove" => ProjectChangeStatus.WouldRemove,
            _ => change.Replacement is "True" or "Conditional" ? ProjectChangeStatus.WouldReplace : ProjectChangeStatus.WouldChange,
        },
    };

    /// <summary>The change after it was made.</summary>
    internal ProjectChange Done() => this with
    {
        Status = Status switch
        {
            ProjectChangeStatus.WouldAdd => ProjectChangeStatus.Added,
            ProjectChangeStatus.WouldChange => ProjectChangeStatus.Changed,
            ProjectChangeStatus.WouldReplace => ProjectChangeStatus.Replaced,
            ProjectChangeStatus.WouldRemove => ProjectChangeStatus.Removed,
            _ => Status,
        },
    };
}
