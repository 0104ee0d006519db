using System.Globalization;
using System.Numerics;
using System.Text.Json;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Schemas.Comparing;

/// <summary>Numbers at the limits of schemas that are too large or too exact for decimal arithmetic.</summary>
internal static class NumbersNear
{
    /// <summary>Limits up to this are handled as decimals.</summary>
    public const decimal LargestDecimal = 1_000_000_000_000_000m;

    // Numbers that are farther apart are not written out.
    private const int MostZeros = 700;

    /// <summary>JSON numbers at the large limits of schemas: the limits, those next to them, and those between them.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<SchemaNode> nodes)
    {
        JsonNumber[] limits = [.. nodes.SelectMany(node => ((string[])["maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"]).Where(keyword => !(Math.Abs(node.Number(keyword) ?? decimal.MaxValue) < LargestDecimal))
            .Select(keyword => node[keyword]).Where(limit => limit is { ValueKind: JsonValueKind.Number }).Select(limit => JsonNumber.Of(limit!.Value))).Distinct()];
        (BigInteger Digits, BigInteger Exponent)[] divisors = [.. nodes.Select(node => node["multipleOf"]).Where(divisor => divisor is { ValueKind: JsonValueKind.Number }).Select(divisor => JsonNumber.Of(divisor!.Value)).Where(divisor => !divisor.Digits.IsZero).Select(divisor => (divisor.Digits, divisor.Exponent))];
        List<(BigInteger Digits, BigInteger Exponent)> near = [.. limits.SelectMany(Next)];
        near.AddRange(from left in limits from right in limits where left.CompareTo(right) < 0 from middle in Middle(left, right) select middle);
        return near.Concat(near.SelectMany(number => divisors.SelectMany(divisor => Multiples(number, divisor))).ToList()).Select(Text).Distinct();
    }

    private static IEnumerable<(BigInteger Digits, BigInteger Exponent)> Next(JsonNumber limit)
    {
        yield return (limit.Digits, limit.Exponent);
        if (BigInteger.Abs(limit.Exponent) <= MostZeros)
        {
            (BigInteger digits, BigInteger exponent) = Shifted(limit.Digits, limit.Exponent, BigInteger.Min(limit.Exponent, 0));
            BigInteger unit = BigInteger.Pow(10, (int)-exponent);
            yield return (digits + unit, exponent);
            yield return (digits - unit, exponent);
        }

        // By the last digit, and by half of it.
        yield return (limit.Digits + 1, limit.Exponent);
        yield return (limit.Digits - 1, limit.Exponent);
        yield return ((limit.Digits * 10) + 5, limit.Exponent - 1);
        yield return ((limit.Digits * 10) - 5, limit.Exponent - 1);
    }

    private static IEnumerable<(BigInteger Digits, BigInteger Exponent)> Middle(JsonNumber left, JsonNumber right)
    {
        if (BigInteger.Abs(left.Exponent - right.Exponent) > MostZeros)
            yield break;
        BigInteger exponent = BigInteger.Min(left.Exponent, right.Exponent);
        BigInteger sum = Shifted(left.Digits, left.Exponent, exponent).Digits + Shifted(right.Digits, right.Exponent, exponent).Digits;
        yield return sum.IsEven ? (sum / 2, exponent) : (sum * 5, exponent - 1);
    }

    private static IEnumerable<(BigInteger Digits, BigInteger Exponent)> Multiples((BigInteger Digits, BigInteger Exponent) number, (BigInteger Digits, BigInteger Exponent) divisor)
    {
        if (BigInteger.Abs(number.Exponent - divisor.Exponent) > MostZeros)
            yield break;
        BigInteger exponent = BigInteger.Min(number.Exponent, divisor.Exponent);
        BigInteger step = Shifted(divisor.Digits, divisor.Exponent, exponent).Digits;
        BigInteger count = BigInteger.Divide(Shifted(number.Digits, number.Exponent, exponent).Digits, step);
        for (int more = -1; more <= 1; more++)
            yield return ((count + more) * step, exponent);
    }

    private static (BigInteger Digits, BigInteger Exponent) Shifted(BigInteger digits, BigInteger from, BigInteger to) => (digits * BigInteger.Pow(10, (int)(from - to)), to);

    private static string Text((BigInteger Digits, BigInteger Exponent) number)
    {
        string digits = number.Digits.ToString(CultureInfo.InvariantCulture);
        if (number.Digits.IsZero || number.Exponent.IsZero)
            return digits;
        if (number.Exponent.Sign > 0)
            return number.Exponent <= 25 ? digits + new string('0', (int)number.Exponent) : digits + "e" + number.Exponent.ToString(CultureInfo.InvariantCulture);
        int places = number.Exponent >= -25 ? (int)-number.Exponent : 0;
        int sign = number.Digits.Sign < 0 ? 1 : 0;
        return places > 0 && digits.Length - sign > places ? digits.Insert(digits.Length - places, ".") : digits + "e" + number.Exponent.ToString(CultureInfo.InvariantCulture);
    }
}
