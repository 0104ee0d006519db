using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Projects.Files;
using EventBridgeOps.Schemas.Comparing;

namespace EventBridgeOps.Projects;

/// <summary>Reads <c>ebproject.yaml</c>. What its JSON Schema accepts can be read.</summary>
internal static class SettingsReader
{
    public static ProjectSettings? Read(ProjectText file, ICollection<ProjectFault> faults)
    {
        if (file.Read(out ProjectFault? fault) is not { } document)
        {
            faults.Add(fault!);
            return null;
        }

        IReadOnlyList<ProjectFault> found = EditorSchema.Project.Check(file, document);
        foreach (ProjectFault each in found)
            faults.Add(each);
        return found.Count > 0 ? null : Make(file, document);
    }

    private static ProjectSettings Make(ProjectText file, JsonObject document)
    {
        string name = document.String("name")!;
        string bus = document["bus"] is JsonObject given && given.String("name") is { } busName ? busName : name;
        JsonObject defaults = document["defaults"] as JsonObject ?? [], schemas = document["schemas"] as JsonObject ?? [];
        return new ProjectSettings
        {
            File = file,
            Name = name,
            Description = document.String("description"),
            BusDescription = (document["bus"] as JsonObject)?.String("description"),
            Tags = (document["tags"] as JsonObject ?? []).ToDictionary(each => each.Key, each => Plain(each.Value) ?? "", StringComparer.Ordinal),
            Retained = Texts(document["retain"]),
            Producers = [.. (document["producers"] as JsonObject ?? []).Select(each => Producer(each.Key, each.Value!.AsObject()))],
            Environments = [.. document["environments"]!.AsObject().Select(each => Environment(each.Key, each.Value!.AsObject(), name, bus))],
            BusName = bus,
            Archive = document["archive"] is JsonObject archive ? new ProjectArchive(Number(archive["retentionDays"]) ?? 0, archive["pattern"] as JsonObject) : null,
            Logging = document["logging"] is JsonObject logging ? new ProjectLogging(logging.String("level") ?? "ERROR", IsTrue(logging["includeDetail"], false), Number(logging["retentionDays"])) : null,
            Source = defaults.String("source"),
            RetryPolicy = defaults["retryPolicy"] as JsonObject,
            DeadLetterQueue = Queue(defaults["deadLetterQueue"]),
            Consumers = [.. (document["consumers"] as JsonObject ?? []).Select(each => Consumer(each.Key, each.Value!.AsObject()))],
            Compatibility = Compatibility(schemas.String("compatibility")),
            Policy = schemas.String("policy") == "strict" ? SchemaPolicy.Strict : SchemaPolicy.Lenient,
            Retired = Texts(schemas["retired"]),
        };
    }

    private static ProjectEnvironment Environment(string name, JsonObject given, string project, string bus) => new(
        name,
        Plain(given["account"])!,
        given.String("region")!,
        ProjectSettings.Filled(given.String("bus") ?? bus, project, name),
        (given["parameters"] as JsonObject ?? []).ToDictionary(each => each.Key, each => Plain(each.Value) ?? "", StringComparer.Ordinal));

    private static ProjectConsumer Consumer(string name, JsonObject given) =>
        new(name, Plain(given["account"])!, given.String("region"), given.String("bus"), Texts(given["events"]), IsTrue(given["publishes"], false));

    private static ProjectProducer Producer(string name, JsonObject given)
    {
        string? bus = given.String("bus");
        return new ProjectProducer(name, Plain(given["account"]) ?? (Arn.TryParse(bus, out Arn? arn) ? arn.AccountId : null), given.String("organization"), bus, Texts(given["sources"]));
    }

    private static SchemaCompatibility? Compatibility(string? word) => word switch
    {
        "none" => null,
        "forward" => SchemaCompatibility.Forward,
        "full" => SchemaCompatibility.Full,
        "backward-transitive" => SchemaCompatibility.BackwardTransitive,
        "forward-transitive" => SchemaCompatibility.ForwardTransitive,
        "full-transitive" => SchemaCompatibility.FullTransitive,
        _ => SchemaCompatibility.Backward,
    };

    internal static ProjectQueue? Queue(JsonNode? node) => node is JsonObject queue ? new ProjectQueue(queue.String("name"), queue["arn"]) : null;

    internal static IReadOnlyList<string> Texts(JsonNode? node) => node is JsonArray texts ? [.. texts.Select(text => Document.Text(text) ?? "")] : [];

    internal static bool IsTrue(JsonNode? node, bool otherwise) => node is JsonValue value && value.TryGetValue(out bool flag) ? flag : otherwise;

    private static int? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out double number) ? (int)number : null;

    /// <summary>A scalar as text: a number as it is written.</summary>
    private static string? Plain(JsonNode? node) => node is null ? null : node.GetValueKind() == JsonValueKind.String ? Document.Text(node) : node.ToJsonString();
}
