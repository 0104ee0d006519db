using System.Text;

namespace EventBridgeOps.Patterns.Tests.Fuzzing;

/// <summary>Makes inputs out of others: by their bytes, by the values in them, and by the words of patterns. The same for the same seed.</summary>
internal sealed class Mutator(int seed)
{
    private const int UsualLength = 2048;
    private const int MaxLength = 256 * 1024;

    // What means something in a pattern or an event, or nearly does.
    private static readonly byte[][] Words = [.. new[]
    {
        """{"prefix":"a"}""", """{"suffix":"b"}""", """{"prefix":{"equals-ignore-case":"Ab"}}""", """{"suffix":{"equals-ignore-case":"ß"}}""", """{"equals-ignore-case":"ıK"}""",
        """{"wildcard":"*a*b"}""", """{"wildcard":"a\\*"}""", """{"wildcard":"**"}""", """{"anything-but":["a","b"]}""", """{"anything-but":{"prefix":["a","b"]}}""", """{"anything-but":{"wildcard":"*a"}}""",
        """{"anything-but":1}""", """{"anything-but":[]}""", """{"numeric":[">",0,"<=",5]}""", """{"numeric":["=",-1e-3]}""", """{"numeric":["<",5e9]}""", """{"numeric":[]}""", """{"cidr":"10.0.0.0/24"}""", """{"cidr":"::/0"}""",
        """{"exists":true}""", """{"exists":false}""", """{"exactly":"a"}""", """{"unknown":1}""", """{"$or":[{"a":[1]},{"b":[1]}]}""", "\"$or\"", "[{\"a\":[1]},{\"b\":[1]}]", "\"a.b\"", "\"detail-type\"", "\"source\"", "\"aws.ec2\"", "\"time\"",
        "[]", "{}", "[null]", "\"\"", "null", "true", "false", "0", "-0", "1e400", "-1e-400", "5e-324", "1.0", "10e-1", "9007199254740993", "123456789012345678901234567890", "\"300\"", "\"10.0.0.1\"", "\"::1\"", "\"::ffff:a00:1\"",
        "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"\\u0061\"", "\"\\ud83d\\ude00\"", "\"é\"", "\"\u202e\"",
    }.Select(Encoding.UTF8.GetBytes)];

    // What is no JSON, or not everywhere.
    private static readonly byte[][] Noise = [.. new[]
    {
        "\"\\\"", "\"\\x\"", "\"\n\"", "tru", "nul", "01", "1.", "1e", "-", "+1", "NaN", "/**/", "//", ",", ":", ",,", "\uFEFF",
    }.Select(Encoding.UTF8.GetBytes)];

#pragma warning disable RS0030 // Seeded.
    private readonly Random _random = new(seed);
#pragma warning restore RS0030
    private readonly RandomPattern _words = new(seed);

    /// <summary>The next input.</summary>
    public FuzzInput Next(Corpus corpus)
    {
        FuzzInput first = Any(corpus);
        if (_random.Next(8) == 0)
            first = new FuzzInput(Encoding.UTF8.GetBytes(_words.Pattern()), Encoding.UTF8.GetBytes(_words.Event()));
        FuzzInput other = Any(corpus);
        return _random.Next(4) switch
        {
            0 => first with { Pattern = Mutate(first.Pattern, other.Pattern, first.Event) },
            1 => first with { Event = Mutate(first.Event, other.Event, first.Pattern) },
            2 => new FuzzInput(first.Pattern, Mutate(other.Event, first.Event, first.Pattern)),
            _ => new FuzzInput(Mutate(first.Pattern, other.Pattern, first.Event), Mutate(first.Event, other.Event, first.Pattern)),
        };
    }

    // What was found last has been tried least.
    private FuzzInput Any(Corpus corpus) => corpus[_random.Next(2) == 0 ? _random.Next(corpus.Count) : corpus.Count - 1 - _random.Next((corpus.Count / 4) + 1)];

    private byte[] Mutate(byte[] text, byte[] other, byte[] counterpart)
    {
        int longest = _random.Next(2000) == 0 ? MaxLength : UsualLength;
        for (int times = 1 + (_random.Next(2) * _random.Next(3)); times > 0; times--)
        {
            byte[] mutated = Once(text, other, counterpart, longest);
            if (mutated.Length <= longest)
                text = mutated;
        }

        return text;
    }

    private byte[] Once(byte[] text, byte[] other, byte[] counterpart, int longest)
    {
        (int start, int end) = Pieces.Any(text, _random);
        ReadOnlySpan<byte> value = text.AsSpan(start, end - start);
        switch (_random.Next(32))
        {
            case 0:
                return Flipped(text);
            case 1:
                return With(text, start, start, [(byte)_random.Next(256)]);
            case 2:
                int cut = _random.Next(text.Length + 1);
                return With(text, cut, Math.Min(text.Length, cut + 1 + _random.Next(8)), []);
            case 3:
                return text.AsSpan(0, _random.Next(text.Length + 1)).ToArray();
            case 4:
                return With(text, start, end, []);
            case 5:
                return With(text, start, end, Noise[_random.Next(Noise.Length)]);
            case < 9:
                return With(text, start, end, Piece(other));
            case < 13:
                return With(text, start, end, Piece(counterpart));
            case < 15:
                return With(text, start, end, Piece(text));
            case < 20:
                return With(text, start, end, Words[_random.Next(Words.Length)]);
            case < 24:
                return With(text, end, end, [(byte)',', .. _random.Next(2) == 0 ? value : Piece(other)]);
            case 24:
                return With(text, end, end, Repeated([(byte)',', .. value], longest - text.Length));
            case < 28:
                return With(text, start, end, Nested(value, longest - text.Length));
            default:
                return With(text, start, end, Encoding.UTF8.GetBytes(Number()));
        }
    }

    private byte[] Flipped(byte[] text)
    {
        byte[] copy = [.. text];
        if (copy.Length > 0)
            copy[_random.Next(copy.Length)] ^= (byte)(1 << _random.Next(8));
        return copy;
    }

    private ReadOnlySpan<byte> Piece(byte[] text)
    {
        (int start, int end) = Pieces.Any(text, _random);
        return text.AsSpan(start, end - start);
    }

    // Mostly a few times, and now and then as often as there is room.
    private int Times(int length, int room) => Math.Min(_random.Next(20) == 0 ? int.MaxValue : 1 + _random.Next(4), Math.Max(0, room) / Math.Max(1, length));

    private byte[] Repeated(ReadOnlySpan<byte> piece, int room)
    {
        int times = Times(piece.Length, room);
        byte[] all = new byte[times * piece.Length];
        for (int i = 0; i < times; i++)
            piece.CopyTo(all.AsSpan(i * piece.Length));
        return all;
    }

    private byte[] Nested(ReadOnlySpan<byte> value, int room)
    {
        (string open, string close) = _random.Next(6) switch
        {
            0 => ("[", "]"),
            1 => ("{\"a\":", "}"),
            2 => ("{\"$or\":[", ",{\"b\":[1]}]}"),
            3 => ("{\"$or\":[{\"a\":[1]},{\"b\":[1]}],\"c\":", "}"),
            4 => ("{\"anything-but\":", "}"),
            _ => ("{\"a.b\":[", "]}"),
        };
        int times = Times(open.Length + close.Length, room);
        if (open.Contains(']', StringComparison.Ordinal) && room < UsualLength)
            times %= 8; // Each level doubles what a pattern costs, up to its limit.
        return [.. Repeat(open, times), .. value, .. Repeat(close, times)];
    }

    private static byte[] Repeat(string text, int times) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text, times)));

    private string Number() => _random.Next(4) switch
    {
        0 => _random.Next(-1000, 1000).ToString(System.Globalization.CultureInfo.InvariantCulture),
        1 => BitConverter.Int64BitsToDouble(_random.NextInt64()).ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        2 => $"{_random.Next(10)}.{_random.NextInt64()}e{_random.Next(-330, 330)}",
        _ => new string('9', 1 + _random.Next(40)),
    };

    private static byte[] With(byte[] text, int start, int end, ReadOnlySpan<byte> piece) => [.. text.AsSpan(0, start), .. piece, .. text.AsSpan(end)];
}
