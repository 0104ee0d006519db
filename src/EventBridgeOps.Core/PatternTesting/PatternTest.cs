using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Patterns.Explaining;

namespace EventBridgeOps.PatternTesting;

/// <summary>Whether one pattern matches one event.</summary>
[Record("Pattern tests")]
[Column("Pattern", nameof(RuleName), nameof(Pattern), Form = ColumnForm.First, Only = FrontEnd.CommandLine)]
[Column("Event", nameof(Event), Width = 24, Flexible = true)]
[Column("ID", nameof(EventId), Label = "Id", Width = 10, Flexible = true)]
[Column("Pattern", nameof(RuleName), nameof(Pattern), Form = ColumnForm.First, Only = FrontEnd.Shell)]
[Column("Result", nameof(Matches), Form = ColumnForm.Match, Width = 8)]
public partial record PatternTest
{
    /// <summary>The display name of the pattern: a rule with its event bus, or a file.</summary>
    [Field(ListAfter = nameof(EventId))]
    public required string Pattern { get; init; }

    /// <summary>The event bus of the rule; null for a pattern without a rule.</summary>
    [Field(ListAfter = nameof(Pattern))]
    public string? EventBusName { get; init; }

    /// <summary>The rule; null for a pattern without a rule.</summary>
    [Field(ListAfter = nameof(EventBusName))]
    public string? RuleName { get; init; }

    /// <summary>Where the event was read, for people: <c>week.jsonl:12</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The <c>id</c> of the event; null when it has none.</summary>
    public string? EventId { get; init; }

    /// <summary>Whether the pattern matches the event; null if that depends on a value that the file of its rule does not specify.</summary>
    public required bool? Matches { get; init; }

    /// <summary>What decides whether the pattern matches, if that is not known; otherwise null.</summary>
    public string? Reason { get; init; }

    /// <summary>The result of the service; null if it was not called or returned none.</summary>
    public PatternOutcome? Service { get; init; }

    /// <summary>The pattern, the event and the result.</summary>
    public override string ToString() => PatternTestingMessages.Title(Pattern, Event, Matches).ToString();
}

/// <summary>Whether one pattern matches one event, and why.</summary>
[Record("Pattern explanations", Layout = RecordLayout.TitledText)]
public sealed partial record PatternExplanation : PatternTest
{
    /// <summary>The expected and the actual values of each field and each alternative; of a pattern that depends on unknown values, of the part that does not.</summary>
    [Field(Omitted = true)]
    public required Explanation Explanation { get; init; }

    /// <summary>The pattern, the event and the result, for people.</summary>
    [Field(Omitted = true)]
    public string Title => base.ToString();

    /// <summary>The explanation for people, 80 columns wide.</summary>
    public string Text => ToText(80, color: false);

    /// <summary>One line of JSON: <c>pattern</c>, <c>event</c>, <c>matches</c>, <c>branches</c>; <c>matches</c> is null, with a <c>reason</c>, if it is not known.</summary>
    public string ToJson()
    {
        string service = Service is { } said ? $",\"service\":\"{PatternVerdict.Text(said)}\"" : "";
        const string certain = "{\"matches\":true";
        string explanation = Explanation.ToJson();
        if (Matches is null && explanation.StartsWith(certain, StringComparison.Ordinal))
            explanation = $"{{\"matches\":null,\"reason\":{JsonTexts.Quote(Reason ?? "")}{explanation.Substring(certain.Length)}";
        return $"{{\"pattern\":{JsonTexts.Quote(Pattern)},\"event\":{JsonTexts.Quote(Event)}{service},{explanation.Substring(1)}";
    }

    /// <summary>The explanation for people.</summary>
    /// <param name="width">The width of a line in characters.</param>
    /// <param name="color">Whether to colour it with ANSI escape sequences.</param>
    public string ToText(int width, bool color) => Explanation.ToText(width, color).TrimEnd();

    /// <summary>The explanation for people, 80 columns wide.</summary>
    public override string ToString() => Text;
}
