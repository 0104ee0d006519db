using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.PatternTesting;

/// <summary>The result of a case.</summary>
public sealed record PatternCaseResult
{
    /// <summary>The name of the case; null when it has none.</summary>
    public string? Name { get; init; }

    /// <summary>The result.</summary>
    public required PatternOutcome Result { get; init; }

    /// <summary>The expected result; null when none was specified.</summary>
    public PatternOutcome? Expect { get; init; }

    /// <summary>Whether the result is the expected one; also true when none was specified.</summary>
    public bool Passed => Expect is null || Expect == Result;

    /// <summary>Why the pattern or the event is not valid; otherwise null.</summary>
    public string? Message { get; init; }

    /// <summary>The result of the service, if it was called and returned one; otherwise null.</summary>
    public PatternOutcome? Service { get; init; }

    /// <summary>Where the case was read, for people: <c>patterns.tests.jsonl:12</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>The line of a results file: <c>{"name","result"[,"message"]}</c>, and <c>service</c> if the service was called.</summary>
    public string ToJson() =>
        $"{{\"name\":{(Name is null ? "null" : JsonTexts.Quote(Name))},\"result\":\"{PatternVerdict.Text(Result)}\""
        + (Message is null ? "" : $",\"message\":{JsonTexts.Quote(Message)}")
        + (Service is { } service ? $",\"service\":\"{PatternVerdict.Text(service)}\"" : "")
        + "}";

    /// <summary>The name and the result.</summary>
    public override string ToString() => $"{Name ?? Origin}: {PatternVerdict.Text(Result)}";
}
