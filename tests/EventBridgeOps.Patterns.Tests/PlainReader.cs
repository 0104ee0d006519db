using System.Text.Json;

namespace EventBridgeOps.Patterns.Tests;

/// <summary>What is an event, as the framework's own reader of JSON sees it.</summary>
internal static class PlainReader
{
    /// <summary>Reads step by step to the end of the root object; what follows it does not count.</summary>
    public static bool IsObject(byte[] text)
    {
        Utf8JsonReader reader = new(text, new JsonReaderOptions { MaxDepth = 1000 });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            while (reader.CurrentDepth > 0 || reader.TokenType == JsonTokenType.StartObject)
            {
                if (!reader.Read())
                    return false;
                if (reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == 0)
                    return true;
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
