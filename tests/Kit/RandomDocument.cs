using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventBridgeOps.Tests;

/// <summary>JSON of all kinds, the same for the same seed.</summary>
public sealed class RandomDocument(int seed)
{
#pragma warning disable RS0030 // Seeded.
    private readonly Random _random = new(seed);
#pragma warning restore RS0030

    public int Below(int limit) => _random.Next(limit);

    public JsonObject Object(int depth) => (JsonObject)JsonNode.Parse(ObjectText(depth))!;

    /// <summary>A document that is like this one but for a few places.</summary>
    public JsonObject Mutate(JsonObject document)
    {
        JsonObject copy = document.DeepClone().AsObject();
        for (int times = _random.Next(4); times >= 0; times--)
            MutateInside(copy);
        return copy;
    }

    public string Text() => string.Concat(Enumerable.Range(0, _random.Next(12)).Select(_ => char.ConvertFromUtf32(_random.Next(4) switch
    {
        0 => _random.Next(1, 0x20),
        1 => _random.Next(0x20, 0x7F),
        2 => _random.Next(0x80, 0xD7FF),
        _ => _random.Next(0xE000, 0x10FFFF),
    })));

    public string ObjectText(int depth) =>
        "{" + string.Join(',', Enumerable.Range(0, _random.Next(5)).Select(index => $"{JsonSerializer.Serialize(index + Text())}:{ValueText(depth - 1)}")) + "}";

    public string ValueText(int depth) => _random.Next(depth > 0 ? 8 : 6) switch
    {
        0 => _random.NextInt64().ToString(CultureInfo.InvariantCulture) + _random.Next(1000),
        1 => (_random.NextDouble() * Math.Pow(10, _random.Next(-300, 300))).ToString("E17", CultureInfo.InvariantCulture),
        2 => _random.Next(3) switch { 0 => "1e400", 1 => "-0.0", _ => "9007199254740993" },
        3 => _random.Next(3) switch { 0 => "null", 1 => "true", _ => "false" },
        4 or 5 => JsonSerializer.Serialize(Text()),
        6 => "[" + string.Join(',', Enumerable.Range(0, _random.Next(4)).Select(_ => ValueText(depth - 1))) + "]",
        _ => ObjectText(depth),
    };

    private void MutateInside(JsonObject parent)
    {
        string[] keys = [.. parent.Select(field => field.Key)];
        string? key = keys.Length > 0 ? keys[_random.Next(keys.Length)] : null;
        if (key is not null && parent[key] is JsonObject { Count: > 0 } inner && _random.Next(3) > 0)
            MutateInside(inner);
        else if (key is not null && parent[key] is JsonArray { Count: > 0 } elements && _random.Next(3) > 0)
            elements[_random.Next(elements.Count)] = JsonNode.Parse(ValueText(2));
        else if (key is not null && _random.Next(3) == 0)
            parent.Remove(key);
        else
            parent[_random.Next(2) == 0 ? key ?? "" : "new" + Text()] = JsonNode.Parse(ValueText(2));
    }
}
