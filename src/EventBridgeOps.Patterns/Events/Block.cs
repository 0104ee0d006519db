#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
#endif

namespace EventBridgeOps.Patterns.Events;

/// <summary>64 bytes of an event as flags: one bit of each mask for each byte.</summary>
internal struct Block
{
    public const int Size = 64;

    public ulong Quote;
    public ulong Backslash;
    public ulong Open;
    public ulong Close;
    public ulong Comma;
    public ulong Colon;
    public ulong White;
    public ulong Control;
    public ulong Digit;
    public ulong Zero;
    public ulong Minus;
    public ulong Plus;
    public ulong Dot;
    public ulong Exponent;
    public ulong NotAscii;

#if NET8_0_OR_GREATER
    // Where the hardware has no 512-bit vectors, the framework makes each operation of two or four smaller ones.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Read(byte* bytes, out Block block)
    {
        Vector512<byte> v = Vector512.Load(bytes);
        Vector512<byte> folded = v | Vector512.Create((byte)0x20);
        block.Quote = Where(v, (byte)'"');
        block.Backslash = Where(v, (byte)'\\');
        block.Open = Where(folded, (byte)'{');
        block.Close = Where(folded, (byte)'}');
        block.Comma = Where(v, (byte)',');
        block.Colon = Where(v, (byte)':');
        block.White = Where(v, (byte)' ');
        block.Control = Vector512.LessThan(v, Vector512.Create((byte)0x20)).ExtractMostSignificantBits();
        block.Digit = Vector512.LessThan(v - Vector512.Create((byte)'0'), Vector512.Create((byte)10)).ExtractMostSignificantBits();
        block.Zero = Where(v, (byte)'0');
        block.Minus = Where(v, (byte)'-');
        block.Plus = Where(v, (byte)'+');
        block.Dot = Where(v, (byte)'.');
        block.Exponent = Where(folded, (byte)'e');
        block.NotAscii = v.ExtractMostSignificantBits();
        if (block.Control != 0)
        {
            block.White |= Where(v, (byte)'\t') | Where(v, (byte)'\n') | Where(v, (byte)'\r');
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Where(Vector512<byte> v, byte wanted) =>
        Vector512.Equals(v, Vector512.Create(wanted)).ExtractMostSignificantBits();
#else
    private static readonly byte[] Classes = MakeClasses();

    public static unsafe void Read(byte* bytes, out Block block)
    {
        block = default;
        for (int i = 0; i < Size; i++)
        {
            ulong bit = 1UL << i;
            byte b = bytes[i];
            switch (Classes[b])
            {
                case 0:
                    break;
                case 1:
                    block.Digit |= bit;
                    block.Zero |= b == '0' ? bit : 0;
                    break;
                case 2:
                    block.NotAscii |= bit;
                    break;
                case 3:
                    block.Control |= bit;
                    block.White |= b is (byte)'\t' or (byte)'\n' or (byte)'\r' ? bit : 0;
                    break;
                default:
                    block.Special(b, bit);
                    break;
            }
        }
    }

    private void Special(byte b, ulong bit)
    {
        switch ((char)b)
        {
            case '"':
                Quote |= bit;
                break;
            case '\\':
                Backslash |= bit;
                break;
            case '{' or '[':
                Open |= bit;
                break;
            case '}' or ']':
                Close |= bit;
                break;
            case ',':
                Comma |= bit;
                break;
            case ':':
                Colon |= bit;
                break;
            case ' ':
                White |= bit;
                break;
            case '-':
                Minus |= bit;
                break;
            case '+':
                Plus |= bit;
                break;
            case '.':
                Dot |= bit;
                break;
            default:
                Exponent |= bit;
                break;
        }
    }

    private static byte[] MakeClasses()
    {
        byte[] classes = new byte[256];
        for (int i = 0; i < 256; i++)
        {
            classes[i] = (byte)(i is >= '0' and <= '9' ? 1 : i >= 0x80 ? 2 : i < 0x20 ? 3 : "\"\\{}[],: -+.eE".IndexOf((char)i) >= 0 ? 4 : 0);
        }

        return classes;
    }
#endif
}
