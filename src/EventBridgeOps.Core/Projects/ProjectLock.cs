using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Projects.Files;

namespace EventBridgeOps.Projects;

/// <summary>What was published: <c>ebproject.lock.json</c>, which belongs into version control.</summary>
/// <remarks><code>{"version": 1, "schemas": {"audio-uploaded.v1": {"digest": "sha256:...", "published": [{"at": "2026-11-28T09:30:00Z", "where": "development"}]}}}</code></remarks>
public sealed record ProjectLock
{
    /// <summary>The path of the file in the project.</summary>
    public const string FileName = "ebproject.lock.json";

    private const int Format = 1;

    /// <summary>The versions of schemas that were published, by their names.</summary>
    public IReadOnlyDictionary<string, PublishedSchema> Schemas { get; init; } = new Dictionary<string, PublishedSchema>();

    /// <summary>Reads the file.</summary>
    /// <param name="file">The file; null if there is none.</param>
    /// <param name="faults">Receives what is wrong with it.</param>
    public static ProjectLock Read(ProjectText? file, ICollection<ProjectFault> faults)
    {
        if (file is null)
            return new ProjectLock();
        if (file.Read(out ProjectFault? fault) is not { } document)
        {
            faults.Add(fault!);
            return new ProjectLock();
        }

        if (!IsFormat(document["version"]) || (document["schemas"] is not null and not JsonObject))
        {
            faults.Add(file.Fault("/version", ProjectMessages.LockVersion(Format)));
            return new ProjectLock();
        }

        Dictionary<string, PublishedSchema> schemas = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, JsonNode?> each in document["schemas"] as JsonObject ?? [])
        {
            if (each.Value is JsonObject published && published.String("digest") is { } digest && ProjectSchema.TryParseName(each.Key, out _, out _))
                schemas.Add(each.Key, new PublishedSchema(digest, Times(published["published"])));
            else
                faults.Add(file.Fault(JsonPointers.Add("/schemas", each.Key), ProjectMessages.LockEntry(each.Key)));
        }

        return new ProjectLock { Schemas = schemas };
    }

    /// <summary>The lock after a version was published once more.</summary>
    /// <param name="schema">The version.</param>
    /// <param name="at">When.</param>
    /// <param name="where">Where: an environment.</param>
    public ProjectLock WithPublished(ProjectSchema schema, DateTimeOffset at, string where)
    {
        Dictionary<string, PublishedSchema> schemas = Schemas.ToDictionary(each => each.Key, each => each.Value, StringComparer.Ordinal);
        PublishedSchema before = schemas.TryGetValue(schema.Name, out PublishedSchema? known) ? known : new PublishedSchema(schema.Digest, []);
        schemas[schema.Name] = before with { Times = [.. before.Times.Where(time => time.Where != where), new PublishedTime(at, where)] };
        return new ProjectLock { Schemas = schemas };
    }

    /// <summary>The text of the file.</summary>
    public string ToText()
    {
        JsonObject schemas = [];
        foreach (KeyValuePair<string, PublishedSchema> each in Schemas.OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            JsonArray published = [.. each.Value.Times.Select(time => (JsonNode)new JsonObject { ["at"] = time.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), ["where"] = time.Where })];
            schemas[each.Key] = new JsonObject { ["digest"] = each.Value.Digest, ["published"] = published };
        }

        return Document.WriteIndented(new JsonObject { ["version"] = Format, ["schemas"] = schemas }) + "\n";
    }

    private static bool IsFormat(JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number && node.ToJsonString() == "1";

    private static IReadOnlyList<PublishedTime> Times(JsonNode? node) => node is not JsonArray times ? [] :
    [
        .. times.OfType<JsonObject>().Select(time => new PublishedTime(
            DateTimeOffset.TryParse(time.String("at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) ? at : default,
            time.String("where") ?? "")),
    ];
}

/// <summary>A version of a schema that was published.</summary>
/// <param name="Digest">The digest that it had then, which it must still have.</param>
/// <param name="Times">When and where it was published.</param>
public sealed record PublishedSchema(string Digest, IReadOnlyList<PublishedTime> Times);

/// <summary>When and where a version was published last.</summary>
/// <param name="At">When.</param>
/// <param name="Where">Where: an environment.</param>
public sealed record PublishedTime(DateTimeOffset At, string Where);
