using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Schemas.Inferring;

/// <summary>Makes a schema of the details of real events: what all of them follow, and no more than they show.</summary>
/// <remarks>
/// A property is required if each object has it. A format is stated if each text at the place has it. Values are never listed: which other ones there can be,
/// events don't tell. Objects stay open.
/// </remarks>
public sealed class SchemaInference
{
    private static readonly Regex s_time = Of(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,7})?(Z|[+-][0-9]{2}:[0-9]{2})\z");
    private static readonly Regex s_address = Of(@"\A((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\.(?!\z)|\z)){4}\z");
    private static readonly Regex s_mail = Of(@"\A[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+\z");
    private static readonly Regex s_link = Of(@"\A(https?|s3|arn|urn):\S+\z");

    private static readonly (string Name, Func<string, bool> Is)[] s_formats =
    [
        ("date-time", text => s_time.IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _)),
        ("date", text => DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)),
        ("uuid", text => text.Length == 36 && Guid.TryParseExact(text, "D", out _)),
        ("ipv4", text => s_address.IsMatch(text)),
        ("email", text => s_mail.IsMatch(text)),
        ("uri", text => s_link.IsMatch(text) && Uri.IsWellFormedUriString(text, UriKind.Absolute)),
    ];

    private readonly Seen _seen = new();

    /// <summary>The number of details that were added.</summary>
    public int Count => _seen.Count;

    /// <summary>Takes the detail of an event into account.</summary>
    /// <param name="detail">The detail.</param>
    public void Add(JsonElement detail) => _seen.Add(detail);

    /// <summary>The schema that all details follow, in JSON Schema 2020-12.</summary>
    /// <param name="source">The source of the events; null if it is not known.</param>
    /// <param name="detailType">Their detail type; null if it is not known.</param>
    public JsonObject Schema(string? source = null, string? detailType = null)
    {
        JsonObject schema = new() { ["$schema"] = "https://json-schema.org/draft/2020-12/schema" };
        if (source is not null)
            schema[EventSchema.SourceKeyword] = source;
        if (detailType is not null)
            schema[EventSchema.DetailTypeKeyword] = detailType;
        foreach (KeyValuePair<string, JsonNode?> keyword in _seen.Schema())
            schema[keyword.Key] = keyword.Value?.DeepClone();
        return schema;
    }

    private static Regex Of(string pattern) => new(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>What was seen at one place.</summary>
    private sealed class Seen
    {
        private readonly SortedSet<string> _types = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Seen> _properties = new(StringComparer.Ordinal);
        private readonly List<string> _names = [];
        private HashSet<string>? _formats;
        private Seen? _items;
        private int _objects;

        public int Count { get; private set; }

        public void Add(JsonElement value)
        {
            Count++;
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    _types.Add("object");
                    _objects++;
                    foreach (JsonProperty member in value.EnumerateObject())
                    {
                        if (!_properties.TryGetValue(member.Name, out Seen? property))
                        {
                            _properties[member.Name] = property = new Seen();
                            _names.Add(member.Name);
                        }

                        property.Add(member.Value);
                    }

                    break;
                case JsonValueKind.Array:
                    _types.Add("array");
                    _items ??= new Seen();
                    foreach (JsonElement item in value.EnumerateArray())
                        _items.Add(item);
                    break;
                case JsonValueKind.String:
                    _types.Add("string");
                    string text = value.GetString()!;
                    IEnumerable<string> formats = s_formats.Where(format => format.Is(text)).Select(format => format.Name);
                    if (_formats is null)
                        _formats = [.. formats];
                    else
                        _formats.IntersectWith(formats);
                    break;
                case JsonValueKind.Number:
                    _types.Add(value.TryGetDecimal(out decimal number) && decimal.Truncate(number) == number ? "integer" : "number");
                    break;
                case JsonValueKind.True or JsonValueKind.False:
                    _types.Add("boolean");
                    break;
                default:
                    _types.Add("null");
                    break;
            }
        }

        public JsonObject Schema()
        {
            JsonObject schema = [];
            if (_types.Contains("number"))
                _types.Remove("integer");
            if (_types.Count == 1)
                schema["type"] = _types.First();
            else if (_types.Count > 1)
                schema["type"] = new JsonArray([.. _types.Select(type => (JsonNode)type)]);
            if (_formats is { Count: > 0 } formats)
                schema["format"] = s_formats.First(format => formats.Contains(format.Name)).Name;
            if (_names.Where(name => _properties[name].Count == _objects).Select(name => (JsonNode)name).ToArray() is { Length: > 0 } required)
                schema["required"] = new JsonArray(required);
            if (_names.Count > 0)
                schema["properties"] = new JsonObject(_names.Select(name => new KeyValuePair<string, JsonNode?>(name, _properties[name].Schema())));
            if (_items is { Count: > 0 })
                schema["items"] = _items.Schema();
            return schema;
        }
    }
}
