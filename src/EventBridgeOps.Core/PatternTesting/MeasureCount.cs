using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.PatternTesting;

/// <summary>Counts what one pattern matches.</summary>
internal sealed class MeasureCount(MeasureOptions options)
{
    private readonly MeasureSpan _span = new();
    private readonly List<EventSample> _samples = [];
    private readonly ValueTally[] _tallies = [.. options.Property.Select(path => new ValueTally(path))];

    /// <summary>The number of events for which it is not known whether the pattern matches.</summary>
    public long Uncertain { get; private set; }

    public void Add(EventDocument document, bool isCertain)
    {
        if (!isCertain)
        {
            Uncertain++;
            return;
        }

        _span.Add(document);
        if (_samples.Count < options.Samples)
            _samples.Add(new EventSample(document.Origin, document.Id, document.Time, document.Text));
        if (_tallies.Length == 0)
            return;
        using JsonDocument parsed = JsonDocument.Parse(document.Utf8, new JsonDocumentOptions { MaxDepth = Document.MaxDepth });
        foreach (ValueTally tally in _tallies)
            tally.Add(parsed.RootElement);
    }

    public PatternMeasure Summarize(NamedPattern pattern, MeasureSpan all, long bad) => new()
    {
        Pattern = pattern.Name,
        EventBusName = pattern.EventBusName,
        RuleName = pattern.RuleName,
        Events = all.Count,
        Matched = _span.Count,
        Unknown = Uncertain,
        Bad = bad,
        PerHour = all.Length is { } length && length > TimeSpan.Zero ? _span.Count / length.TotalHours : null,
        First = _span.First,
        Last = _span.Last,
        Samples = _samples,
        Values = _tallies.SelectMany(tally => tally.Top(options.Top)).ToArray(), // PowerShell cannot index what a collection expression makes.
    };
}

/// <summary>How many events there are, and from when to when.</summary>
internal sealed class MeasureSpan
{
    public long Count { get; private set; }

    public DateTimeOffset? First { get; private set; }

    public DateTimeOffset? Last { get; private set; }

    public TimeSpan? Length => Last - First;

    public void Add(EventDocument document)
    {
        Count++;
        if (document.Time is not { } text || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
            return;
        if (First is null || time < First)
            First = time;
        if (Last is null || time > Last)
            Last = time;
    }
}

/// <summary>Counts a property's values.</summary>
/// <param name="path">The property's path.</param>
internal sealed class ValueTally(string path)
{
    /// <summary>The maximum number of different values; a property with more is not useful to count by.</summary>
    private const int MostValues = 100_000;

    private const string Others = "(others)";

    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    public void Add(JsonElement root)
    {
        HashSet<string> values = new(StringComparer.Ordinal);
        Collect(root, 0, values);
        foreach (string value in values)
        {
            string key = _counts.Count < MostValues || _counts.ContainsKey(value) ? value : Others;
            _counts[key] = _counts.TryGetValue(key, out long count) ? count + 1 : 1;
        }
    }

    public IEnumerable<ValueCount> Top(int most) => _counts
        .OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal)
        .Take(most)
        .Select(count => new ValueCount(path, count.Key, count.Value));

    /// <summary>The values at the path, as patterns see paths: arrays are passed through, and a key may have dots.</summary>
    private void Collect(JsonElement element, int at, HashSet<string> values)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
                Collect(item, at, values);
        }
        else if (element.ValueKind != JsonValueKind.Object)
        {
            if (at > path.Length)
                values.Add(element.ValueKind == JsonValueKind.String ? Text(element) : element.GetRawText());
        }
        else
        {
            foreach (JsonProperty property in element.EnumerateObject().Where(property => Leads(property.Name, at)))
                Collect(property.Value, at + property.Name.Length + 1, values);
        }
    }

    private bool Leads(string name, int at) =>
        at + name.Length <= path.Length
        && string.CompareOrdinal(path, at, name, 0, name.Length) == 0
        && (at + name.Length == path.Length || path[at + name.Length] == '.');

    private static string Text(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return element.GetRawText(); // Half of a surrogate pair has no text.
        }
    }
}

/// <summary>Counts what is not an event, and passes on only the first failures: a file of another kind would have one for each of its lines.</summary>
internal sealed class BadEventCount(IRunObserver observer) : PassingObserver(observer)
{
    private const int Told = 3;

    public long Count { get; private set; }

    public override void Failed(ItemFailure failure)
    {
        if (failure.Error.ErrorId is not (ErrorIds.InvalidEvent or ErrorIds.EntryNotEvent))
        {
            Inner.Failed(failure);
            return;
        }

        Count++;
        if (Count <= Told)
            Inner.Warning(Count == Told ? PatternTestingMessages.LastBadEventShown(failure.Error) : PatternTestingMessages.BadEvent(failure.Error));
        else
            Inner.Verbose(PatternTestingMessages.BadEvent(failure.Error));
    }
}
