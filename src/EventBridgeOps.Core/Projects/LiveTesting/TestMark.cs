using System.Globalization;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Entries;

namespace EventBridgeOps.Projects.LiveTesting;

/// <summary>What marks the events of a live test on an event bus that others use too: one of their resources, or a time that no other event has.</summary>
internal sealed class TestMark
{
    private readonly string? _resource;
    private readonly DateTimeOffset? _time;

    private TestMark(string? resource, DateTimeOffset? time) => (_resource, _time) = (resource, time);

    /// <summary>Whether it is the time.</summary>
    public bool IsTime => _time is not null;

    /// <summary>The pattern that matches the mark alone.</summary>
    public string Pattern => Document.Write(_resource is not null
        ? new JsonObject { ["resources"] = new JsonArray(_resource) }
        : new JsonObject { ["time"] = new JsonArray(EventTime.Of(_time!.Value)) });

    /// <summary>Chooses a mark that does not change which rules match; null if there is none.</summary>
    /// <param name="name">The name of the test, which has the time in milliseconds.</param>
    /// <param name="events">The events.</param>
    /// <param name="matching">The names of the rules that match an event.</param>
    public static TestMark? Choose(string name, IReadOnlyList<TestEvent> events, Func<TestEvent, string[]> matching)
    {
        long milliseconds = long.Parse(name.Split('-')[2], CultureInfo.InvariantCulture);
        TestMark[] marks = [new(name, null), new(null, DateTimeOffset.FromUnixTimeSeconds(milliseconds % 1_000_000_000))]; // A second before the year 2002.
        return marks.FirstOrDefault(mark => events.All(each => matching(each).SequenceEqual(matching(mark.On(each)))));
    }

    /// <summary>An event with the mark.</summary>
    /// <param name="event">The event.</param>
    public TestEvent On(TestEvent @event) => @event with
    {
        Entry = EntryCheck.Prepare(@event.Entry with { Resources = _resource is null ? @event.Entry.Resources : [.. @event.Entry.Resources, _resource], Time = _time ?? @event.Entry.Time }, newId: null).Entry,
    };
}
