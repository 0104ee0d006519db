using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.EventBridge;

/// <summary>Replays: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html. Their answers and errors are as LocalStack recorded them from AWS.</summary>
internal static class ReplayOperations
{
    private const int MostActive = 10;

    private static readonly string[] States =
        [ReplayCourse.Starting, ReplayCourse.Running, ReplayCourse.Cancelling, ReplayCourse.Completed, ReplayCourse.Cancelled, "FAILED"];

    public static RawDocument Start(Operation operation)
    {
        RawDocument input = operation.Input;
        (DateTimeOffset start, DateTimeOffset end) = CheckStart(operation);
        string name = input.Text("ReplayName")!;
        RawDocument destination = input.Object("Destination")!;
        string busArn = destination.Text("Arn")!;
        if (!BusName.TryRead(busArn, out _, out _))
            throw AwsError.Validation("Parameter Destination.Arn is not valid. Reason: Must contain an event bus ARN.");
        RawDocument bus = BusOperations.Find(operation, busArn);
        string archiveArn = input.Text("EventSourceArn")!;
        RawDocument archive = ArchiveOperations.AtArn(operation, archiveArn)
            ?? throw AwsError.Validation($"Parameter EventSourceArn is not valid. Reason: Archive {archiveArn.Substring(archiveArn.LastIndexOf('/') + 1)} does not exist.");
        if (archive.Text("EventSourceArn") != bus.Text("Arn"))
            throw AwsError.Validation("Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.");
        if (start >= end)
            throw AwsError.Validation("Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.");
        if (destination.Texts("FilterArns").FirstOrDefault(arn => RuleOperations.OnBus(operation, bus.Text("Name")!).All(rule => rule.Text("Arn") != arn)) is { } foreign)
            throw AwsError.Validation(EventBridgeMessages.NotARuleOfTheBus(foreign).ToString());
        if (operation.State["replays"].ContainsKey(name))
            throw new AwsError(400, "ResourceAlreadyExistsException", $"Replay {name} already exists.");
        if (ReplayCourse.Active(operation).Count() >= MostActive)
            throw new AwsError(400, "LimitExceededException", "The requested resource exceeds the maximum number allowed.");

        RawDocument replay = RawDocument.Empty
            .With("ReplayName", name)
            .With("ReplayArn", operation.Arn("events", "replay/" + name))
            .With(input.Only("Description"))
            .With("State", ReplayCourse.Starting)
            .With("EventSourceArn", archiveArn)
            .With("Destination", destination)
            .With("EventStartTime", Json.Time(start))
            .With("EventEndTime", Json.Time(end))
            .With("ReplayStartTime", Json.Time(operation.Now))
            .With("startTicks", start.UtcTicks)
            .With("endTicks", end.UtcTicks);
        ReplayCourse.Start(operation, replay);
        return replay.Only("ReplayArn", "State", "ReplayStartTime");
    }

    public static RawDocument Describe(Operation operation) => Shown(Named(operation));

    public static RawDocument List(Operation operation)
    {
        RawDocument input = operation.Input;
        Constraints constraints = new();
        constraints.Text("namePrefix", input["NamePrefix"], false, 1, 64, ArchiveOperations.NamePattern);
        constraints.Text("eventSourceArn", input["EventSourceArn"], false, 1, 1600, ArchiveOperations.SourceArnPattern);
        constraints.OneOf("state", input["State"], States);
        constraints.Number("limit", input["Limit"], 1, 100);
        constraints.Check();
        if (input.Only("NamePrefix", "EventSourceArn", "State").Members.Count > 1)
            throw AwsError.Validation("At most one filter is allowed for ListReplays. Use either : State, EventSourceArn, or NamePrefix.");

        Paging.Page<RawDocument> page = operation.Page(
            operation.State["replays"].Values.Where(replay => replay.Text("ReplayName")!.StartsWith(input.Text("NamePrefix") ?? "", StringComparison.Ordinal)
                && (input.Text("EventSourceArn") ?? replay.Text("EventSourceArn")) == replay.Text("EventSourceArn")
                && (input.Text("State") ?? replay.Text("State")) == replay.Text("State")),
            replay => replay.Text("ReplayName")!, input.Number("Limit"), input.Text("NextToken"));
        return RawDocument.Empty
            .With("Replays", page.Items.Select(replay => Shown(replay).Without("ReplayArn", "Description", "Destination")))
            .With("NextToken", page.NextToken);
    }

    /// <summary>Cancels a replay at its next step; events that were sent stay sent.</summary>
    public static RawDocument Cancel(Operation operation)
    {
        RawDocument replay = Named(operation);
        if (replay.Text("State") is not (ReplayCourse.Starting or ReplayCourse.Running))
            throw new AwsError(400, "IllegalStatusException", $"Replay {replay.Text("ReplayName")} is not in a valid state for this operation.");
        replay = replay.With("State", ReplayCourse.Cancelling);
        ReplayCourse.Keep(operation, replay);
        return replay.Only("ReplayArn", "State");
    }

    private static (DateTimeOffset Start, DateTimeOffset End) CheckStart(Operation operation)
    {
        RawDocument input = operation.Input;
        Constraints constraints = new();
        CheckName(constraints, operation);
        constraints.Text("description", input["Description"], longest: 512);
        constraints.Text("eventSourceArn", input["EventSourceArn"], true, 1, 1600, ArchiveOperations.SourceArnPattern);
        RawDocument destination = constraints.Object("destination", input["Destination"], required: true);
        if (input["Destination"] is not null)
            constraints.Text("destination.arn", destination["Arn"], true, 1, 1600);
        foreach (JsonElement filter in constraints.List("destination.filterArns", destination["FilterArns"], 0, int.MaxValue, required: false))
            constraints.Text("destination.filterArns.member", filter, true, 1, 1600);
        constraints.Present("eventStartTime", input["EventStartTime"]);
        constraints.Present("eventEndTime", input["EventEndTime"]);
        constraints.Check();
        KnownMembers.Check(operation, "ReplayName", "Description", "EventSourceArn", "EventStartTime", "EventEndTime", "Destination");
        KnownMembers.Check(destination, "Destination", "Arn", "FilterArns");
        return (Time(input, "EventStartTime"), Time(input, "EventEndTime"));
    }

    private static DateTimeOffset Time(RawDocument input, string name) =>
        EventTime.Read(JsonValue.Create(input[name]!.Value)!) ?? throw new AwsError(400, "SerializationException", $"{name} is not a timestamp.");

    private static void CheckName(Constraints constraints, Operation operation) =>
        constraints.Text("replayName", operation.Input["ReplayName"], true, 1, 64, ArchiveOperations.NamePattern);

    private static RawDocument Named(Operation operation)
    {
        Constraints constraints = new();
        CheckName(constraints, operation);
        constraints.Check();
        string name = operation.Input.Text("ReplayName")!;
        return operation.State["replays"].Find(name) ?? throw new AwsError(400, "ResourceNotFoundException", $"Replay {name} does not exist.");
    }

    private static RawDocument Shown(RawDocument replay) => replay.Without("startTicks", "endTicks");
}
