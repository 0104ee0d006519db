using System.Text.Json.Nodes;
using EventBridgeOps.Projects.Files;

namespace EventBridgeOps.Projects;

/// <summary>A rule of a project: <c>rules/NAME.yaml</c>.</summary>
public sealed record ProjectRule
{
    /// <summary>The name of the file without its extension, which is the name of the rule.</summary>
    public required string Name { get; init; }

    /// <summary>The file.</summary>
    public required ProjectText File { get; init; }

    /// <summary>What the rule is for; null if the file does not say it.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the rule is enabled.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>The event bus of the rule, if it is not that of the project; else null.</summary>
    public string? BusName { get; init; }

    /// <summary>The event pattern.</summary>
    public required JsonObject Pattern { get; init; }

    /// <summary>The targets, in the order of the file.</summary>
    public IReadOnlyList<ProjectTarget> Targets { get; init; } = [];

    /// <summary>The tests, those of the file first.</summary>
    public IReadOnlyList<RuleTest> Tests { get; init; } = [];

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>A target of a rule.</summary>
public sealed record ProjectTarget
{
    /// <summary>The ID.</summary>
    public required string Id { get; init; }

    /// <summary>The ARN, as text or as a function of CloudFormation.</summary>
    public required JsonNode Arn { get; init; }

    /// <summary>What the target receives, as <c>PutTargets</c> has it: <c>Input</c>, <c>InputPath</c> or <c>InputTransformer</c>.</summary>
    public required JsonObject Input { get; init; }

    /// <summary>The dead-letter queue; null for that of the project.</summary>
    public ProjectQueue? DeadLetterQueue { get; init; }

    /// <summary>The events that the target sends in turn: names of schemas.</summary>
    public IReadOnlyList<string> Emits { get; init; } = [];

    /// <summary>All that the file says of the target.</summary>
    public required JsonObject Settings { get; init; }

    /// <summary>The JSON pointer of the target in the file of the rule.</summary>
    public required string Pointer { get; init; }
}

/// <summary>A test of a rule: an event, whether the rule matches it, and what the targets receive.</summary>
public sealed record RuleTest
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The file.</summary>
    public required ProjectText File { get; init; }

    /// <summary>The JSON pointer of the test in the file.</summary>
    public required string Pointer { get; init; }

    /// <summary>The path of an example; null if the event is in place.</summary>
    public string? EventPath { get; init; }

    /// <summary>The event in place; null if it is in a file.</summary>
    public JsonObject? Event { get; init; }

    /// <summary>Whether the rule must match the event.</summary>
    public bool Matches { get; init; } = true;

    /// <summary>What targets must receive, by their IDs.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Inputs { get; init; } = new Dictionary<string, JsonNode?>();
}
