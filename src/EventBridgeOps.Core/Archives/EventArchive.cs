using System.Text.Json.Nodes;
using EventBridgeOps.Completion;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Archives;

/// <summary>An archive: the events that an event bus received, from which they can be replayed.</summary>
[Record("Archives")]
[Column("Archive", nameof(ArchiveName), Label = nameof(ArchiveName), Room = 18)]
[Column("Event bus", nameof(EventBusName), Label = nameof(EventBusName), Room = 14)]
[Column("State", nameof(State), Width = 8)]
[Column("Events", nameof(EventCount), Label = nameof(EventCount), Width = 10, Right = true)]
[Column("Bytes", nameof(SizeBytes), Label = nameof(SizeBytes), Width = 12, Right = true)]
[Column("Days", nameof(RetentionDays), Label = "Days", Width = 5, Right = true)]
public sealed partial record EventArchive
{
    /// <summary>The name of the archive.</summary>
    [Field(Key = true)]
    public required string ArchiveName { get; init; }

    /// <summary>The name of the event bus whose events it keeps, and the only one to which they can be replayed.</summary>
    public required string EventBusName { get; init; }

    /// <summary><c>ENABLED</c>, <c>DISABLED</c>, <c>CREATING</c>, <c>UPDATING</c>, <c>CREATE_FAILED</c> or <c>UPDATE_FAILED</c>.</summary>
    public string? State { get; init; }

    /// <summary>The reason for the state; null if EventBridge says none.</summary>
    public string? Reason { get; init; }

    /// <summary>How many events it has. EventBridge reconciles the number within 24 hours, so recent events may not be in it, and expired ones may.</summary>
    /// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html.</remarks>
    [Field(Unit = "events")]
    public long EventCount { get; init; }

    /// <summary>Their size, with the same delay.</summary>
    [Field(Unit = "bytes")]
    public long SizeBytes { get; init; }

    /// <summary>For how many days an event is kept; 0 for ever.</summary>
    [Field(Unit = "days")]
    public int RetentionDays { get; init; }

    /// <summary>Whether a pattern selects the events that it keeps.</summary>
    public bool IsFiltered { get; init; }

    /// <summary>The event pattern, as JSON text; null if it keeps all events.</summary>
    public string? EventPattern { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>When it was created: older events are not in it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The ARN of the archive.</summary>
    public string? Arn { get; init; }

    /// <summary>The ARN of the event bus.</summary>
    [Field(Unlisted = true)]
    public string? EventBusArn { get; init; }

    /// <summary>The AWS KMS key that encrypts its events; null for a key that AWS owns.</summary>
    public string? KmsKeyIdentifier { get; init; }

    /// <summary>The archive as returned by EventBridge, as JSON text.</summary>
    [Field(Document = true)]
    public required string Document { get; init; }

    /// <summary>The name.</summary>
    public override string ToString() => ArchiveName;

    /// <summary>Reads an archive.</summary>
    /// <param name="archive">The answer of DescribeArchive.</param>
    internal static EventArchive From(JsonObject archive) => new()
    {
        ArchiveName = archive.String("ArchiveName") ?? "",
        EventBusName = BusName.Of(archive.String("EventSourceArn")),
        State = archive.String("State"),
        Reason = archive.String("StateReason"),
        EventCount = Number(archive[nameof(EventCount)]),
        SizeBytes = Number(archive[nameof(SizeBytes)]),
        RetentionDays = (int)Number(archive[nameof(RetentionDays)]),
        IsFiltered = archive.String("EventPattern") is { Length: > 0 },
        EventPattern = archive.String("EventPattern") is { Length: > 0 } pattern ? pattern : null,
        Description = archive.String("Description"),
        CreatedAt = archive["CreationTime"] is { } time ? EventTime.Read(time) : null,
        Arn = archive.String("ArchiveArn"),
        EventBusArn = archive.String("EventSourceArn"),
        KmsKeyIdentifier = archive.String("KmsKeyIdentifier"),
        Document = Events.Documents.Document.Write(archive),
    };

    private static long Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out long number) ? number : 0;
}

/// <summary>Which archives to list.</summary>
[Request]
public sealed partial record ArchiveQuery
{
    /// <summary>The archives.</summary>
    [Option("name", Wildcards = true, Otherwise = "all")]
    public IReadOnlyList<string> ArchiveName { get; init; } = ["*"];

    /// <summary>The event buses whose archives are listed.</summary>
    [Option("name", Wildcards = true, Otherwise = "all", Names = nameof(NameKind.EventBus))]
    public IReadOnlyList<string> EventBusName { get; init; } = ["*"];

    /// <summary>The maximum number of concurrent API calls.</summary>
    [Option("number", Min = 1, Max = ThrottleLimits.Max)]
    public int ThrottleLimit { get; init; } = ThrottleLimits.Default;

    /// <summary>Says that no archive was found, and what was looked for.</summary>
    public Message NothingFound() => NameLists.IsAll(ArchiveName) && NameLists.IsAll(EventBusName) ? ArchiveMessages.NoArchives() : ArchiveMessages.NothingFound(NameLists.OrAll(ArchiveName), NameLists.OrAll(EventBusName));

    /// <summary>Checks the query.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: the limit is out of range.</exception>
    public void Check() => RequestLimits.Check(this, Request);
}
