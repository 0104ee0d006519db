using System.Formats.Cbor;
using System.Text.Json;

namespace EventBridgeOps.Sandbox.Wire;

/// <summary>Turns CBOR documents into documents of the sandbox and back. Times are seconds since 1970, in CBOR with the tag 1.</summary>
/// <remarks>https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html</remarks>
internal static class Cbor
{
    /// <summary>Deeper than any document of a service that speaks CBOR.</summary>
    private const int Depth = 64;

    /// <summary>Reads a map; null for anything else.</summary>
    public static RawDocument? TryRead(byte[] bytes)
    {
        try
        {
            CborReader reader = new(bytes, CborConformanceMode.Lax);
            if (reader.PeekState() != CborReaderState.StartMap)
                return null;
            byte[] json = Json.Write(writer => Copy(reader, writer, 0));
            return reader.BytesRemaining == 0 ? RawDocument.TryParse(json) : null;
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Writes a document.</summary>
    /// <param name="document">The document. A number that is written with a point or an exponent becomes a floating-point number.</param>
    /// <param name="times">The names of members that are times.</param>
    public static byte[] Write(RawDocument document, IReadOnlyCollection<string> times)
    {
        CborWriter writer = new(CborConformanceMode.Lax);
        Write(writer, document, times);
        return writer.Encode();
    }

    private static void Copy(CborReader reader, Utf8JsonWriter writer, int depth)
    {
        if (depth > Depth)
            throw new FormatException();
        switch (reader.PeekState())
        {
            case CborReaderState.StartMap:
                reader.ReadStartMap();
                writer.WriteStartObject();
                while (reader.PeekState() != CborReaderState.EndMap)
                {
                    writer.WritePropertyName(reader.ReadTextString());
                    Copy(reader, writer, depth + 1);
                }

                reader.ReadEndMap();
                writer.WriteEndObject();
                break;
            case CborReaderState.StartArray:
                reader.ReadStartArray();
                writer.WriteStartArray();
                while (reader.PeekState() != CborReaderState.EndArray)
                    Copy(reader, writer, depth + 1);
                reader.ReadEndArray();
                writer.WriteEndArray();
                break;
            case CborReaderState.Tag:
                if (reader.ReadTag() != CborTag.UnixTimeSeconds)
                    throw new FormatException();
                Copy(reader, writer, depth + 1);
                break;
            default:
                CopyValue(reader, writer);
                break;
        }
    }

    private static void CopyValue(CborReader reader, Utf8JsonWriter writer)
    {
        switch (reader.PeekState())
        {
            case CborReaderState.UnsignedInteger:
                writer.WriteNumberValue(reader.ReadUInt64());
                break;
            case CborReaderState.NegativeInteger:
                writer.WriteNumberValue(reader.ReadInt64());
                break;
            case CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString:
                writer.WriteStringValue(reader.ReadTextString());
                break;
            case CborReaderState.ByteString or CborReaderState.StartIndefiniteLengthByteString:
                writer.WriteBase64StringValue(reader.ReadByteString());
                break;
            case CborReaderState.Boolean:
                writer.WriteBooleanValue(reader.ReadBoolean());
                break;
            case CborReaderState.HalfPrecisionFloat or CborReaderState.SinglePrecisionFloat or CborReaderState.DoublePrecisionFloat:
                writer.WriteRawValue(Json.Figure(reader.ReadDouble()).GetRawText());
                break;
            default:
                reader.SkipValue(); // Null, and "undefined".
                writer.WriteNullValue();
                break;
        }
    }

    private static void Write(CborWriter writer, RawDocument document, IReadOnlyCollection<string> times)
    {
        writer.WriteStartMap(document.Members.Count);
        foreach (KeyValuePair<string, JsonElement> member in document.Members)
        {
            writer.WriteTextString(member.Key);
            Write(writer, member.Value, times, times.Contains(member.Key));
        }

        writer.WriteEndMap();
    }

    private static void Write(CborWriter writer, JsonElement value, IReadOnlyCollection<string> times, bool isTime)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Write(writer, RawDocument.From(value), times);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray(value.GetArrayLength());
                foreach (JsonElement item in value.EnumerateArray())
                    Write(writer, item, times, isTime);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                if (isTime)
                    writer.WriteTag(CborTag.UnixTimeSeconds);
                if (value.GetRawText().IndexOfAny(['.', 'e', 'E']) < 0 && value.TryGetInt64(out long whole))
                    writer.WriteInt64(whole);
                else
                    writer.WriteDouble(value.GetDouble());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.WriteBoolean(value.GetBoolean());
                break;
            case JsonValueKind.String:
                writer.WriteTextString(value.GetString()!);
                break;
            default:
                writer.WriteNull();
                break;
        }
    }
}
