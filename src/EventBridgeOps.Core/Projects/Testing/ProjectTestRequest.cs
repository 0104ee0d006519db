using EventBridgeOps.Events.Records;

namespace EventBridgeOps.Projects.Testing;

/// <summary>Which project to check, and how.</summary>
[Request]
public sealed partial record ProjectTestRequest
{
    /// <summary>The folder of the project.</summary>
    [Option("folder", Otherwise = "the current folder")]
    public string? Path { get; init; }

    /// <summary>Check the project again whenever one of its files changes, until Ctrl+C.</summary>
    [Option]
    public bool Watch { get; init; }
}
