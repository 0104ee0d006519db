using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Patterns;
using EventBridgeOps.Patterns.Events;

namespace EventBridgeOps.PatternTesting;

/// <summary>Measures how fast patterns are matched on this machine by one thread: each pattern separately, then all together.</summary>
/// <param name="time">The clock to measure by.</param>
public sealed class PatternBench(TimeProvider time)
{
    /// <summary>The maximum size of the events held in memory, in bytes; further events are ignored.</summary>
    public const long MostBytes = 256 * 1024 * 1024;

    private const int EventsBetweenLooks = 256;

    /// <summary>Runs the measurement.</summary>
    /// <param name="patterns">The patterns.</param>
    /// <param name="events">The events; they are read before the measurement and matched repeatedly.</param>
    /// <param name="duration">How long to measure each pattern; all events are matched at least once.</param>
    /// <param name="observer">Receives patterns that are not valid, what is not an event, and progress.</param>
    /// <param name="cancellationToken">Ends the work at once.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidEvent"/>: there are no events. <see cref="ErrorIds.InvalidPattern"/>: no pattern is valid.</exception>
    public async IAsyncEnumerable<PatternSpeed> RunAsync(
        IReadOnlyList<NamedPattern> patterns, IAsyncEnumerable<EventDocument> events, TimeSpan duration, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PatternSet all = new();
        List<(NamedPattern Given, PatternSet Set)> sets = [];
        foreach (NamedPattern given in patterns)
        {
            if (Read(given, observer) is not { } pattern)
                continue;
            PatternSet alone = new();
            alone.Add("", pattern);
            sets.Add((given, alone));
            all.Add($"{sets.Count}", pattern);
        }

        if (sets.Count == 0)
            throw new OpsException(ErrorIds.InvalidPattern, PatternTestingMessages.NoValidPattern());
        if (sets.Count > 1)
            sets.Add((new NamedPattern(observer.Text(PatternTestingMessages.AllTogether(sets.Count)), ""), all));
        List<ReadOnlyMemory<byte>> held = await HoldAsync(events, all, observer, cancellationToken);
        foreach ((NamedPattern given, PatternSet set) in sets)
        {
            observer.Progress(new RunProgress(PatternTestingMessages.Measuring(), sets.FindIndex(other => other.Set == set), sets.Count, given.Name));
            yield return await Task.Run(() => Measure(given, set, held, duration, cancellationToken), cancellationToken);
        }
    }

    private static EventPattern? Read(NamedPattern given, IRunObserver observer)
    {
        if (given.Rule is not null && given.Rule.KnownPattern is null)
        {
            observer.Warning(PatternTestingMessages.NotMeasured(given.Name, given.DependsOn));
            return null;
        }

        try
        {
            return EventPattern.Parse(given.Rule?.KnownPattern ?? given.Text);
        }
        catch (PatternException e)
        {
            observer.Failed(new ItemFailure(new OpsException(ErrorIds.InvalidPattern, PatternTestingMessages.InvalidPattern(given.Name, e.Message), e), given.Name));
            return null;
        }
    }

    private static async Task<List<ReadOnlyMemory<byte>>> HoldAsync(IAsyncEnumerable<EventDocument> events, PatternSet set, IRunObserver observer, CancellationToken cancellationToken)
    {
        List<ReadOnlyMemory<byte>> held = [];
        long bytes = 0;
        await foreach (EventDocument document in events.WithCancellation(cancellationToken))
        {
            try
            {
                set.Match(document.RequireEvent().Utf8.Span); // An event that the matcher rejects would end the measurement.
            }
            catch (EventException e)
            {
                observer.Failed(new ItemFailure(EventDocument.Invalid(document.Origin, Message.Verbatim(e.Message), e), document.Origin));
                continue;
            }
            catch (OpsException e)
            {
                observer.Failed(new ItemFailure(e, document.Origin));
                continue;
            }

            if (bytes + document.Utf8.Length > MostBytes)
            {
                observer.Warning(PatternTestingMessages.OnlyTheFirst(held.Count, MostBytes / 1024 / 1024));
                break;
            }

            bytes += document.Utf8.Length;
            held.Add(document.Utf8);
        }

        return held.Count > 0 ? held : throw new OpsException(ErrorIds.InvalidEvent, PatternTestingMessages.NoEvents());
    }

    private PatternSpeed Measure(NamedPattern given, PatternSet set, List<ReadOnlyMemory<byte>> events, TimeSpan duration, CancellationToken cancellationToken)
    {
        List<string> names = [];
        long matched = 0;
        foreach (ReadOnlyMemory<byte> document in events) // Once for the count, and to warm up.
        {
            names.Clear();
            set.Match(document.Span, names);
            matched += names.Count;
        }

        long done = 0, bytes = 0;
        long begun = time.GetTimestamp();
        TimeSpan taken = TimeSpan.Zero;
        while (done < events.Count || taken < duration)
        {
            for (int i = 0; i < EventsBetweenLooks; i++)
            {
                ReadOnlySpan<byte> document = events[(int)(done % events.Count)].Span;
                names.Clear();
                set.Match(document, names);
                bytes += document.Length;
                done++;
            }

            taken = time.GetElapsedTime(begun);
            cancellationToken.ThrowIfCancellationRequested();
        }

        double seconds = Math.Max(taken.TotalSeconds, 1e-9);
        return new PatternSpeed(given.Name, events.Count, matched, done / seconds, bytes / seconds / 1_000_000, seconds * 1_000_000 / done);
    }
}

/// <summary>How fast a pattern, or several patterns together, are matched.</summary>
/// <param name="Pattern">The display name of the pattern.</param>
/// <param name="Events">The number of different events.</param>
/// <param name="Matched">The number of matches in them.</param>
/// <param name="EventsPerSecond">Events per second.</param>
/// <param name="MegabytesPerSecond">Megabytes of events per second.</param>
/// <param name="Microseconds">Microseconds per event.</param>
[Record("Pattern speeds", Only = FrontEnd.CommandLine)]
[Column("Pattern", nameof(Pattern))]
[Column("Events", nameof(Events), Form = ColumnForm.Number, Width = 9, Right = true)]
[Column("Matched", nameof(Matched), Form = ColumnForm.Number, Width = 9, Right = true)]
[Column("Events/s", nameof(EventsPerSecond), Form = ColumnForm.Number, Width = 11, Right = true)]
[Column("MB/s", nameof(MegabytesPerSecond), Form = ColumnForm.Number, Width = 7, Right = true)]
[Column("µs/event", nameof(Microseconds), Form = ColumnForm.Hundredths, Width = 9, Right = true)]
public sealed partial record PatternSpeed(string Pattern, int Events, long Matched, [Field(Unit = "events per second")] double EventsPerSecond, [Field(Unit = "megabytes per second")] double MegabytesPerSecond, [Field(Unit = "microseconds")] double Microseconds);
