using System.Text;
using System.Text.Json;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Syntax;

/// <summary>Reads pattern text into nodes. Text after the closing brace is ignored, as the service ignores it.</summary>
internal ref struct PatternNodeReader
{
    /// <summary>Deeper nesting is rejected, as by the service's own reader.</summary>
    public const int MaxDepth = 1000;

    private readonly ReadOnlySpan<byte> _text;
    private Utf8JsonReader _reader;
    private PatternNode? _break;

    private PatternNodeReader(ReadOnlySpan<byte> text)
    {
        _text = text;
        _reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxDepth });
    }

    /// <summary>The text's root value; a broken node where there is none.</summary>
    public static PatternNode Read(ReadOnlySpan<byte> text)
    {
        PatternNodeReader reader = new(text);
        return reader.Next() ? reader.Value() : reader._break!;
    }

    private bool Next()
    {
        try
        {
            if (_reader.Read())
            {
                return true;
            }

            _break = new PatternNode(PatternNodeKind.Broken, _text.Length) { Text = SyntaxTexts.EndsEarly() };
        }
        catch (JsonException e)
        {
            int at = Math.Min((int)_reader.BytesConsumed, _text.Length);
            _break = new PatternNode(PatternNodeKind.Broken, Place(e, at)) { Text = SyntaxTexts.NotJson(JsonFault.Text(e)) };
        }

        return false;
    }

    // The reader says line and byte within it; the nodes count bytes from the start.
    private readonly int Place(JsonException e, int fallback)
    {
        if (e.LineNumber is not { } line || e.BytePositionInLine is not { } column)
        {
            return fallback;
        }

        int start = 0;
        for (long i = 0; i < line; i++)
        {
            int newline = _text.Slice(start).IndexOf((byte)'\n');
            if (newline < 0)
            {
                return fallback;
            }

            start += newline + 1;
        }

        return (int)Math.Min(start + column, _text.Length);
    }

    private PatternNode Value()
    {
        int start = (int)_reader.TokenStartIndex;
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return Object(start);
            case JsonTokenType.StartArray:
                return Array(start);
            case JsonTokenType.String:
                return new PatternNode(PatternNodeKind.String, start) { Text = StringText() };
            case JsonTokenType.Number:
                return new PatternNode(PatternNodeKind.Number, start) { Text = Encoding.ASCII.GetString(_reader.ValueSpan.ToArray()) };
            case JsonTokenType.True:
                return new PatternNode(PatternNodeKind.True, start) { Text = "true" };
            case JsonTokenType.False:
                return new PatternNode(PatternNodeKind.False, start) { Text = "false" };
            default:
                return new PatternNode(PatternNodeKind.Null, start) { Text = "null" };
        }
    }

    private readonly string StringText() => JsonText.Utf16(_reader.ValueSpan);

    private PatternNode Object(int start)
    {
        PatternNode node = new(PatternNodeKind.Object, start);
        while (Next())
        {
            if (_reader.TokenType == JsonTokenType.EndObject)
            {
                node.End = (int)_reader.TokenStartIndex;
                return node;
            }

            string name = StringText();
            int nameStart = (int)_reader.TokenStartIndex;
            if (!Next())
            {
                node.Members.Add(new PatternMember(name, nameStart, _break!));
                break;
            }

            PatternNode value = Value();
            node.Members.Add(new PatternMember(name, nameStart, value));
            if (_break != null)
            {
                break;
            }
        }

        node.Break = _break;
        return node;
    }

    private PatternNode Array(int start)
    {
        PatternNode node = new(PatternNodeKind.Array, start);
        while (Next())
        {
            if (_reader.TokenType == JsonTokenType.EndArray)
            {
                node.End = (int)_reader.TokenStartIndex;
                return node;
            }

            node.Items.Add(Value());
            if (_break != null)
            {
                break;
            }
        }

        node.Break = _break;
        return node;
    }
}
