using System.Globalization;
using System.Numerics;
using EventBridgeOps.Sandbox.DynamoDb.Rejections;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.DynamoDb.Values;

/// <summary>
/// A decimal number of at most 38 significant digits, from 1E-130 to 9.99...E+125: coefficient * 10^exponent, the coefficient without
/// trailing zeros.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html</remarks>
internal sealed class DynamoNumber : IComparable<DynamoNumber>
{
    private const int MostDigits = 38;
    private const int HighestMagnitude = 125;
    private const int LowestMagnitude = -130;

    private readonly BigInteger coefficient;
    private readonly int exponent;

    private DynamoNumber(BigInteger coefficient, int exponent)
    {
        this.coefficient = coefficient;
        this.exponent = exponent;
    }

    /// <summary>How many digits it has from the first to the last that is not zero.</summary>
    public int SignificantDigits => coefficient.IsZero ? 0 : Digits.Length;

    public bool IsNegative => coefficient.Sign < 0;

    private string Digits => BigInteger.Abs(coefficient).ToString(CultureInfo.InvariantCulture);

    /// <summary>The exponent in scientific notation.</summary>
    private int Magnitude => exponent + Digits.Length - 1;

    public static DynamoNumber Of(int number) => Made(number, 0);

    /// <summary>Reads a number.</summary>
    /// <exception cref="AwsError">The text is not a number, or not one that DynamoDB takes.</exception>
    public static DynamoNumber Parse(string text) => text.Length == 0
        ? throw DynamoErrors.Validation("The parameter cannot be converted to a numeric value")
        : DecimalText.Read(text) is { } read
            ? Checked(read)
            : throw DynamoErrors.Validation($"The parameter cannot be converted to a numeric value: {text}");

    public DynamoNumber Plus(DynamoNumber other) => Sum(other.coefficient, other.exponent);

    public DynamoNumber Minus(DynamoNumber other) => Sum(-other.coefficient, other.exponent);

    public int CompareTo(DynamoNumber? other)
    {
        if (other is null)
            return 1;
        if (coefficient.Sign != other.coefficient.Sign)
            return coefficient.Sign.CompareTo(other.coefficient.Sign);
        int common = Math.Min(exponent, other.exponent);
        return Scaled(coefficient, exponent - common).CompareTo(Scaled(other.coefficient, other.exponent - common));
    }

    /// <summary>A text whose ordinal order is the order of the numbers.</summary>
    public string ToSortable()
    {
        if (coefficient.IsZero)
            return "1";
        int magnitude = Magnitude + 500;
        return coefficient.Sign > 0
            ? string.Format(CultureInfo.InvariantCulture, "2{0:D3}{1}", magnitude, Digits)
            : string.Format(CultureInfo.InvariantCulture, "0{0:D3}{1}~", 999 - magnitude, string.Concat(Digits.Select(digit => (char)('9' - digit + '0'))));
    }

    /// <summary>The number in full, without an exponent.</summary>
    public override string ToString()
    {
        string digits = Digits;
        string sign = IsNegative ? "-" : "";
        if (exponent >= 0)
            return sign + digits + new string('0', exponent);
        return digits.Length > -exponent
            ? sign + digits.Insert(digits.Length + exponent, ".")
            : sign + "0." + new string('0', -exponent - digits.Length) + digits;
    }

    private static DynamoNumber Checked((string Digits, int Exponent, bool IsNegative) read)
    {
        if (read.Digits.Length == 0)
            return new(BigInteger.Zero, 0);

        int magnitude = read.Exponent + read.Digits.Length - 1;
        if (magnitude > HighestMagnitude)
            throw Overflow();
        if (magnitude < LowestMagnitude)
            throw Underflow();
        if (read.Digits.Length > MostDigits)
            throw DynamoErrors.Validation("Attempting to store more than 38 significant digits in a Number");
        BigInteger coefficient = BigInteger.Parse(read.Digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return new(read.IsNegative ? -coefficient : coefficient, read.Exponent);
    }

    private static AwsError Overflow() =>
        DynamoErrors.Validation("Number overflow. Attempting to store a number with magnitude larger than supported range");

    private static AwsError Underflow() =>
        DynamoErrors.Validation("Number underflow. Attempting to store a number with magnitude smaller than supported range");

    private static DynamoNumber Made(BigInteger coefficient, int exponent)
    {
        if (coefficient.IsZero)
            return new(BigInteger.Zero, 0);
        while ((coefficient % 10).IsZero)
        {
            coefficient /= 10;
            exponent++;
        }

        return new(coefficient, exponent);
    }

    private static BigInteger Scaled(BigInteger coefficient, int zeros) => coefficient * BigInteger.Pow(10, zeros);

    private DynamoNumber Sum(BigInteger other, int otherExponent)
    {
        int common = Math.Min(exponent, otherExponent);
        DynamoNumber sum = Made(Scaled(coefficient, exponent - common) + Scaled(other, otherExponent - common), common);

        // A sum with too many digits is refused, not rounded; the service calls this too an overflow (ScyllaDB's tests against AWS, test_number.py).
        return sum.coefficient.IsZero ? sum
            : sum.SignificantDigits > MostDigits || sum.Magnitude > HighestMagnitude ? throw Overflow()
            : sum.Magnitude < LowestMagnitude ? throw Underflow()
            : sum;
    }
}
