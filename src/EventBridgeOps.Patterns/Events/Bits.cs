#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
#endif
using System.Runtime.CompilerServices;

namespace EventBridgeOps.Patterns.Events;

/// <summary>Arithmetic on 64 flags at once.</summary>
internal static class Bits
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int First(ulong bits)
    {
#if NET8_0_OR_GREATER
        return BitOperations.TrailingZeroCount(bits);
#else
        // De Bruijn: the lowest bit alone, times this, has a different top for each place.
        return bits == 0 ? 64 : Place[((bits & (0 - bits)) * 0x03F79D71B4CB0A89) >> 58];
#endif
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Count(ulong bits)
    {
#if NET8_0_OR_GREATER
        return BitOperations.PopCount(bits);
#else
        bits -= (bits >> 1) & 0x5555555555555555;
        bits = (bits & 0x3333333333333333) + ((bits >> 2) & 0x3333333333333333);
        return (int)((((bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0F) * 0x0101010101010101) >> 56);
#endif
    }

    /// <summary>Each bit becomes the parity of itself and all below: what is between two quotes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Between(ulong bits)
    {
#if NET8_0_OR_GREATER
        if (Pclmulqdq.IsSupported)
        {
            return Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(bits), Vector128<ulong>.AllBitsSet, 0).ToScalar();
        }
#endif
        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }

    /// <summary>
    /// The first places after those runs of <paramref name="runs"/> that begin at <paramref name="starts"/>: added to a run, its
    /// first bit ripples through it. A run that reaches the end goes on in the next block by <paramref name="carry"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Ends(ulong runs, ulong starts, ref ulong carry) => Ripple(runs, starts, ref carry) & ~runs;

    /// <summary>The sum of <see cref="Ends"/>, in which the runs that were begun are cleared and the others stand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Ripple(ulong runs, ulong starts, ref ulong carry)
    {
        ulong sum = runs + starts;
        ulong over = sum < runs ? 1UL : 0;
        ulong all = sum + carry;
        carry = over | (all < sum ? 1UL : 0);
        return all;
    }

    /// <summary>The places just after the marked ones, with the last block's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong After(ulong bits, ref ulong carry)
    {
        ulong after = (bits << 1) | carry;
        carry = bits >> 63;
        return after;
    }

#if !NET8_0_OR_GREATER
    private static readonly int[] Place = Places();

    private static int[] Places()
    {
        int[] places = new int[64];
        for (int i = 0; i < 64; i++)
        {
            places[((1UL << i) * 0x03F79D71B4CB0A89) >> 58] = i;
        }

        return places;
    }
#endif

    /// <summary>A backslash escapes the next character, unless it is itself escaped: of a run, every second one counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Escaped(ulong backslash, ref ulong escapeNext)
    {
        const ulong Even = 0x5555555555555555;
        if (backslash == 0)
        {
            ulong first = escapeNext;
            escapeNext = 0;
            return first;
        }

        backslash &= ~escapeNext;
        ulong follows = (backslash << 1) | escapeNext;
        ulong oddStarts = backslash & ~Even & ~follows;
        ulong sum = oddStarts + backslash;
        escapeNext = sum < backslash ? 1UL : 0;
        return (Even ^ (sum << 1)) & follows;
    }

    /// <summary>The places of the next characters that are not white.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Following(ulong bits, ulong white, ref ulong carry, ulong more = 0)
    {
        ulong after = After(bits, ref carry) | more;
        if ((after & white) == 0)
        {
            return after;
        }

        ulong over = 0;
        ulong ends = Ends(white, after & white, ref over);
        carry |= over;
        return (after & ~white) | ends;
    }
}
