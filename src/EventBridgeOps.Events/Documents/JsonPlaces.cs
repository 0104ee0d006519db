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
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    pointer = JsonPointers.Add(open.Peek().Pointer, JsonTexts.Read(ref reader));
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
