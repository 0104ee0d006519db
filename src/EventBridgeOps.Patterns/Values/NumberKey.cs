using System.Globalization;
using System.Text;

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

    /// <summary>
    /// The place of a number among all others, and whether it surely takes part in numeric comparison: <c>null</c> where only
    /// <see cref="IsShortest"/> can tell.
    /// </summary>
    /// <param name="text">A valid JSON number.</param>
    /// <param name="comparable">Whether it takes part.</param>
    public static SortKey Of(ReadOnlySpan<byte> text, out bool? comparable)
    {
        int i = 0;
        bool negative = text[0] == '-';
        if (negative)
        {
            i++;
        }

        ulong mantissa = 0;
        int taken = 0;
        int significant = 0;
        int seen = 0;
        int exponent = 0;
        bool fraction = false;
        for (; i < text.Length; i++)
        {
            int digit = text[i] - '0';
            if ((uint)digit > 9)
            {
                if (text[i] != '.')
                {
                    break;
                }

                fraction = true;
                continue;
            }

            if (seen == 0 && digit == 0)
            {
                exponent -= fraction ? 1 : 0;
                continue;
            }

            seen++;
            exponent += fraction ? 0 : 1;
            if (taken < MantissaDigits)
            {
                mantissa = (mantissa * 10) + (uint)digit;
                taken++;
            }

            if (digit != 0)
            {
                significant = seen;
            }
        }

        if (mantissa == 0)
        {
            comparable = true;
            return new SortKey(1UL << 63, 0);
        }

        exponent += Exponent(text.Slice(i));
        comparable = significant > 17 ? false
            : significant <= SafeDigits && exponent is > -SafeExponent and < SafeExponent ? true
            : exponent is < -400 or > 400 ? false
            : null;
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

        // The reference never prints fewer than two digits, and takes the nearest of these.
        Span<byte> attempt = stackalloc byte[32];
        for (int digits = 1; digits <= 16; digits++)
        {
            value.TryFormat(attempt, out int used, Precision[digits], CultureInfo.InvariantCulture);
            if (double.TryParse(attempt.Slice(0, used), NumberStyles.Float, CultureInfo.InvariantCulture, out double back) && back.Equals(value))
            {
                return Of(attempt.Slice(0, used), out _) == key;
            }
        }

        return false;
#else
        string number = Encoding.ASCII.GetString(text.ToArray());
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || double.IsInfinity(value))
        {
            return false;
        }

        for (int digits = 1; digits <= 16; digits++)
        {
            string attempt = value.ToString(Precision[digits], CultureInfo.InvariantCulture);
            if (double.Parse(attempt, CultureInfo.InvariantCulture).Equals(value))
            {
                return Of(Encoding.ASCII.GetBytes(attempt), out _) == key;
            }
        }

        return false;
#endif
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

    private static readonly string[] Precision = Enumerable.Range(0, 17).Select(n => "E" + n.ToString(CultureInfo.InvariantCulture)).ToArray();

    private static readonly ulong[] PowerOfTen = Enumerable.Range(0, MantissaDigits + 1)
        .Select(n => Enumerable.Repeat(10UL, n).Aggregate(1UL, (product, ten) => product * ten)).ToArray();
}
