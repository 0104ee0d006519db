using System.Globalization;
using EventBridgeOps.Events.Entries;

namespace EventBridgeOps.Projects.LiveTesting;

/// <summary>The tags by which a live test recognizes the resources of earlier ones. What does not have them is never touched.</summary>
internal static class TestTags
{
    /// <summary>What the names of temporary resources start with.</summary>
    public const string NamePrefix = "ebops-test";

    private const string Owner = "ebops:test";
    private const string Created = "ebops:created";

    /// <summary>The tags of a new resource.</summary>
    /// <param name="project">The project and its environment.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyDictionary<string, string> Of(LiveProject project, DateTimeOffset now) => new Dictionary<string, string> { [Owner] = OwnerOf(project), [Created] = EventTime.Of(now) };

    /// <summary>When a resource was created by a live test of a project in its environment; null if it was not.</summary>
    /// <param name="tags">The tags of the resource.</param>
    /// <param name="project">The project and its environment.</param>
    public static DateTimeOffset? CreatedAt(IReadOnlyDictionary<string, string> tags, LiveProject project) =>
        tags.TryGetValue(Owner, out string? owner) && owner == OwnerOf(project) && tags.TryGetValue(Created, out string? created)
        && DateTimeOffset.TryParse(created, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) ? at : null;

    private static string OwnerOf(LiveProject project) => $"{project.Name}/{project.Environment.Name}";
}
