using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.DynamoDb.Values;

/// <summary>Writes values as the wire and the state have them.</summary>
internal static class ValueWriter
{
    public static JsonElement ToElement(MapValue item) => Json.Parse(Json.Write(writer => WriteItem(writer, item)));

    public static JsonElement ToElement(IEnumerable<MapValue> items) => Json.Parse(Json.Write(writer => WriteAll(writer, items, WriteItem)));

    public static void WriteItem(Utf8JsonWriter writer, MapValue item)
    {
        writer.WriteStartObject();
        foreach (KeyValuePair<string, Value> member in item.Members)
        {
            writer.WritePropertyName(member.Key);
            Write(writer, member.Value);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Value value)
    {
        writer.WriteStartObject();
        writer.WritePropertyName(value.Type);
        WriteBare(writer, value);
        writer.WriteEndObject();
    }

    private static void WriteBare(Utf8JsonWriter writer, Value value)
    {
        switch (value)
        {
            case FlagValue flag:
                writer.WriteBooleanValue(flag.Flag);
                break;
            case NullValue:
                writer.WriteBooleanValue(true);
                break;
            case SetValue set:
                WriteAll(writer, set.Elements, WriteBare);
                break;
            case ListValue list:
                WriteAll(writer, list.Elements, Write);
                break;
            case MapValue map:
                WriteItem(writer, map);
                break;
            default:
                writer.WriteStringValue(ValueText.Of(value));
                break;
        }
    }

    private static void WriteAll<T>(Utf8JsonWriter writer, IEnumerable<T> values, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray();
        foreach (T value in values)
            write(writer, value);
        writer.WriteEndArray();
    }
}
