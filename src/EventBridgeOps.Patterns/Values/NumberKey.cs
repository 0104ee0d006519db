using System.Buffers.Binary;
using System.Globalization;
#if NETSTANDARD2_0
using System.Text;
#endif

namespace EventBridgeOps.Patterns.Values;

/// <summary>
/// JSON numbers as exact decimals. A number takes part in numeric comparison only if its value is exactly the shortest
/// decimal of a finite double (so 300, 300.0 and 3.0e2 are equal, and 2^53+1 compares with nothing); comparing the decimals
/// then is comparing the doubles, without any conversion.
/// </summary>
internal static class NumberKey
{
    private const int MantissaDigits = 19;

    // Any decimal of so few digits, this far from the ends of the range, is its double's shortest.
    private const int SafeDigits = 15;
    private const int SafeExponent = 290;

    private const int ExponentBias = 1 << 20;

    // Below, a double may have a shortest decimal of one digit that is not nearest among those of two.
    private const double TwoDigits = 1e-321;

    /// <summary>
    /// The place of a number among all others, and whether it surely takes part in numeric comparison: <c>null</c> where only
    /// <see cref="IsShortest"/> can tell.
    /// </summary>
    /// <param name="text">A valid JSON number.</param>
    /// <param name="comparable">Whether it takes part.</param>
    public static SortKey Of(ReadOnlySpan<byte> text, out bool? comparable)
    {
        bool negative = text[0] == '-';
        int i = negative ? 1 : 0;
        ulong mantissa = 0;
        int digits = 0;
        bool more = false;
        for (; i < text.Length && (uint)(text[i] - '0') <= 9; i++)
        {
            Take((uint)(text[i] - '0'), ref mantissa, ref digits, ref more);
        }

        int exponent = digits;
        if (i < text.Length && text[i] == '.')
        {
            i++;
            for (; digits == 0 && i < text.Length && text[i] == '0'; i++)
            {
                exponent--;
            }

            for (; digits <= MantissaDigits - 8 && i <= text.Length - 8 && TryEight(text.Slice(i), out uint eight); i += 8)
            {
                mantissa = (mantissa * 100_000_000) + eight;
                digits += 8;
            }

            for (; i < text.Length && (uint)(text[i] - '0') <= 9; i++)
            {
                Take((uint)(text[i] - '0'), ref mantissa, ref digits, ref more);
            }
        }

        if (mantissa == 0)
        {
            comparable = true;
            return new SortKey(1UL << 63, 0);
        }

        exponent += Exponent(text.Slice(i));
        int taken = Math.Min(digits, MantissaDigits);
        comparable = more ? false : Comparable(mantissa, taken, exponent);
        ulong aligned = mantissa * PowerOfTen[MantissaDigits - taken];
        ulong order = (ulong)(exponent + ExponentBias);
        return negative ? new SortKey((1UL << 63) - order, ~aligned) : new SortKey((1UL << 63) + order, aligned);
    }

    /// <summary>The place of a number that takes part in numeric comparison.</summary>
    /// <returns>False if it does not.</returns>
    public static bool TryOf(ReadOnlySpan<byte> text, out SortKey key)
    {
        key = Of(text, out bool? comparable);
        return comparable ?? IsShortest(text, key);
    }

    /// <summary>Whether the number's value is exactly the shortest decimal of a finite double.</summary>
    /// <param name="text">A valid JSON number.</param>
    /// <param name="key">Its place.</param>
    public static bool IsShortest(ReadOnlySpan<byte> text, SortKey key)
    {
#if NET8_0_OR_GREATER
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
        {
            return false;
        }

        Span<byte> shortest = stackalloc byte[32];
        value.TryFormat(shortest, out int length, "R", CultureInfo.InvariantCulture);
        SortKey shortestKey = Of(shortest.Slice(0, length), out _);
        if (Math.Abs(value) > TwoDigits)
        {
            return shortestKey == key;
        }

        // The reference never prints fewer than two digits, and takes the nearest of these.
        value.TryFormat(shortest, out length, "E1", CultureInfo.InvariantCulture);
        bool isTwo = double.TryParse(shortest.Slice(0, length), NumberStyles.Float, CultureInfo.InvariantCulture, out double two) && two.Equals(value);
        return (isTwo ? Of(shortest.Slice(0, length), out _) : shortestKey) == key;
#else
        string number = Encoding.ASCII.GetString(text.ToArray());
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || double.IsInfinity(value))
        {
            return false;
        }

        // The framework's own shortest form is not always the shortest. The reference never prints fewer than two digits.
        for (int digits = 1; digits <= 16; digits++)
        {
            string attempt = value.ToString("E" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (double.Parse(attempt, CultureInfo.InvariantCulture).Equals(value))
            {
                return Of(Encoding.ASCII.GetBytes(attempt), out _) == key;
            }
        }

        return false;
#endif
    }

    private static bool? Comparable(ulong mantissa, int digits, int exponent)
    {
        for (; digits > SafeDigits && mantissa % 10 == 0; digits--)
        {
            mantissa /= 10;
        }

        return digits > 17 ? false
            : digits <= SafeDigits && exponent is > -SafeExponent and < SafeExponent ? true
            : exponent is < -400 or > 400 ? false
            : null;
    }

    private static void Take(uint digit, ref ulong mantissa, ref int digits, ref bool more)
    {
        if (digits == 0 && digit == 0)
        {
            return;
        }

        if (digits < MantissaDigits)
        {
            mantissa = (mantissa * 10) + digit;
        }
        else
        {
            more |= digit != 0;
        }

        digits++;
    }

    // Eight digits at once: neighbours become pairs, pairs fours, fours the whole.
    private static bool TryEight(ReadOnlySpan<byte> text, out uint value)
    {
        ulong eight = BinaryPrimitives.ReadUInt64LittleEndian(text);
        ulong digits = eight - 0x3030303030303030;
        value = 0;
        if (((digits | (digits + 0x7676767676767676)) & 0x8080808080808080) != 0)
        {
            return false;
        }

        digits = (digits * 10) + (digits >> 8);
        digits = ((digits & 0x000000FF000000FF) * 0x000F424000000064) + (((digits >> 16) & 0x000000FF000000FF) * 0x0000271000000001);
        value = (uint)(digits >> 32);
        return true;
    }

    private static int Exponent(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        bool negative = text[1] == '-';
        int exponent = 0;
        for (int i = text[1] is (byte)'-' or (byte)'+' ? 2 : 1; i < text.Length && exponent < 100_000; i++)
        {
            exponent = (exponent * 10) + text[i] - '0';
        }

        return negative ? -exponent : exponent;
    }

    private static readonly ulong[] PowerOfTen = Enumerable.Range(0, MantissaDigits + 1)
        .Select(n => Enumerable.Repeat(10UL, n).Aggregate(1UL, (product, ten) => product * ten)).ToArray();
}
