using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Json.Schema;
using Json.Schema.Keywords;

namespace EventBridgeOps.Schemas.Documents;

/// <summary>Regular expressions of schemas, as ECMA-262 means them, with a limit of time: a schema can come from anybody.</summary>
internal static class TimedPatterns
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(500);

    private const int MostKnown = 1000;
    private static readonly ConcurrentDictionary<string, Regex> s_known = new(StringComparer.Ordinal);

    // What a pattern is called in its schema.
    private static readonly ConcurrentDictionary<string, string> s_sources = new(StringComparer.Ordinal);

    /// <summary>The handlers of the keywords that have regular expressions.</summary>
    public static IReadOnlyList<IKeywordHandler> Handlers { get; } = [new TimedPattern(), new TimedPatternProperties()];

    /// <summary>The formats that are checked, with the regular expressions that can be read here.</summary>
    public static FormatRegistry Formats { get; } = MakeFormats();

    /// <summary>The regular expression.</summary>
    /// <param name="pattern">The pattern of a schema.</param>
    /// <exception cref="ArgumentException">It is not valid, or not supported.</exception>
    public static Regex Of(string pattern)
    {
        if (s_known.Count > MostKnown)
            s_known.Clear();
        if (s_sources.Count > MostKnown)
            s_sources.Clear();
        return s_known.GetOrAdd(pattern, Make);
    }

    private static FormatRegistry MakeFormats()
    {
        FormatRegistry formats = new();
        formats.Register(new PredicateFormat("regex", IsReadable));
        formats.Register(new PredicateFormat("email", value => value.ValueKind is not JsonValueKind.String || TextFormats.IsEmail(value.GetString()!)));
        formats.Register(new PredicateFormat("hostname", value => value.ValueKind is not JsonValueKind.String || TextFormats.IsHost(value.GetString()!)));
        return formats;
    }

    private static bool IsReadable(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.String)
            return true;
        try
        {
            _ = Of(value.GetString()!);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The pattern of the schema for which a regular expression took too long.</summary>
    public static string Source(RegexMatchTimeoutException e) => s_sources.TryGetValue(e.Pattern, out string? source) ? source : e.Pattern;

    private static Regex Make(string pattern)
    {
        string written = EcmaPattern.Write(pattern);
        s_sources[written] = pattern;
        return new Regex(written, RegexOptions.CultureInvariant, s_patience);
    }

    private sealed class TimedPattern : PatternKeyword
    {
        public override object? ValidateKeywordValue(JsonElement value) => value.ValueKind is JsonValueKind.String ? Of(value.GetString()!) : base.ValidateKeywordValue(value);
    }

    private sealed class TimedPatternProperties : PatternPropertiesKeyword
    {
        public override object? ValidateKeywordValue(JsonElement value) =>
            value.ValueKind is JsonValueKind.Object ? value.EnumerateObject().ToDictionary(each => each.Name, each => Of(each.Name), StringComparer.Ordinal) : base.ValidateKeywordValue(value);
    }
}
