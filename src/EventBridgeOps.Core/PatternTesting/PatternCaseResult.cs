using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.PatternTesting;

/// <summary>What came out of a case.</summary>
public sealed record PatternCaseResult
{
    /// <summary>The case's name; null when it has none.</summary>
    public string? Name { get; init; }

    /// <summary>What came out.</summary>
    public required PatternOutcome Result { get; init; }

    /// <summary>What was expected; null when nothing was.</summary>
    public PatternOutcome? Expect { get; init; }

    /// <summary>Whether it came out as expected; true also where nothing was expected.</summary>
    public bool Passed => Expect is null || Expect == Result;

    /// <summary>The reason's text alone, for a pattern that is not valid and an event that is none; else null.</summary>
    public string? Message { get; init; }

    /// <summary>What the service says, where it was asked and could answer; else null.</summary>
    public PatternOutcome? Service { get; init; }

    /// <summary>Where the case is, for people: <c>patterns.tests.jsonl:12</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>The line of a results file: <c>{"name","result"[,"message"]}</c>, and <c>service</c> where the service was asked.</summary>
    public string ToJson() =>
        $"{{\"name\":{(Name is null ? "null" : JsonTexts.Quote(Name))},\"result\":\"{PatternVerdict.Text(Result)}\""
        + (Message is null ? "" : $",\"message\":{JsonTexts.Quote(Message)}")
        + (Service is { } service ? $",\"service\":\"{PatternVerdict.Text(service)}\"" : "")
        + "}";

    /// <summary>The name and the result.</summary>
    public override string ToString() => $"{Name ?? Origin}: {PatternVerdict.Text(Result)}";
}
