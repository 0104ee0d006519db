using System.Globalization;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Logs;

/// <summary>A log group and its streams. Events that are older than its retention are gone at once; AWS takes up to three days more.</summary>
internal sealed class LogGroup
{
    public const string NamePattern = @"[\.\-_/#A-Za-z0-9]+";
    private const string ArnResource = "log-group:";

    private readonly Operation operation;

    private LogGroup(Operation operation, string name) => (this.operation, Name) = (operation, name);

    public string Name { get; }

    public RawDocument Document => Groups(operation)[Name];

    public Table Streams => operation.State["logStreams/" + Name];

    /// <summary>The ARN as policies and targets name it, without the end ":*".</summary>
    public string Arn => operation.Arn("logs", ArnResource + Name);

    public long? RetentionInDays => Document.Number("retentionInDays");

    public static IEnumerable<LogGroup> All(Operation operation) => Groups(operation).Keys.Select(name => new LogGroup(operation, name));

    public static LogGroup? Named(Operation operation, string name)
    {
        if (!Groups(operation).ContainsKey(name))
            return null;
        LogGroup group = new(operation, name);
        group.Expire();
        return group;
    }

    /// <summary>The group that an operation is about, by its name.</summary>
    public static LogGroup OfName(Operation operation)
    {
        Constraints constraints = new();
        constraints.Text("logGroupName", operation.Input["logGroupName"], true, 1, 512, NamePattern);
        LogErrors.Check(constraints);
        return Named(operation, operation.Input.Text("logGroupName")!) ?? throw LogErrors.NoGroup();
    }

    /// <summary>The group that an operation is about, by its name or its ARN.</summary>
    public static LogGroup OfIdentifier(Operation operation)
    {
        RawDocument input = operation.Input;
        if (input["logGroupName"] is null == input["logGroupIdentifier"] is null)
            throw LogErrors.BadParameter("Either logGroupName or logGroupIdentifier is required, but not both.");
        if (input.Text("logGroupIdentifier") is not { } identifier)
            return OfName(operation);
        return (identifier.StartsWith("arn:", StringComparison.Ordinal) ? AtArn(operation, identifier) : Named(operation, identifier)) ?? throw LogErrors.NoGroup();
    }

    /// <summary>The group with this ARN, with or without the end ":*", in this Region; null if there is none.</summary>
    public static LogGroup? AtArn(Operation operation, string text) =>
        Events.Names.Arn.TryParse(text, out Arn? arn) && operation.IsHere(arn.Partition, arn.Region, arn.AccountId) && arn.Service == "logs"
        && arn.Resource.StartsWith(ArnResource, StringComparison.Ordinal)
            ? Named(operation, arn.Resource.Substring(ArnResource.Length).Split(':')[0])
            : null;

    public static LogGroup Create(Operation operation, string name)
    {
        Groups(operation)[name] = RawDocument.Empty.With("creationTime", operation.Now.ToUnixTimeMilliseconds());
        return new(operation, name);
    }

    public void Keep(RawDocument document) => Groups(operation)[Name] = document;

    public void Remove()
    {
        foreach (string stream in Streams.Keys)
            operation.State.Drop(EventTable(stream));
        operation.State.Drop("logStreams/" + Name);
        Groups(operation).Remove(Name);
    }

    public void RemoveStream(string stream)
    {
        operation.State.Drop(EventTable(stream));
        Streams.Remove(stream);
    }

    public string StreamArn(string stream) => $"{Arn}:log-stream:{stream}";

    /// <summary>The events of a stream, in the order of their times. The key of each is its ID.</summary>
    public Table Entries(string stream) => operation.State[EventTable(stream)];

    public void CreateStream(string stream) => Streams[stream] = RawDocument.Empty.With("creationTime", operation.Now.ToUnixTimeMilliseconds());

    /// <summary>Adds events to a stream, and takes the metrics that are in them.</summary>
    public void Append(string stream, IReadOnlyList<(long Timestamp, string Message)> events)
    {
        if (events.Count == 0)
            return;

        long now = operation.Now.ToUnixTimeMilliseconds();
        Table table = Entries(stream);
        long bytes = Streams[stream].Number("bytes") ?? 0;
        foreach ((long timestamp, string message) in events)
        {
            table[EventId(timestamp, operation.State.NextNumber())] = RawDocument.Empty
                .With("timestamp", timestamp).With("message", message).With("ingestionTime", now);
            bytes += PutLogEventsOperation.SizeOf(message);
            EmbeddedMetrics.Extract(operation, message);
        }

        RawDocument known = Streams[stream];
        Streams[stream] = known
            .With("firstEventTimestamp", Math.Min(known.Number("firstEventTimestamp") ?? long.MaxValue, events.Min(one => one.Timestamp)))
            .With("lastEventTimestamp", Math.Max(known.Number("lastEventTimestamp") ?? 0, events.Max(one => one.Timestamp)))
            .With("lastIngestionTime", now)
            .With("bytes", bytes);
    }

    /// <summary>The ID of an event: 56 digits that are in the order of the times.</summary>
    public static string EventId(long timestamp, long number) => string.Format(CultureInfo.InvariantCulture, "{0:D20}{1:D36}", timestamp, number);

    private static Table Groups(Operation operation) => operation.State["logGroups"];

    private string EventTable(string stream) => $"logEvents/{Name}|{stream}"; // '|' is in no name of a group.

    private void Expire()
    {
        if (RetentionInDays is not { } days)
            return;

        string oldest = EventId(Math.Max(0, operation.Now.AddDays(-days).ToUnixTimeMilliseconds()), 0);
        foreach (KeyValuePair<string, RawDocument> stream in Streams.ToList())
        {
            Table events = Entries(stream.Key);
            List<KeyValuePair<string, RawDocument>> expired = [.. events.TakeWhile(one => string.CompareOrdinal(one.Key, oldest) < 0)];
            if (expired.Count == 0)
                continue;
            foreach (KeyValuePair<string, RawDocument> one in expired)
                events.Remove(one.Key);
            long bytes = (stream.Value.Number("bytes") ?? 0) - expired.Sum(one => PutLogEventsOperation.SizeOf(one.Value.Text("message")!));
            RawDocument left = stream.Value.With("bytes", bytes);
            Streams[stream.Key] = events.Count == 0
                ? left.Without("firstEventTimestamp", "lastEventTimestamp")
                : left.With("firstEventTimestamp", events.First().Value.Number("timestamp")!.Value);
        }
    }
}
