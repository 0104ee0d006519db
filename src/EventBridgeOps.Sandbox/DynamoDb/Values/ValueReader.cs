using System.Text.Json;
using EventBridgeOps.Sandbox.DynamoDb.Rejections;

namespace EventBridgeOps.Sandbox.DynamoDb.Values;

/// <summary>Reads values as the wire and the state have them: {"S": "text"}.</summary>
internal static class ValueReader
{
    /// <summary>How deep lists and maps may be nested.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html</remarks>
    private const int MostLevels = 32;

    private static readonly string[] types = ["S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M"];

    /// <summary>Reads an item or a key: attributes by name.</summary>
    public static MapValue ReadItem(JsonElement element) => ReadMap(element, 1);

    public static Value Read(JsonElement element) => Read(element, 1);

    private static Value Read(JsonElement element, int level)
    {
        if (level > MostLevels + 1)
            throw DynamoErrors.Validation("Nesting Levels have exceeded supported limits");
        if (element.ValueKind != JsonValueKind.Object)
            throw DynamoErrors.Serialization("Unexpected value type in payload");

        List<JsonProperty> present = element.EnumerateObject()
            .Where(member => types.Contains(member.Name) && member.Value.ValueKind != JsonValueKind.Null).ToList();
        if (present.Count == 0)
            throw DynamoErrors.Validation("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");

        Value value = Read(present[0].Name, present[0].Value, level);
        return present.Count == 1
            ? value
            : throw DynamoErrors.Validation("Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes");
    }

    private static Value Read(string type, JsonElement element, int level) => type switch
    {
        "S" => new TextValue(Text(element)),
        "N" => new NumberValue(DynamoNumber.Parse(Text(element))),
        "B" => new BinaryValue(Bytes(element)),
        "BOOL" => new FlagValue(Flag(element)),
        "NULL" => Flag(element) ? new NullValue() : throw DynamoErrors.Invalid("Null attribute value types must have the value of true"),
        "L" => new ListValue(Elements(element).Select(one => Read(one, level + 1)).ToList()),
        "M" => ReadMap(element, level + 1),
        _ => ReadSet(type, Elements(element).Select(one => Read(type.Substring(0, 1), one, level)).ToList()),
    };

    private static MapValue ReadMap(JsonElement element, int level)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw DynamoErrors.Serialization("Unexpected field type");
        Dictionary<string, Value> members = new(StringComparer.Ordinal);
        foreach (JsonProperty member in element.EnumerateObject())
            members[member.Name] = Read(member.Value, level);
        return new(members);
    }

    private static SetValue ReadSet(string type, List<Value> elements)
    {
        if (elements.Count == 0)
        {
            throw DynamoErrors.Invalid(type switch
            {
                "SS" => "An string set  may not be empty",
                "NS" => "An number set  may not be empty",
                _ => "Binary sets should not be empty",
            });
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        return elements.TrueForAll(element => seen.Add(SortableText.Of(element)))
            ? new SetValue(type, elements)
            : throw (type == "NS"
                ? DynamoErrors.Validation("Input collection contains duplicates")
                : DynamoErrors.Invalid($"Input collection [{string.Join(", ", elements.Select(ValueText.Of))}]{(type == "BS" ? "of type BS" : "")} contains duplicates."));
    }

    private static JsonElement.ArrayEnumerator Elements(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? element.EnumerateArray()
        : throw DynamoErrors.Serialization("Unexpected field type");

    private static string Text(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.True => throw DynamoErrors.Serialization("TRUE_VALUE cannot be converted to String"),
        JsonValueKind.False => throw DynamoErrors.Serialization("FALSE_VALUE cannot be converted to String"),
        JsonValueKind.Number => throw DynamoErrors.Serialization("NUMBER_VALUE cannot be converted to String"),
        _ => throw DynamoErrors.Serialization("Start of structure or map found where not expected"),
    };

    private static bool Flag(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => throw DynamoErrors.Serialization("Unexpected token received from parser"),
        JsonValueKind.Number => throw DynamoErrors.Serialization("NUMBER_VALUE cannot be converted to Boolean"),
        _ => throw DynamoErrors.Serialization("Start of structure or map found where not expected"),
    };

    private static byte[] Bytes(JsonElement element) => element.ValueKind == JsonValueKind.String && element.TryGetBytesFromBase64(out byte[]? bytes)
        ? bytes
        : throw DynamoErrors.Serialization("only base-64-encoded strings are convertible to bytes");
}
