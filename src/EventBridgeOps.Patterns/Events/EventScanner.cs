using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Events;

/// <summary>
/// Reads an event's bytes once, 64 at a time: checks that it is JSON to the last character of its root object, and marks where
/// its tokens begin and its brackets close, so that fields that no pattern tests can be skipped. Each check is arithmetic on
/// 64 flags; only brackets, escapes and the words true, false and null are looked at one by one.
/// </summary>
internal sealed class EventScanner
{
    /// <summary>The deepest nesting; the service's own reader has the same limit.</summary>
    public const int MaxDepth = 1000;

    /// <summary>The longest number, in characters; the service's own reader has the same limit.</summary>
    public const int MaxNumberLength = 1000;

    /// <summary>The largest event, in bytes: far above what EventBridge accepts.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>The most fields of all objects together: far above what an event of the size that EventBridge accepts can hold.</summary>
    public const int MaxFields = 250_000;

    private const int ObjectFlag = 1;

    private readonly int[] _stack = new int[MaxDepth];
    private readonly byte[] _padded = new byte[Block.Size];
    private ulong[] _tokens = new ulong[32];
    private int[] _closeOf = new int[128];
    private int[] _opensWithin = new int[128];

    /// <summary>The offset of the root's opening brace, from which all other places count.</summary>
    public int Start { get; private set; }

    /// <summary>One bit for each byte: where a token begins, and the closing quotes.</summary>
    public ulong[] Tokens => _tokens;

    /// <summary>For each opening bracket, in the order of the text, where its closing one is.</summary>
    public int[] CloseOf => _closeOf;

    /// <summary>For each opening bracket, how many opened before its closing one.</summary>
    public int[] OpensWithin => _opensWithin;

    /// <summary>Whether any string has an escape.</summary>
    public bool HasEscapes { get; private set; }

    /// <summary>Whether any key has a dot or an escape.</summary>
    public bool HasOddKeys { get; private set; }

    /// <summary>Checks and marks an event.</summary>
    /// <exception cref="EventException">It is not an event.</exception>
    public void Scan(ReadOnlySpan<byte> text)
    {
        int start = 0;
        while (start < text.Length && text[start] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            start++;
        }

        if (start == text.Length || text[start] != '{')
        {
            throw EventFault.At(text, start, EventsTexts.NotAnObject());
        }

        Start = start;
        HasEscapes = false;
        HasOddKeys = false;
        ReadOnlySpan<byte> root = text.Slice(start);
        if (root.Length > MaxBytes)
        {
            throw EventFault.At(text, start, EventsTexts.TooLarge(MaxBytes));
        }

        int blocks = (root.Length + Block.Size - 1) / Block.Size;
        if (_tokens.Length < blocks)
        {
            _tokens = new ulong[blocks * 2];
        }

        int length = Run(text, root, out bool notAscii);
        if (notAscii)
        {
            int invalid = EventText.InvalidUtf8(root.Slice(0, length));
            if (invalid >= 0)
            {
                throw EventFault.At(text, start + invalid, EventsTexts.NotUtf8());
            }
        }
    }

    private unsafe int Run(ReadOnlySpan<byte> text, ReadOnlySpan<byte> root, out bool anyNotAscii)
    {
        ulong notAscii = 0, oddKeys = 0;
        bool anyEscape = false;
        ulong escapeNext = 0, inStringBefore = 0, keyGoesOn = 0, scalarBefore = 0;
        ulong openObject = 0, openArray = 0, commaInObject = 0, wantsValue = 0, keyEnd = 0, valueEnd = 0;
        NumberCheck numbers = default;
        int literalGoesOn = 0;
        int depth = 0, opens = 0, fields = 0, scalarBlocks = 0;
        ulong container = 0;
        ref int stack = ref MemoryMarshal.GetReference(_stack.AsSpan());
        fixed (byte* padded = _padded)
        fixed (byte* bytes = root)
        {
            for (int at = 0; at < root.Length; at += Block.Size)
            {
                byte* p = bytes + at;
                if (root.Length - at < Block.Size)
                {
                    new Span<byte>(padded, Block.Size).Fill((byte)' ');
                    root.Slice(at).CopyTo(new Span<byte>(padded, Block.Size));
                    p = padded;
                }

                Block.Read(p, out Block b);

                // Strings.
                ulong escaped = Bits.Escaped(b.Backslash, ref escapeNext);
                ulong quote = b.Quote & ~escaped;
                ulong inString = Bits.Between(quote) ^ inStringBefore;
                inStringBefore = (ulong)((long)inString >> 63);
                ulong closeQuote = quote & ~inString;
                ulong openQuote = quote & inString;
                ulong outside = ~(inString | closeQuote);
                ulong error = b.Control & inString;

                // What stands outside of strings.
                ulong open = b.Open & outside, close = b.Close & outside, comma = b.Comma & outside, colon = b.Colon & outside;
                ulong white = b.White & outside;
                ulong scalar = outside & ~(open | close | comma | colon | white);
                ulong scalarStart = scalar & ~((scalar << 1) | scalarBefore);
                ulong afterScalar = ((scalar << 1) | scalarBefore) & ~scalar;
                scalarBefore = scalar >> 63;

                // Brackets, one by one: which closes which, and what lies directly in an object.
                if (_closeOf.Length < opens + Block.Size)
                {
                    Array.Resize(ref _closeOf, _closeOf.Length * 2);
                    Array.Resize(ref _opensWithin, _opensWithin.Length * 2);
                }

                ref int closeOf = ref MemoryMarshal.GetReference(_closeOf.AsSpan());
                ref int opensWithin = ref MemoryMarshal.GetReference(_opensWithin.AsSpan());
                ulong valid = ulong.MaxValue, inObject = 0, rest = ulong.MaxValue, objects = 0;
                bool done = false;
                for (ulong brackets = open | close; brackets != 0; brackets &= brackets - 1)
                {
                    ulong bracket = brackets & (0UL - brackets);
                    ulong below = bracket - 1;
                    int i = Bits.First(brackets);
                    int isObject = (p[i] >> 5) & ObjectFlag;
                    inObject |= container & rest & below;
                    rest = ~below;
                    if ((open & bracket) != 0)
                    {
                        if (depth == MaxDepth)
                        {
                            throw EventFault.At(text, Start + at + i, EventsTexts.TooDeep(MaxDepth));
                        }

                        Unsafe.Add(ref stack, depth++) = (opens++ << 1) | isObject;
                        container = 0UL - (ulong)isObject;
                        objects |= container & bracket;
                        continue;
                    }

                    int opened = Unsafe.Add(ref stack, --depth);
                    if ((opened & ObjectFlag) != isObject)
                    {
                        throw EventFault.At(text, Start + at + i, EventsTexts.BracketMismatch());
                    }

                    Unsafe.Add(ref closeOf, opened >> 1) = at + i;
                    Unsafe.Add(ref opensWithin, opened >> 1) = opens;
                    if (depth == 0)
                    {
                        valid = below | bracket;
                        done = true;
                        break;
                    }

                    container = 0UL - (ulong)(Unsafe.Add(ref stack, depth - 1) & ObjectFlag);
                }

                inObject |= container & rest;

                // What may follow what.
                ulong afterOpenObject = Bits.Following(objects, white, ref openObject);
                ulong afterCommaInObject = Bits.Following(comma & inObject, white, ref commaInObject);
                ulong keyOpen = openQuote & (afterOpenObject | afterCommaInObject);
                ulong strings = Bits.Ripple(inString, keyOpen, ref keyGoesOn);
                ulong afterOpenArray = Bits.Following(open & ~objects, white, ref openArray);
                ulong afterWantsValue = Bits.Following(colon | (comma & ~inObject), white, ref wantsValue);
                ulong afterKey = Bits.Following(closeQuote & strings, white, ref keyEnd);
                ulong afterValue = Bits.Following((closeQuote & ~strings) | close, white, ref valueEnd, afterScalar);
                ulong valueStart = openQuote | open | scalarStart;
                error |= (afterOpenObject & ~(openQuote | close))
                    | (afterOpenArray & ~(valueStart | close))
                    | (afterCommaInObject & ~openQuote)
                    | (afterWantsValue & ~valueStart)
                    | (afterKey ^ colon)
                    | (afterValue & ~(comma | close));

                // Scalars.
                ulong literals = literalGoesOn == 0 ? 0 : (1UL << literalGoesOn) - 1;
                literalGoesOn = 0;
                for (ulong words = scalarStart & valid & ~(b.Digit | b.Minus); words != 0; words &= words - 1)
                {
                    int i = Bits.First(words);
                    int word = Literal(root.Slice(at + i));
                    if (word == 0)
                    {
                        error |= 1UL << i;
                        break;
                    }

                    literals |= ((1UL << word) - 1) << i;
                    literalGoesOn = Math.Max(0, i + word - Block.Size);
                }

                error |= numbers.Check(ref b, scalar & ~literals, scalarStart);
                if (scalar == ulong.MaxValue)
                {
                    scalarBlocks++;
                }
                else if (scalarBlocks != 0)
                {
                    int end = at + Bits.First(~scalar);
                    if (end - root.Slice(0, end).LastIndexOfAny((byte)':', (byte)',', (byte)'[') > MaxNumberLength + 1)
                    {
                        throw EventFault.At(text, Start + at, EventsTexts.NumberTooLong(MaxNumberLength));
                    }

                    scalarBlocks = 0;
                }

                // Escapes.
                for (ulong e = b.Backslash & ~escaped & inString & valid; e != 0; e &= e - 1)
                {
                    int i = Bits.First(e);
                    anyEscape = true;
                    if (!IsEscape(root.Slice(at + i)))
                    {
                        error |= 1UL << i;
                        break;
                    }
                }

                error &= valid;
                if (error != 0)
                {
                    throw EventFault.Explain(text, Start + at + Bits.First(error));
                }

                fields += Bits.Count(colon & valid);
                if (fields > MaxFields)
                {
                    throw EventFault.At(text, Start + at, EventsTexts.TooManyFields(MaxFields));
                }

                oddKeys |= inString & ~strings & (b.Dot | b.Backslash);
                notAscii |= b.NotAscii & valid;
                _tokens[at / Block.Size] = (quote | open | close | comma | colon | scalarStart) & valid;
                if (done)
                {
                    anyNotAscii = notAscii != 0;
                    HasEscapes = anyEscape;
                    HasOddKeys = oddKeys != 0;
                    return at + Bits.Count(valid);
                }
            }
        }

        throw EventFault.Explain(text, text.Length);
    }

    private static int Literal(ReadOnlySpan<byte> text)
    {
        int length = text.StartsWith("true"u8) || text.StartsWith("null"u8) ? 4 : text.StartsWith("false"u8) ? 5 : 0;
        return length != 0 && (text.Length == length
            || text[length] is (byte)',' or (byte)'}' or (byte)']' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            ? length
            : 0;
    }

    private static bool IsEscape(ReadOnlySpan<byte> text) => text.Length > 1 && text[1] switch
    {
        (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t' => true,
        (byte)'u' => JsonText.Hex4(text.Slice(2)) >= 0,
        _ => false,
    };
}
