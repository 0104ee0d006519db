using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Reports;

namespace EventBridgeOps.PatternTesting;

/// <summary>The result of a case.</summary>
[Record("Pattern cases", KnownBy = [nameof(Origin), nameof(Expect), nameof(Result)])]
[Column("Case", nameof(Name), nameof(Origin), Form = ColumnForm.First, Room = 22)]
[Column("Result", nameof(Result), Width = 8, Good = nameof(Passed))]
[Column("Expect", nameof(Expect), Width = 8)]
[Column("Message", nameof(Message), Width = 30, Room = 29, Tail = 0)]
public sealed partial record PatternCaseResult : IReportable
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
    [Field(ListAfter = nameof(Name))]
    public required string Origin { get; init; }

    /// <summary>The line of a results file: <c>{"name","result"[,"message"]}</c>, and <c>service</c> if the service was called.</summary>
    public string ToJson() =>
        $"{{\"name\":{(Name is null ? "null" : JsonTexts.Quote(Name))},\"result\":\"{PatternVerdict.Text(Result)}\""
        + (Message is null ? "" : $",\"message\":{JsonTexts.Quote(Message)}")
        + (Service is { } service ? $",\"service\":\"{PatternVerdict.Text(service)}\"" : "")
        + "}";

    IEnumerable<ReportItem> IReportable.Report(IVoice voice)
    {
        string result = PatternVerdict.Text(Result);
        string? message = Passed ? Message
            : Message is null ? PatternTestingMessages.CaseDiffers(result, PatternVerdict.Text(Expect!.Value)).In(voice)
            : PatternTestingMessages.CaseDiffersBecause(result, PatternVerdict.Text(Expect!.Value), Message).In(voice);
        return [ReportItem.Of(Shape, null, Name ?? Origin, result, Passed ? Verdict.Passed : Verdict.Failed, Origin, message)];
    }

    /// <summary>The name and the result.</summary>
    public override string ToString() => $"{Name ?? Origin}: {PatternVerdict.Text(Result)}";
}
