using System.Runtime.CompilerServices;

namespace EventBridgeOps.Patterns.Events;

/// <summary>
/// The grammar of JSON numbers, for all numbers of a block at once: a digit may stand anywhere, and everything else must be
/// earned: a minus by a start or an exponent, a dot by an integer part, an exponent by digits. What a block leaves open is
/// carried into the next.
/// </summary>
internal struct NumberCheck
{
    private ulong _minus;
    private ulong _zero;
    private ulong _dot;
    private ulong _exponent;
    private ulong _sign;
    private ulong _integer;
    private ulong _fraction;

    /// <summary>The characters at which a number goes wrong.</summary>
    /// <param name="block">The block.</param>
    /// <param name="numbers">The characters of numbers.</param>
    /// <param name="starts">Where scalars begin.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Check(ref Block block, ulong numbers, ulong starts)
    {
        if ((numbers | _minus | _dot | _exponent | _sign | _integer | _fraction) == 0)
        {
            _zero = 0;
            return 0;
        }

        ulong digit = block.Digit & numbers;
        ulong minusFirst = starts & block.Minus & numbers;
        ulong afterMinus = Bits.After(minusFirst, ref _minus);
        ulong integer = (starts | afterMinus) & digit;
        ulong afterZero = Bits.After(integer & block.Zero, ref _zero);
        ulong integerEnd = Bits.Ends(digit, integer, ref _integer);
        ulong dot = integerEnd & block.Dot & numbers;
        ulong afterDot = Bits.After(dot, ref _dot);
        ulong fractionEnd = Bits.Ends(digit, afterDot & digit, ref _fraction);
        ulong error = (numbers & ~(digit | minusFirst | dot)) | ((afterMinus | afterDot) & ~digit) | (afterZero & digit);
        return ((block.Exponent & numbers) | _exponent | _sign) == 0
            ? error
            : CheckExponents(ref block, numbers, digit, integerEnd | fractionEnd, error);
    }

    // Few blocks have any: what stands here is earned too.
    private ulong CheckExponents(ref Block block, ulong numbers, ulong digit, ulong ends, ulong error)
    {
        ulong exponent = ends & block.Exponent & numbers;
        ulong afterExponent = Bits.After(exponent, ref _exponent);
        ulong sign = afterExponent & (block.Plus | block.Minus) & numbers;
        ulong afterSign = Bits.After(sign, ref _sign);
        return (error & ~(exponent | sign)) | (afterSign & ~digit) | (afterExponent & ~(digit | sign));
    }
}
