using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Runs;

namespace EventBridgeOps.PatternTesting;

/// <summary>What a pattern would have matched.</summary>
[Record("Pattern measures")]
[Column("Pattern", nameof(RuleName), nameof(Pattern), Form = ColumnForm.First, Room = 15)]
[Column("Matched", nameof(Matched), Form = ColumnForm.Number, Width = 8, Right = true)]
[Column("Events", nameof(Events), Form = ColumnForm.Number, Width = 9, Right = true)]
[Column("Invalid", nameof(Bad), Label = nameof(Bad), Form = ColumnForm.Number, Width = 4, Right = true)]
[Column("%", nameof(Percent), Form = ColumnForm.Percent, Width = 6, Right = true)]
[Column("First", nameof(First), Form = ColumnForm.Moment, Width = 11)]
[Column("Last", nameof(Last), Form = ColumnForm.Moment, Width = 11)]
public sealed partial record PatternMeasure
{
    /// <summary>The display name of the pattern: a rule with its event bus, or a file.</summary>
    public required string Pattern { get; init; }

    /// <summary>The event bus of the rule; null for a pattern without a rule.</summary>
    [Field(Unlisted = true)]
    public string? EventBusName { get; init; }

    /// <summary>The rule; null for a pattern without a rule.</summary>
    [Field(Unlisted = true)]
    public string? RuleName { get; init; }

    /// <summary>The number of events.</summary>
    [Field(Unit = "events")]
    public required long Events { get; init; }

    /// <summary>The number of events that match.</summary>
    [Field(Unit = "events")]
    public required long Matched { get; init; }

    /// <summary>The number of events for which it is not known whether the pattern matches, because the file of its rule does not specify a value; they are not included in <see cref="Matched"/>.</summary>
    [Field(Unit = "events")]
    public long Unknown { get; init; }

    /// <summary>The number of inputs that were not valid events; they are not included in <see cref="Events"/>.</summary>
    public required long Bad { get; init; }

    /// <summary>The percentage of events that match; null without events.</summary>
    [Field(Unit = "percent")]
    public double? Percent => Events == 0 ? null : 100.0 * Matched / Events;

    /// <summary>The number of matches per hour, over the time from the earliest to the latest of all events; null when it is unknown.</summary>
    [Field(Unit = "matches per hour")]
    public double? PerHour { get; init; }

    /// <summary>The <c>time</c> of the earliest event that matches; null when none has one.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>The <c>time</c> of the latest event that matches; null when none has one.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>The first few events that match.</summary>
    public IReadOnlyList<EventSample> Samples { get; init; } = [];

    /// <summary>The most frequent values of the requested properties in the events that match.</summary>
    public IReadOnlyList<ValueCount> Values { get; init; } = [];

    /// <summary>The pattern and its count.</summary>
    public override string ToString() => $"{Pattern}: {Matched} of {Events}";
}

/// <summary>An event that matches.</summary>
/// <param name="Event">Where it was read, for people.</param>
/// <param name="EventId">Its <c>id</c>; null when it has none.</param>
/// <param name="Time">Its <c>time</c> as it is written; null when it has none.</param>
/// <param name="Document">Its JSON text.</param>
[Record("Event samples")]
[Column("Event", nameof(Event), Width = 24)]
[Column("ID", nameof(EventId), Label = "Id", Width = 12)]
[Column("Time", nameof(Time), Width = 20)]
[Column("Document", nameof(Document))]
public sealed partial record EventSample(string Event, string? EventId, string? Time, [Field(Document = true)] string Document)
{
    /// <summary>Where it was read, and its ID.</summary>
    public override string ToString() => EventId is null ? Event : $"{Event} {EventId}";
}

/// <summary>The number of events in which a property has a value.</summary>
/// <param name="Property">The property's path, its keys joined by dots.</param>
/// <param name="Value">A string's text, or the JSON text of anything else.</param>
/// <param name="Count">The number of events.</param>
[Record("Value counts")]
[Group("Property", nameof(Property))]
[Column("Property", nameof(Property), Only = FrontEnd.CommandLine)]
[Column("Value", nameof(Value), Room = 59)]
[Column("Count", nameof(Count), Form = ColumnForm.Number, Width = 9, Right = true)]
public sealed partial record ValueCount(string Property, string Value, [Field(Unit = "events")] long Count)
{
    /// <summary>The property, the value and the count.</summary>
    public override string ToString() => $"{Property} = {Value} ({Count})";
}

/// <summary>What to return in addition to the counts.</summary>
[Request]
public sealed partial record MeasureOptions
{
    /// <summary>The number of matching events to return as samples.</summary>
    [Option("number", Name = "Sample", Min = 0, Max = 1000)]
    public int Samples { get; init; } = 3;

    /// <summary>The properties, such as <c>detail.state</c>, whose most frequent values in matching events are shown.</summary>
    /// <remarks>The path also traverses arrays.</remarks>
    [Option("path")]
    public IReadOnlyList<string> Property { get; init; } = [];

    /// <summary>The number of values to show for each property.</summary>
    [Option("number", Min = 1, Max = 1000)]
    public int Top { get; init; } = 5;

    /// <summary>Checks the options.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: a number is out of range.</exception>
    public void Check() => RequestLimits.Check(this, Request);
}
