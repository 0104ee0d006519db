using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.EventBridge;

/// <summary>The managed rule that fills an archive: on its event bus, for the events of its pattern that are not replayed ones.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html; its target is as recorded from AWS, and as in moto.</remarks>
internal static class ArchiveRule
{
    private const string Manager = "prod.vhs.events.aws.internal";

    /// <summary>What is in the place of a resource in the ARN of the target.</summary>
    public const string TargetResource = ":";

    public static string Name(string archive) => "Events-Archive-" + archive;

    /// <summary>Makes the rule, or gives it another pattern.</summary>
    public static void Put(Operation operation, RawDocument archive)
    {
        string bus = BusName.Of(archive.Text("EventSourceArn"));
        string name = Name(archive.Text("ArchiveName")!);
        string key = EventNames.RuleKey(bus, name);
        if (operation.State["rules"].Find(key) is { } other && other.Text("ManagedBy") != Manager)
            throw new AwsError(400, "ResourceAlreadyExistsException", $"Rule {name} already exists.");

        operation.State["rules"][key] = RawDocument.Empty
            .With("Name", name)
            .With("Arn", operation.Arn("events", BusName.RuleResource(bus, name)))
            .With("State", "ENABLED")
            .With("EventPattern", Pattern(archive.Text("EventPattern")))
            .With("ManagedBy", Manager)
            .With("EventBusName", bus);
        string archiveArn = $"{archive.Text("ArchiveArn")}:{archive.Text("uuid")}";
        operation.State["targets"][key] = RawDocument.Empty.With(name, RawDocument.Empty
            .With("Id", name)
            .With("Arn", new Arn(Partitions.Of(operation.Call.Region), "events", operation.Call.Region, "", TargetResource).ToString())
            .With("InputTransformer", RawDocument.Empty
                .With("InputPathsMap", RawDocument.Empty)
                .With("InputTemplate", $$"""{"archive-arn": "{{archiveArn}}", "event": <aws.events.event.json>, "ingestion-time": <aws.events.event.ingestion-time>}""")));
    }

    public static void Delete(Operation operation, RawDocument archive)
    {
        string key = EventNames.RuleKey(BusName.Of(archive.Text("EventSourceArn")), Name(archive.Text("ArchiveName")!));
        operation.State["rules"].Remove(key);
        operation.State["targets"].Remove(key);
    }

    /// <summary>"The managed rule adds" replay-name to the pattern.</summary>
    private static string Pattern(string? given) =>
        (given is { Length: > 0 } ? RawDocument.Parse(given) : RawDocument.Empty)
            .With("replay-name", new[] { RawDocument.Parse("""{"exists":false}""") })
            .ToString();
}
