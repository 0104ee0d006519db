using System.Text;
using System.Text.Json;

namespace EventBridgeOps.Events.Documents;

/// <summary>Finds the places of values in JSON text.</summary>
public static class JsonPlaces
{
    /// <summary>The places of all values. Of text that is not JSON, those before the fault.</summary>
    /// <param name="json">The text.</param>
    public static TextPlaces Of(string json)
    {
        TextPlaces places = new();
        byte[] utf8 = Encoding.UTF8.GetBytes(json);
        Utf8JsonReader reader = new(utf8, new JsonReaderOptions { MaxDepth = Document.MaxDepth });
        Position position = new(utf8);
        Stack<(string Pointer, int Index)> open = new(); // The index is -1 in an object.
        string pointer = "";
        TextPlace? key = null;
        try
        {
            while (reader.Read())
            {
                TextPlace place = position.At((int)reader.TokenStartIndex);
                string? text = reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String ? JsonTexts.Read(ref reader) : null;
                if (text is not null && !JsonTexts.IsUnicode(text))
                    places.NotUnicode ??= place;
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    pointer = JsonPointers.Add(open.Peek().Pointer, text!);
                    key = place;
                    continue;
                }

                if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    open.Pop();
                    continue;
                }

                if (open.Count > 0 && open.Peek().Index >= 0)
                {
                    (string array, int index) = open.Pop();
                    open.Push((array, index + 1));
                    (pointer, key) = (JsonPointers.Add(array, index), null);
                }

                places.Add(pointer, key ?? place, place);
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    open.Push((pointer, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
            }
        }
        catch (JsonException)
        {
            // Whoever reads the text says what is wrong with it.
        }

        return places;
    }

    /// <summary>Where a text is not a document.</summary>
    /// <param name="json">The text.</param>
    /// <param name="e">What <see cref="Document.Parse(string)"/> said.</param>
    /// <param name="keyTwice">The key that an object has twice, if that is the fault; else null.</param>
    public static TextPlace Fault(string json, JsonException e, out string? keyTwice)
    {
        keyTwice = null;
        if (e.LineNumber is { } line)
            return At(json, (int)line, (int)(e.BytePositionInLine ?? 0));
        TextPlaces places = Of(json);
        keyTwice = places.Twice?.Key;
        return places.Twice?.Place ?? places.NotUnicode ?? places.Find("");
    }

    // The library counts bytes, and lines from 0.
    private static TextPlace At(string json, int line, int bytes)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(json);
        int start = 0;
        for (int i = 0; i < line; i++)
            start = Array.IndexOf(utf8, (byte)'\n', start) + 1;
        return new Position(utf8).At(Math.Min(start + bytes, utf8.Length));
    }

    /// <summary>Lines and columns, for places that come in their order.</summary>
    private sealed class Position(byte[] utf8)
    {
        private int _at;
        private int _line = 1;
        private int _column = 1;

        public TextPlace At(int index)
        {
            for (; _at < index; _at++)
            {
                byte unit = utf8[_at];
                if (unit == '\n')
                    (_line, _column) = (_line + 1, 1);
                else if ((unit & 0xC0) != 0x80) // Not the rest of a character.
                    _column += unit >= 0xF0 ? 2 : 1;
            }

            return new TextPlace(_line, _column);
        }
    }
}
