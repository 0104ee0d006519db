using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Buses;

/// <summary>Lists event buses.</summary>
/// <param name="events">The account's EventBridge.</param>
/// <param name="retry">Retries an item when a call has used up its retries.</param>
public sealed class EventBusReader(IEventBridgeApi events, ItemRetry retry)
{
    /// <summary>The event buses that match a query, ordered by name. Each takes a call, since a listing does not contain everything.</summary>
    /// <param name="query">Which event buses.</param>
    /// <param name="observer">Receives progress and failures; the rest continues.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OpsException">The run cannot continue: for example, there are no credentials, or a pattern is not valid.</exception>
    public async IAsyncEnumerable<EventBusSummary> ReadAsync(BusQuery query, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<NamePattern> patterns = NamePattern.ParseAll(query.EventBusName);
        ProgressCount progress = new(observer, BusMessages.Reading());
        List<string> names = [.. patterns.Where(pattern => !pattern.HasWildcard).Select(pattern => pattern.Prefix)];
        if (patterns.Any(pattern => pattern.HasWildcard))
        {
            List<JsonObject> listed = await retry.RunAsync(() => events.ListEventBusesAsync(null, cancellationToken).ToListAsync(cancellationToken), cancellationToken);
            names.AddRange(listed.Select(bus => bus.String("Name")).OfType<string>().Where(name => patterns.Any(pattern => pattern.IsMatch(name))));
        }

        names = [.. names.Distinct(StringComparer.Ordinal).OrderBy(name => name, StringComparer.Ordinal)];
        progress.Expect(names.Count);
        IAsyncEnumerable<EventBusSummary?> buses = OrderedParallel.SelectAsync(
            Streams.From(names),
            query.ThrottleLimit,
            async (name, token) =>
            {
                EventBusSummary? bus = await ItemGuard.RunAsync<EventBusSummary>(async () => Summarize(name, await retry.RunAsync(() => events.DescribeEventBusAsync(name, token), token)), name, observer, token);
                progress.Finish(name);
                return bus;
            },
            cancellationToken);
        await foreach (EventBusSummary? bus in buses)
        {
            if (bus is not null)
                yield return bus;
        }
    }

    private static EventBusSummary Summarize(string name, JsonObject bus) => new()
    {
        EventBusName = bus.String("Name") ?? name,
        Arn = bus.String("Arn"),
        Description = bus.String("Description"),
        IsShared = bus.String("Policy") is { Length: > 0 },
        Policy = bus.String("Policy"),
        DeadLetterArn = (bus["DeadLetterConfig"] as JsonObject)?.String("Arn"),
        KmsKeyIdentifier = bus.String("KmsKeyIdentifier"),
        LogLevel = (bus["LogConfig"] as JsonObject)?.String("Level"),
        Document = Document.Write(bus),
    };
}
