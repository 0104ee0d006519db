using System.IO.Compression;
using System.Text;
using System.Text.Json;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Reading;

/// <summary>Takes events out of the documents in which other services hand them on.</summary>
/// <remarks>
/// Amazon SQS (<c>receive-message</c>, the records of a Lambda function or a pipe), Amazon SNS (the envelope, the records of a Lambda function), Amazon CloudWatch
/// Logs (<c>filter-log-events</c>, <c>get-log-events</c>, subscriptions, Logs Insights), Amazon Kinesis and Amazon Data Firehose, AWS Step Functions (an
/// execution, its history, its context object), the log of an event bus, the destination of an asynchronous invocation, <c>test-event-pattern</c>, and an event in a JSON string. What
/// is neither that, nor an event, nor an entry is an error that says what the document is: to a rule it would be an event that just does not match.
/// </remarks>
public static class WrappedEvents
{
    private const string Records = nameof(Records);
    private const string CloudTrailEvent = nameof(CloudTrailEvent);

    // https://docs.aws.amazon.com/eventbridge/latest/ref/overview-event-structure.html; replay-name is in replayed events.
    private static readonly string[] Decisive = ["source", "detail-type", "detail", "account", "resources", "replay-name", "Source", "DetailType", "Detail"];
    private static readonly string[] OfEventsAndOthers = ["version", "id", "time", "region"];

    // The lists that operations of EventBridge return: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Operations.html.
    private static readonly (string Member, string Holds, string Operation)[] Answers =
    [
        ("Rules", "rules", "list-rules"),
        ("RuleNames", "the names of rules", "list-rule-names-by-target"),
        ("Targets", "targets", "list-targets-by-rule"),
        ("FailedEntries", "targets that failed", "put-targets"),
        ("EventBuses", "event buses", "list-event-buses"),
        ("Archives", "archives", "list-archives"),
        ("Replays", "replays", "list-replays"),
        ("Connections", "connections", "list-connections"),
        ("ApiDestinations", "API destinations", "list-api-destinations"),
        ("Endpoints", "global endpoints", "list-endpoints"),
        ("EventSources", "partner event sources", "list-event-sources"),
        ("PartnerEventSources", "partner event sources", "list-partner-event-sources"),
    ];

    /// <summary>The events in a document; null if it is an event or an entry itself, or not valid JSON.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="origin">Where it was read, for people.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidEvent"/>: it is something else.</exception>
    public static InnerItems? Open(ReadOnlyMemory<byte> utf8, string origin)
    {
        utf8 = utf8.Slice(InputText.MarkLength(utf8.Span));
        if (LogLine.Json(utf8) is { } logged)
            return One(logged);
        if (IsEventOrEntry(utf8))
            return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = Document.MaxDepth });
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.String => Text(document.RootElement) is { } text && text.TrimStart().StartsWith("{", StringComparison.Ordinal) ? One(Encoding.UTF8.GetBytes(text)) : null,
                JsonValueKind.Object => Open(document.RootElement, utf8, origin),
                _ => null,
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // The reader of events says what is wrong.
        }
    }

    private static InnerItems? Open(JsonElement root, ReadOnlyMemory<byte> utf8, string origin)
    {
        if (!root.EnumerateObject().Any())
            throw EventDocument.Invalid(origin, ReadingMessages.NothingInside());
        if (EntriesRequest.Open(utf8) is { } entries)
            return EntriesRequest.Answer(utf8) is { } answer ? throw EventDocument.Invalid(origin, answer) : entries;
        if (Find(root, "Events", JsonValueKind.Array) is { } found && found.EnumerateArray().Any(one => Find(one, CloudTrailEvent) is not null))
            throw EventDocument.Invalid(origin, ReadingMessages.CloudTrailRecords(".Events[]." + CloudTrailEvent));
        if (Find(root, CloudTrailEvent, JsonValueKind.String) is not null)
            throw EventDocument.Invalid(origin, ReadingMessages.CloudTrailRecords("." + CloudTrailEvent));
        if (BusLogRecord.Is(root))
            return BusLogRecord.EventIn(root) is { } taken ? One(taken) : throw EventDocument.Invalid(origin, ReadingMessages.BusLogRecord(BusLogRecord.Step(root), Find(root, "details") is { } details && Find(details, "event_detail") is not null));
        if (Find(root, "Messages", JsonValueKind.Array) is { } messages)
            return Many(messages, Body, origin);
        if (Find(root, Records, JsonValueKind.Array) is { } records)
            return Many(records, record => Record(record, origin), origin);
        if (Find(root, "records", JsonValueKind.Array) is { } delivered)
            return Many(delivered, record => Base64(Find(record, "data", JsonValueKind.String)), origin);
        if (Find(root, "events", JsonValueKind.Array) is { } events)
            return Many(events, one => Message(one) ?? HistoryInput(one), origin);
        if (Find(root, "logEvents", JsonValueKind.Array) is { } logEvents)
            return Many(logEvents, Message, origin);
        if (Find(root, "results", JsonValueKind.Array) is { } rows)
            return Many(rows, InsightsMessage, origin);
        if (Find(root, "awslogs", JsonValueKind.Object) is { } subscription && Base64(Find(subscription, "data", JsonValueKind.String)) is { } packed)
            return One(Unpack(packed, origin));
        if (Record(root, origin) is { } record)
            return One(record);
        if (Message(root) is { } logged)
            return One(logged);
        throw EventDocument.Invalid(origin, Answers.FirstOrDefault(answer => Find(root, answer.Member, JsonValueKind.Array) is not null) is { Member: not null } listed
            ? ReadingMessages.AnswerOf(listed.Holds, listed.Operation)
            : ReadingMessages.NeitherEventNorEntry([.. root.EnumerateObject().Select(field => field.Name)], EventIn(root)));
    }

    /// <summary>The document in one record: a message, a notification, an execution, an invocation.</summary>
    private static byte[]? Record(JsonElement record, string origin)
    {
        if (Find(record, "eventSource", JsonValueKind.String) is { } source && Text(source) is { } service && service is not ("aws:sqs" or "aws:sns" or "aws:kinesis"))
            throw EventDocument.Invalid(origin, Find(record, "eventName", JsonValueKind.String) is { } && service.EndsWith(".amazonaws.com", StringComparison.Ordinal) ? ReadingMessages.CloudTrailRecord() : ReadingMessages.RecordOf(service));
        if (Find(record, "Type", JsonValueKind.String) is { } type && Find(record, "TopicArn", JsonValueKind.String) is not null && Text(type) != "Notification")
            throw EventDocument.Invalid(origin, ReadingMessages.SnsConfirmation(Text(type) ?? ""));
        if (Find(record, "Sns", JsonValueKind.Object) is { } sns)
            return Utf8(Find(sns, "Message", JsonValueKind.String));
        if (Find(record, "TopicArn", JsonValueKind.String) is not null)
            return Utf8(Find(record, "Message", JsonValueKind.String));
        if (Find(record, "kinesis", JsonValueKind.Object) is { } kinesis)
            return Base64(Find(kinesis, "data", JsonValueKind.String));
        if ((Find(record, "PartitionKey") ?? Find(record, "partitionKey")) is not null)
            return Base64(Find(record, "Data", JsonValueKind.String) ?? Find(record, "data", JsonValueKind.String));
        if (Find(record, "isBase64Encoded", JsonValueKind.True) is not null)
            return Base64(Find(record, "body", JsonValueKind.String));
        if (Find(record, "EventPattern", JsonValueKind.String) is not null && Find(record, "Event", JsonValueKind.String) is { } tested)
            return Utf8(tested);
        if (Find(record, "Execution", JsonValueKind.Object) is { } execution)
            return Raw(Find(execution, "Input", JsonValueKind.Object));
        if (Find(record, "executionArn", JsonValueKind.String) is not null || Find(record, "stateMachineArn", JsonValueKind.String) is not null)
            return Utf8(Find(record, "input", JsonValueKind.String));
        if (Find(record, "requestContext", JsonValueKind.Object) is not null && Find(record, "requestPayload", JsonValueKind.Object) is { } payload)
            return Raw(payload);
        return Body(record);
    }

    private static byte[]? Body(JsonElement message) => Utf8(Find(message, "Body", JsonValueKind.String) ?? Find(message, "body", JsonValueKind.String));

    private static byte[]? Message(JsonElement logged) => Utf8(Find(logged, "message", JsonValueKind.String)) is { } text && Find(logged, "timestamp") is not null ? text : null;

    private static byte[]? HistoryInput(JsonElement step) => Utf8(Find(step, "executionStartedEventDetails", JsonValueKind.Object) is { } started ? Find(started, "input", JsonValueKind.String) : null);

    private static byte[]? InsightsMessage(JsonElement row) => row.ValueKind != JsonValueKind.Array ? null : Utf8(row.EnumerateArray()
        .Where(field => field.ValueKind == JsonValueKind.Object && Text(Find(field, "field")) == "@message").Select(field => Find(field, "value")).FirstOrDefault());

    /// <summary>The documents in a list; the steps of an execution that have none, and those of the log of an event bus beside the one that has the event, are left out.</summary>
    private static InnerItems Many(JsonElement list, Func<JsonElement, byte[]?> open, string origin)
    {
        JsonElement[] elements = [.. list.EnumerateArray()];
        bool isHistory = elements.Any(element => Find(element, "executionStartedEventDetails") is not null);
        List<InnerItem> items = [];
        for (int i = 0; i < elements.Length; i++)
        {
            if (open(elements[i]) is { } inner)
                items.Add(new InnerItem(inner));
            else if (!isHistory)
                throw EventDocument.Invalid($"{origin}[{i}]", elements[i].ValueKind == JsonValueKind.Object ? ReadingMessages.NeitherEventNorEntry([.. elements[i].EnumerateObject().Select(field => field.Name)], null) : ReadingMessages.NothingInside());
        }

        List<InnerItem> events = items.FindAll(item => !IsStepOfBus(item.Utf8, hasEvent: false));
        return new InnerItems(events.Count < items.Count && items.Exists(item => IsStepOfBus(item.Utf8, hasEvent: true)) ? events : items, IsList: true);
    }

    /// <summary>Whether a document is a record of the log of an event bus that has, or does not have, the event.</summary>
    private static bool IsStepOfBus(ReadOnlyMemory<byte> utf8, bool hasEvent)
    {
        if (utf8.Span.IndexOf("\"message_type\""u8) < 0)
            return false;
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = Document.MaxDepth });
            return BusLogRecord.Is(document.RootElement) && BusLogRecord.EventIn(document.RootElement) is not null == hasEvent;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false; // The reader of events says what is wrong.
        }
    }

    private static bool IsEventOrEntry(ReadOnlyMemory<byte> utf8)
    {
        Utf8JsonReader reader = new(utf8.Span, new JsonReaderOptions { MaxDepth = Document.MaxDepth });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            bool isWhole = true, any = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (IsOneOf(ref reader, Decisive))
                    return true;
                any = true;
                isWhole &= IsOneOf(ref reader, OfEventsAndOthers);
                reader.Read();
                reader.Skip();
            }

            return any && isWhole;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return true; // The reader of events says what is wrong.
        }
    }

    // Every event of a file passes here, so no text is made of a name.
    private static bool IsOneOf(ref Utf8JsonReader reader, string[] names)
    {
        foreach (string name in names)
        {
            if (reader.ValueTextEquals(name))
                return true;
        }

        return false;
    }

    /// <summary>The field that holds an event, which the user can take out.</summary>
    private static string? EventIn(JsonElement root) => root.EnumerateObject()
        .Where(field => field.Value.ValueKind == JsonValueKind.Object && (Find(field.Value, "detail-type") is not null || Find(field.Value, "DetailType") is not null))
        .Select(field => field.Name).FirstOrDefault();

    private static InnerItems One(ReadOnlyMemory<byte> utf8) => new([new InnerItem(utf8)], IsList: false);

    private static byte[] Unpack(byte[] packed, string origin)
    {
        try
        {
            using GZipStream gzip = new(new MemoryStream(packed), CompressionMode.Decompress);
            using MemoryStream unpacked = new();
            gzip.CopyTo(unpacked);
            return unpacked.ToArray();
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw EventDocument.Invalid(origin, ReadingMessages.LogDataDamaged(), e);
        }
    }

    private static byte[]? Base64(JsonElement? text)
    {
        try
        {
            return Text(text) is { Length: > 0 } data ? Convert.FromBase64String(data) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static byte[]? Utf8(JsonElement? text) => Text(text) is { } found && found.TrimStart() is { Length: > 0 } ? Encoding.UTF8.GetBytes(found.Trim()) : null;

    private static byte[]? Raw(JsonElement? element) => element is { } found ? Encoding.UTF8.GetBytes(found.GetRawText()) : null;

    private static string? Text(JsonElement? element) => element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Find(JsonElement element, string name, JsonValueKind? kind = null) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement found) && (kind is null || found.ValueKind == kind) ? found : null;
}
