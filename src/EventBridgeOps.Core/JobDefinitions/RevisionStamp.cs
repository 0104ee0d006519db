using System.Globalization;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.JobDefinitions;

/// <summary>The tags that say where a revision comes from, as far as the service's limit leaves room for them.</summary>
/// <remarks>At most 50 tags: https://docs.aws.amazon.com/batch/latest/userguide/using-tags.html.</remarks>
internal static class RevisionStamp
{
    /// <summary>When it was registered, in UTC.</summary>
    public const string UpdatedAt = "EventBridgeOps:UpdatedAt";

    /// <summary>The revision that it was made from.</summary>
    public const string PreviousRevision = "EventBridgeOps:PreviousRevision";

    /// <summary>The digest of the image that it was made for, as the tag pointed to it then.</summary>
    public const string ImageDigest = "EventBridgeOps:ImageDigest";

    private const string Tags = "tags";
    private const int MaxTags = 50;

    /// <summary>Writes the tags into a document that is to be registered.</summary>
    public static void Put(JsonObject definition, DateTimeOffset time, int previousRevision, string? imageDigest)
    {
        if (definition[Tags] is not JsonObject tags)
            definition[Tags] = tags = [];
        foreach (string key in new[] { UpdatedAt, PreviousRevision, ImageDigest })
            tags.Remove(key);
        Add(UpdatedAt, time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        Add(PreviousRevision, previousRevision.ToString(CultureInfo.InvariantCulture));
        Add(ImageDigest, imageDigest);

        void Add(string key, string? value)
        {
            if (value is not null && tags.Count < MaxTags)
                tags[key] = value;
        }
    }

    /// <summary>When a revision was registered by us; null when it was not, or had no room to say so.</summary>
    public static string? Of(JsonObject definition) => (definition[Tags] as JsonObject)?.String(UpdatedAt);
}
