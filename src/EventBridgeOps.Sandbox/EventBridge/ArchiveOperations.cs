using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.EventBridge;

/// <summary>Archives: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html. Their answers and errors are as LocalStack recorded them from AWS.</summary>
internal static class ArchiveOperations
{
    public const string NamePattern = @"[\.\-_A-Za-z0-9]+";
    public const string SourceArnPattern = @"arn:aws([a-z]|\-)*:events:([a-z]|\d|\-)*:([0-9]{12})?:.+\/.+";

    private const int LongestName = 48;
    private static readonly string[] States = ["ENABLED", "DISABLED", "CREATING", "UPDATING", "CREATE_FAILED", "UPDATE_FAILED"];

    public static RawDocument Create(Operation operation)
    {
        RawDocument input = operation.Input;
        Constraints constraints = new();
        CheckName(constraints, operation);
        constraints.Text("eventSourceArn", input["EventSourceArn"], true, 1, 1600, SourceArnPattern);
        CheckSettings(constraints, input);
        constraints.Check();
        KnownMembers.Check(operation, "ArchiveName", "EventSourceArn", "Description", "EventPattern", "RetentionDays"); // No keys: the sandbox has no KMS.

        string name = input.Text("ArchiveName")!;
        RawDocument bus = BusOperations.Find(operation, input.Text("EventSourceArn"));
        if (Archives(operation).ContainsKey(name))
            throw new AwsError(400, "ResourceAlreadyExistsException", $"Archive {name} already exists.");
        CheckPattern(input);

        RawDocument archive = RawDocument.Empty
            .With("ArchiveArn", operation.Arn("events", "archive/" + name))
            .With("ArchiveName", name)
            .With("EventSourceArn", bus.Text("Arn"))
            .With(input.Only("Description", "EventPattern"))
            .With("State", "ENABLED")
            .With("RetentionDays", input.Number("RetentionDays") ?? 0) // "If set to 0, events are retained indefinitely", which is the default.
            .With("CreationTime", Json.Time(operation.Now))
            .With("uuid", operation.Account.Random.Id());
        ArchiveRule.Put(operation, archive);
        Archives(operation)[name] = archive;
        return archive.Only("ArchiveArn", "State", "CreationTime");
    }

    public static RawDocument Describe(Operation operation) => Counted(operation, Named(operation));

    public static RawDocument List(Operation operation)
    {
        RawDocument input = operation.Input;
        Constraints constraints = new();
        constraints.Text("namePrefix", input["NamePrefix"], false, 1, LongestName, NamePattern);
        constraints.Text("eventSourceArn", input["EventSourceArn"], false, 1, 1600, SourceArnPattern);
        constraints.OneOf("state", input["State"], States);
        constraints.Number("limit", input["Limit"], 1, 100);
        constraints.Check();
        if (input.Only("NamePrefix", "EventSourceArn", "State").Members.Count > 1)
            throw AwsError.Validation("At most one filter is allowed for ListArchives. Use either : State, EventSourceArn, or NamePrefix.");

        string? bus = input.Text("EventSourceArn") is { } arn ? BusOperations.Find(operation, arn).Text("Arn") : null;
        string prefix = input.Text("NamePrefix") ?? "";
        Paging.Page<RawDocument> page = operation.Page(
            Archives(operation).Values.Where(archive => archive.Text("ArchiveName")!.StartsWith(prefix, StringComparison.Ordinal)
                && (bus is null || archive.Text("EventSourceArn") == bus)
                && (input.Text("State") ?? archive.Text("State")) == archive.Text("State")),
            archive => archive.Text("ArchiveName")!, input.Number("Limit"), input.Text("NextToken"));
        return RawDocument.Empty
            .With("Archives", page.Items.Select(archive => Counted(operation, archive).Without("ArchiveArn", "Description", "EventPattern")))
            .With("NextToken", page.NextToken);
    }

    /// <summary>What the request does not name stays as it was. The pattern is that of the events from now on.</summary>
    public static RawDocument Update(Operation operation)
    {
        Constraints constraints = new();
        CheckSettings(constraints, operation.Input);
        constraints.Check();
        KnownMembers.Check(operation, "ArchiveName", "Description", "EventPattern", "RetentionDays");

        // LocalStack recorded an InternalException for an archive that is missing; the API reference has ResourceNotFoundException.
        RawDocument archive = Named(operation);
        CheckPattern(operation.Input);
        archive = archive.With(operation.Input.Only("Description", "EventPattern", "RetentionDays"));
        ArchiveRule.Put(operation, archive);
        Archives(operation)[archive.Text("ArchiveName")!] = archive;
        return archive.Only("ArchiveArn", "State", "CreationTime");
    }

    /// <summary>Deletes an archive with its events. AWS does not document what a running replay does then, so it is refused.</summary>
    public static RawDocument Delete(Operation operation)
    {
        RawDocument archive = Named(operation);
        string name = archive.Text("ArchiveName")!;
        if (ReplayCourse.Active(operation).FirstOrDefault(replay => replay.Text("EventSourceArn") == archive.Text("ArchiveArn")) is { } active)
            throw new AwsError(400, "ConcurrentModificationException", EventBridgeMessages.ArchiveInUse(name, active.Text("ReplayName")!).ToString());

        ArchiveRule.Delete(operation, archive);
        ArchivedEvents.Forget(operation, archive);
        Archives(operation).Remove(name);
        return RawDocument.Empty;
    }

    /// <summary>The archive with this ARN; null if there is none.</summary>
    public static RawDocument? AtArn(Operation operation, string arn) => Archives(operation).Values.FirstOrDefault(archive => archive.Text("ArchiveArn") == arn);

    private static Table Archives(Operation operation) => operation.State["archives"];

    private static void CheckName(Constraints constraints, Operation operation) =>
        constraints.Text("archiveName", operation.Input["ArchiveName"], true, 1, LongestName, NamePattern);

    private static void CheckSettings(Constraints constraints, RawDocument input)
    {
        constraints.Text("description", input["Description"], longest: 512);
        constraints.Text("eventPattern", input["EventPattern"], longest: 4096);
        constraints.Number("retentionDays", input["RetentionDays"], 0, int.MaxValue);
    }

    private static void CheckPattern(RawDocument input)
    {
        if (input.Text("EventPattern") is { Length: > 0 } pattern)
            PatternOperations.Read(pattern);
    }

    private static RawDocument Named(Operation operation)
    {
        Constraints constraints = new();
        CheckName(constraints, operation);
        constraints.Check();
        string name = operation.Input.Text("ArchiveName")!;
        return Archives(operation).Find(name) ?? throw new AwsError(400, "ResourceNotFoundException", $"Archive {name} does not exist.");
    }

    /// <summary>What is said of an archive. AWS counts once a day; here what is in it is counted at once.</summary>
    private static RawDocument Counted(Operation operation, RawDocument archive)
    {
        IReadOnlyCollection<RawDocument> events = ArchivedEvents.Of(operation, archive);
        return archive.Without("uuid")
            .With("SizeBytes", events.Sum(each => each.Number("bytes") ?? 0))
            .With("EventCount", events.Count);
    }
}
