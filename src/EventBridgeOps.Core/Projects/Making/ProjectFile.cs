using EventBridgeOps.Events.Records;

namespace EventBridgeOps.Projects.Making;

/// <summary>A file of a project that was written.</summary>
[Record("Project files", State = nameof(State), KnownBy = [nameof(Path), nameof(State)])]
[Column("State", nameof(State), Width = 9)]
[Column("Path", nameof(Path))]
public sealed partial record ProjectFile
{
    /// <summary>The path, relative to the folder of the project.</summary>
    [Field(Key = true)]
    public required string Path { get; init; }

    /// <summary>What was done.</summary>
    public required ProjectFileState State { get; init; }

    /// <summary>The path and the state.</summary>
    public override string ToString() => $"{Path}: {State}";
}

/// <summary>What was done with a file of a project.</summary>
public enum ProjectFileState : long
{
    /// <summary>It was created.</summary>
    [State(Tone.Good)]
    Created,

    /// <summary>It was changed; all else in it is as it was.</summary>
    [State(Tone.Good)]
    Changed,

    /// <summary>It has what was requested already.</summary>
    [State(Tone.Faint)]
    Unchanged,
}
