using System.Globalization;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.JobDefinitions;

namespace EventBridgeOps.Images;

/// <summary>When the images that a revision was made for were pushed, by repository, as a tag of the revision holds it.</summary>
/// <remarks>
/// <c>123456789012/eu-west-1/team/app=2030-01-01T10:00:00Z</c>; several are separated by spaces, the newest first. These are characters that
/// every service allows in a tag, and a value has at most 256 of them: https://docs.aws.amazon.com/batch/latest/userguide/using-tags.html.
/// What does not fit is left out, the oldest first.
/// </remarks>
internal sealed class PushTimes
{
    private const int MaxLength = 256;
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    private readonly Dictionary<string, DateTimeOffset> _times = new(StringComparer.Ordinal);

    private PushTimes()
    {
    }

    /// <summary>Reads a tag; what is not ours in it is ignored.</summary>
    /// <param name="tag">The value of the tag; null if there is none.</param>
    public static PushTimes Parse(string? tag)
    {
        PushTimes times = new();
        foreach (string entry in (tag ?? "").Split(' '))
        {
            int equals = entry.IndexOf('=');
            if (equals > 0 && DateTimeOffset.TryParse(entry.Substring(equals + 1), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time))
                times._times[entry.Substring(0, equals)] = time;
        }

        return times;
    }

    /// <summary>The times in the tag of a revision.</summary>
    public static PushTimes Of(JsonObject definition) => Parse((definition["tags"] as JsonObject)?.String(RevisionStamp.ImagePushedAt));

    /// <summary>The time of the newest push of a repository; null if it is not known.</summary>
    public DateTimeOffset? this[string repository] => _times.TryGetValue(repository, out DateTimeOffset time) ? time : null;

    /// <summary>Notes a push, unless a newer one is known.</summary>
    public PushTimes With(string repository, DateTimeOffset time)
    {
        PushTimes times = Copy();
        times.Add(repository, time);
        return times;
    }

    /// <summary>The newest of both, of each repository.</summary>
    public PushTimes With(PushTimes other)
    {
        PushTimes times = Copy();
        foreach (KeyValuePair<string, DateTimeOffset> entry in other._times)
            times.Add(entry.Key, entry.Value);
        return times;
    }

    /// <summary>Whether another push of one of these repositories is newer than the one that is known here.</summary>
    /// <param name="before">The times that are not in question.</param>
    /// <param name="there">The other pushes.</param>
    public bool IsOlder(PushTimes before, PushTimes there) => _times.Any(entry => before[entry.Key] != entry.Value && there[entry.Key] > entry.Value);

    /// <summary>The tag; null if it would be empty.</summary>
    public override string? ToString()
    {
        string text = "";
        foreach (KeyValuePair<string, DateTimeOffset> entry in _times.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal))
        {
            string one = $"{entry.Key}={entry.Value.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture)}";
            if (text.Length + 1 + one.Length <= MaxLength)
                text += (text.Length == 0 ? "" : " ") + one;
        }

        return text.Length == 0 ? null : text;
    }

    private PushTimes Copy()
    {
        PushTimes copy = new();
        foreach (KeyValuePair<string, DateTimeOffset> entry in _times)
            copy._times.Add(entry.Key, entry.Value);
        return copy;
    }

    private void Add(string repository, DateTimeOffset time)
    {
        if (!(this[repository] > time))
            _times[repository] = time;
    }
}
