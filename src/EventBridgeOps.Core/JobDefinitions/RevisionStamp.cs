using System.Globalization;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.JobDefinitions;

/// <summary>The tags that say where a revision comes from, as far as the service's limits leave room for them.</summary>
/// <remarks>
/// At most 50 tags: https://docs.aws.amazon.com/batch/latest/userguide/using-tags.html. Where tags are propagated to tasks, those of a job count
/// as well, and a job with more than 50 of both fails: https://docs.aws.amazon.com/batch/latest/APIReference/API_RegisterJobDefinition.html.
/// </remarks>
internal static class RevisionStamp
{
    /// <summary>When it was registered, in UTC.</summary>
    public const string UpdatedAt = "EventBridgeOps:UpdatedAt";

    /// <summary>The revision that it was made from.</summary>
    public const string PreviousRevision = "EventBridgeOps:PreviousRevision";

    /// <summary>The digest of the image that it was made for, as the tag pointed to it then.</summary>
    public const string ImageDigest = "EventBridgeOps:ImageDigest";

    /// <summary>When the images were pushed that it was made for, if it was made for pushes.</summary>
    public const string ImagePushedAt = "EventBridgeOps:ImagePushedAt";

    private const string Tags = "tags";
    private const int MaxTags = 50;

    /// <summary>How many tags are left to a job whose tags are propagated together with those of its definition.</summary>
    private const int TagsOfJob = 10;

    /// <summary>By importance: what proves a registration, what decides about later ones, and what is only of interest.</summary>
    private static readonly string[] Keys = [UpdatedAt, ImagePushedAt, PreviousRevision, ImageDigest];

    /// <summary>Writes the tags into a document that is to be registered. What it was made for stays as the document has it.</summary>
    public static void Put(JsonObject definition, DateTimeOffset time, int previousRevision)
    {
        if (definition[Tags] is not JsonObject tags)
            definition[Tags] = tags = [];
        Dictionary<string, string?> values = new(StringComparer.Ordinal)
        {
            [UpdatedAt] = time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            [PreviousRevision] = previousRevision.ToString(CultureInfo.InvariantCulture),
            [ImageDigest] = tags.String(ImageDigest),
            [ImagePushedAt] = tags.String(ImagePushedAt),
        };
        foreach (string key in Keys)
            tags.Remove(key);
        int room = Room(definition);
        foreach (string key in Keys.Where(key => values[key] is not null).Take(Math.Max(0, room)))
            tags[key] = values[key];
    }

    /// <summary>Whether a revision of a definition can say when its image was pushed.</summary>
    public static bool HasRoomForPush(JsonObject definition) =>
        Room(definition) + ((definition[Tags] as JsonObject)?.Count(tag => Keys.Contains(tag.Key)) ?? 0) > Array.IndexOf(Keys, ImagePushedAt);

    /// <summary>When a revision was registered by us; null when it was not, or had no room to say so.</summary>
    public static string? Of(JsonObject definition) => (definition[Tags] as JsonObject)?.String(UpdatedAt);

    private static int Room(JsonObject definition) =>
        (definition["propagateTags"] is JsonValue value && value.TryGetValue(out bool propagated) && propagated ? MaxTags - TagsOfJob : MaxTags) - ((definition[Tags] as JsonObject)?.Count ?? 0);
}
