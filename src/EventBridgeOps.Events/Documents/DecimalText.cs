using System.Globalization;

namespace EventBridgeOps.Events.Documents;

/// <summary>Compares and normalizes JSON numbers by their exact decimal value, without converting them to double.</summary>
internal static class DecimalText
{
    /// <summary>Whether two JSON numbers have the same value, however each is written.</summary>
    public static bool Same(string left, string right) =>
        string.Equals(left, right, StringComparison.Ordinal) || (Normal(left) is { } a && Normal(right) is { } b && a == b);

    /// <summary>The one notation of all that have this value; a number with an exponent of more than 18 digits is returned unchanged.</summary>
    public static string Canonical(string number) => Normal(number) is { } value
        ? $"{(value.Negative ? "-" : "")}{(value.Digits.Length == 0 ? "0" : value.Digits)}e{value.Exponent.ToString(CultureInfo.InvariantCulture)}"
        : number;

    // Sign, digits without zeros at either end, and the power of ten of the last digit: equal for equal values only.
    private static (bool Negative, string Digits, long Exponent)? Normal(string number)
    {
        bool negative = number[0] == '-';
        int end = number.IndexOfAny(['e', 'E']);
        string mantissa = (end < 0 ? number : number.Substring(0, end)).TrimStart('-');
        long exponent = 0;
        if (end >= 0 && !long.TryParse(number.Substring(end + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            return null; // an exponent of nineteen digits: only the same text is the same number
        int point = mantissa.IndexOf('.');
        if (point >= 0)
        {
            exponent -= mantissa.Length - point - 1;
            mantissa = mantissa.Remove(point, 1);
        }

        string digits = mantissa.TrimStart('0');
        string trimmed = digits.TrimEnd('0');
        return trimmed.Length == 0 ? (false, "", 0) : (negative, trimmed, exponent + digits.Length - trimmed.Length);
    }
}
