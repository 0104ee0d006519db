namespace EventBridgeOps.Sandbox.DynamoDb.Values;

/// <summary>Reads the text of a decimal number.</summary>
internal static class DecimalText
{
    /// <summary>An exponent further from zero than this one is out of range for any text that a request can hold.</summary>
    private const int FarExponent = 100_000_000;

    /// <summary>The significant digits of a number, and what power of ten the last of them counts; null if the text is not a number.</summary>
    public static (string Digits, int Exponent, bool IsNegative)? Read(string text)
    {
        int at = 0;
        bool isNegative = text[0] == '-';
        if (text[0] is '-' or '+')
            at++;

        string whole = DigitsAt(text, ref at);
        string fraction = "";
        if (at < text.Length && text[at] == '.')
        {
            at++;
            fraction = DigitsAt(text, ref at);
        }

        if (whole.Length + fraction.Length == 0 || Exponent(text, at) is not { } exponent)
            return null;

        string digits = (whole + fraction).TrimStart('0');
        exponent -= fraction.Length;
        string significant = digits.TrimEnd('0');
        return (significant, exponent + digits.Length - significant.Length, isNegative);
    }

    private static int? Exponent(string text, int at)
    {
        if (at == text.Length)
            return 0;
        if (text[at] is not ('e' or 'E'))
            return null;

        at++;
        bool isNegative = at < text.Length && text[at] == '-';
        if (at < text.Length && text[at] is '-' or '+')
            at++;
        string digits = DigitsAt(text, ref at);
        if (digits.Length == 0 || at < text.Length)
            return null;

        digits = digits.TrimStart('0');
        int exponent = digits.Length == 0 ? 0 : digits.Length > 8 ? FarExponent : int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        return isNegative ? -exponent : exponent;
    }

    private static string DigitsAt(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && text[at] is >= '0' and <= '9')
            at++;
        return text.Substring(start, at - start);
    }
}
