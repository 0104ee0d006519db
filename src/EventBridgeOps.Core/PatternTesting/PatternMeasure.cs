using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.PatternTesting;

/// <summary>What a pattern would have matched.</summary>
public sealed record PatternMeasure
{
    /// <summary>Whose pattern it is, for people: a rule with its bus, a file.</summary>
    public required string Pattern { get; init; }

    /// <summary>The bus of the rule that has the pattern; null for a pattern without a rule.</summary>
    public string? EventBusName { get; init; }

    /// <summary>The rule that has the pattern; null for a pattern without a rule.</summary>
    public string? RuleName { get; init; }

    /// <summary>How many events there were.</summary>
    public required long Events { get; init; }

    /// <summary>How many of them match.</summary>
    public required long Matched { get; init; }

    /// <summary>How many things were no event, and are not among <see cref="Events"/>.</summary>
    public required long Bad { get; init; }

    /// <summary>How many per cent of the events match; null without events.</summary>
    public double? Percent => Events == 0 ? null : 100.0 * Matched / Events;

    /// <summary>How many match in an hour, over the time from the earliest of all events to the latest; null where that is not known.</summary>
    public double? PerHour { get; init; }

    /// <summary>The <c>time</c> of the earliest event that matches; null where none has one.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>The <c>time</c> of the latest event that matches; null where none has one.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>The first few events that match.</summary>
    public IReadOnlyList<EventSample> Samples { get; init; } = [];

    /// <summary>The values that the events that match have most often, for the properties that were asked for.</summary>
    public IReadOnlyList<ValueCount> Values { get; init; } = [];

    /// <summary>The pattern and its count.</summary>
    public override string ToString() => $"{Pattern}: {Matched} of {Events}";
}

/// <summary>An event that matches.</summary>
/// <param name="Event">Where it was read, for people.</param>
/// <param name="EventId">Its <c>id</c>; null when it has none.</param>
/// <param name="Time">Its <c>time</c> as it is written; null when it has none.</param>
/// <param name="Document">Its JSON text.</param>
public sealed record EventSample(string Event, string? EventId, string? Time, string Document)
{
    /// <summary>Where it was read, and its id.</summary>
    public override string ToString() => EventId is null ? Event : $"{Event} {EventId}";
}

/// <summary>How often a property of events has a value.</summary>
/// <param name="Property">The property's path, its keys joined by dots.</param>
/// <param name="Value">A string's text, or the JSON text of anything else.</param>
/// <param name="Count">In how many events.</param>
public sealed record ValueCount(string Property, string Value, long Count)
{
    /// <summary>The property, the value and the count.</summary>
    public override string ToString() => $"{Property} = {Value} ({Count})";
}

/// <summary>What to keep besides the counts.</summary>
public sealed record MeasureOptions
{
    /// <summary>How many events that match are kept.</summary>
    public int Samples { get; init; } = 3;

    /// <summary>Whose values to count: paths, their keys joined by dots, such as <c>detail.state</c>.</summary>
    public IReadOnlyList<string> Property { get; init; } = [];

    /// <summary>How many of each property's values are given.</summary>
    public int Top { get; init; } = 5;

    /// <summary>What a user means.</summary>
    /// <param name="samples">How many events to keep; null for three.</param>
    /// <param name="property">Paths; null or empty for none.</param>
    /// <param name="top">How many values of each; null for five.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: a number cannot be used.</exception>
    public static MeasureOptions From(int? samples, IReadOnlyList<string>? property, int? top)
    {
        if (samples is < 0 or > 1000)
            throw new OpsException(ErrorIds.InvalidArgument, $"Sample is {samples}; it must be from 0 to 1000.");
        if (top is < 1 or > 1000)
            throw new OpsException(ErrorIds.InvalidArgument, $"Top is {top}; it must be from 1 to 1000.");
        MeasureOptions usual = new();
        return new MeasureOptions { Samples = samples ?? usual.Samples, Property = property ?? [], Top = top ?? usual.Top };
    }
}
