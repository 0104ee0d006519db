using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace EventBridgeOps.Schemas.Documents;

/// <summary>A number of JSON, exactly: digits times a power of ten, of any size (https://www.rfc-editor.org/rfc/rfc8259#section-6).</summary>
internal readonly struct JsonNumber : IComparable<JsonNumber>, IEquatable<JsonNumber>
{
    private readonly BigInteger _digits;
    private readonly BigInteger _exponent;

    private JsonNumber(BigInteger digits, BigInteger exponent) => (_digits, _exponent) = (digits, exponent);

    /// <summary>A number.</summary>
    /// <param name="value">A JSON number.</param>
    public static JsonNumber Of(JsonElement value) => Parse(value.GetRawText());

    /// <summary>A count.</summary>
    public static JsonNumber Of(int count) => Parse(count.ToString(CultureInfo.InvariantCulture));

    /// <summary>A JSON number as a decimal; null if a decimal cannot have exactly its value.</summary>
    public static decimal? Decimal(JsonElement value) =>
        value.TryGetDecimal(out decimal number) && Parse(number.ToString(CultureInfo.InvariantCulture)).Equals(Of(value)) ? number : null;

    /// <summary>The digits, without zeros at the end.</summary>
    public BigInteger Digits => _digits;

    /// <summary>The power of ten by which the digits are multiplied.</summary>
    public BigInteger Exponent => _exponent;

    public bool IsInteger => _exponent.Sign >= 0;

    public bool IsMultipleOf(JsonNumber divisor)
    {
        if (_digits.IsZero || divisor._digits.IsZero)
            return _digits.IsZero;
        BigInteger shift = _exponent - divisor._exponent;
        BigInteger size = BigInteger.Abs(divisor._digits);
        if (shift.Sign >= 0)
            return (_digits * BigInteger.ModPow(10, shift, size) % size).IsZero;
        // The divisor has a power of ten too many: the digits do not end with a zero, so they are not a multiple of ten.
        return false;
    }

    public int CompareTo(JsonNumber other)
    {
        if (_digits.Sign != other._digits.Sign || _digits.IsZero)
            return _digits.Sign.CompareTo(other._digits.Sign);
        // Numbers of different length need not be written out, which a few characters can make too long.
        int length = (Length + _exponent).CompareTo(other.Length + other._exponent);
        if (length != 0)
            return length * _digits.Sign;
        BigInteger shift = _exponent - other._exponent;
        return shift.Sign >= 0 ? (_digits * BigInteger.Pow(10, (int)shift)).CompareTo(other._digits) : _digits.CompareTo(other._digits * BigInteger.Pow(10, (int)-shift));
    }

    public bool Equals(JsonNumber other) => _digits == other._digits && _exponent == other._exponent;

    public override bool Equals(object? obj) => obj is JsonNumber other && Equals(other);

    public override int GetHashCode() => _digits.GetHashCode() ^ _exponent.GetHashCode();

    /// <summary>The same text for the same number.</summary>
    public override string ToString() => _digits.ToString(CultureInfo.InvariantCulture) + "e" + _exponent.ToString(CultureInfo.InvariantCulture);

    private int Length => BigInteger.Abs(_digits).ToString(CultureInfo.InvariantCulture).Length;

    private static JsonNumber Parse(string text)
    {
        int end = text.IndexOfAny(['e', 'E']);
        BigInteger exponent = end < 0 ? BigInteger.Zero : BigInteger.Parse(text.Substring(end + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string significand = end < 0 ? text : text.Substring(0, end);
        int point = significand.IndexOf('.');
        if (point >= 0)
        {
            exponent -= significand.Length - point - 1;
            significand = significand.Remove(point, 1);
        }

        string digits = significand.TrimEnd('0');
        exponent += significand.Length - digits.Length;
        return digits.Trim('-').Length == 0 ? default : new JsonNumber(BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), exponent);
    }
}
