using System.Globalization;

namespace EventBridgeOps.Schemas.Documents;

/// <summary>What a backslash stands for in a regular expression of ECMA-262: a set of characters.</summary>
internal static class EcmaEscapes
{
    /// <summary>Names of general categories that are not their short ones: https://unicode.org/reports/tr44/#GC_Values_Table.</summary>
    private static readonly Dictionary<string, string> s_categories = new(StringComparer.Ordinal)
    {
        ["Letter"] = "L", ["Uppercase_Letter"] = "Lu", ["Lowercase_Letter"] = "Ll", ["Titlecase_Letter"] = "Lt", ["Modifier_Letter"] = "Lm", ["Other_Letter"] = "Lo",
        ["Mark"] = "M", ["Combining_Mark"] = "M", ["Nonspacing_Mark"] = "Mn", ["Spacing_Mark"] = "Mc", ["Enclosing_Mark"] = "Me",
        ["Number"] = "N", ["Decimal_Number"] = "Nd", ["digit"] = "Nd", ["Letter_Number"] = "Nl", ["Other_Number"] = "No",
        ["Punctuation"] = "P", ["punct"] = "P", ["Connector_Punctuation"] = "Pc", ["Dash_Punctuation"] = "Pd", ["Open_Punctuation"] = "Ps", ["Close_Punctuation"] = "Pe",
        ["Initial_Punctuation"] = "Pi", ["Final_Punctuation"] = "Pf", ["Other_Punctuation"] = "Po",
        ["Symbol"] = "S", ["Math_Symbol"] = "Sm", ["Currency_Symbol"] = "Sc", ["Modifier_Symbol"] = "Sk", ["Other_Symbol"] = "So",
        ["Separator"] = "Z", ["Space_Separator"] = "Zs", ["Line_Separator"] = "Zl", ["Paragraph_Separator"] = "Zp",
        ["Other"] = "C", ["Control"] = "Cc", ["cntrl"] = "Cc", ["Format"] = "Cf", ["Surrogate"] = "Cs", ["Private_Use"] = "Co", ["Unassigned"] = "Cn",
    };

    /// <summary>That a regular expression is not valid.</summary>
    /// <param name="at">Where, from 0.</param>
    public static ArgumentException Fault(int at) => new(SchemaMessages.NotEcma(at + 1).ToString());

    /// <summary>Reads what follows a backslash.</summary>
    /// <param name="pattern">The regular expression.</param>
    /// <param name="at">The place after the backslash; moved on.</param>
    /// <param name="classes">The sets that have a letter.</param>
    /// <exception cref="ArgumentException">It stands for nothing.</exception>
    public static EcmaClass Read(string pattern, ref int at, IReadOnlyDictionary<char, EcmaClass> classes)
    {
        char c = at < pattern.Length ? pattern[at++] : throw Fault(at);
        if (classes.TryGetValue(c, out EcmaClass? members))
            return members;
        int? point = c switch
        {
            't' => 9,
            'n' => 10,
            'v' => 11,
            'f' => 12,
            'r' => 13,
            '0' when at >= pattern.Length || pattern[at] is < '0' or > '9' => 0,
            'x' => Hex(pattern, ref at, 2),
            'u' => Unicode(pattern, ref at),
            'c' when at < pattern.Length && pattern[at] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => pattern[at++] & 31,
            _ when c < 128 && !char.IsLetterOrDigit(c) => c,
            _ => null,
        };
        if (point is { } found)
            return EcmaClass.Of((found, found));
        return c is 'p' or 'P' && Property(pattern, ref at) is { } property ? c == 'p' ? property : property.Not() : throw Fault(at);
    }

    private static int? Unicode(string pattern, ref int at)
    {
        if (at < pattern.Length && pattern[at] == '{')
        {
            int end = pattern.IndexOf('}', at);
            if (end < 0 || !int.TryParse(pattern.Substring(at + 1, end - at - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int point) || point is < 0 or > 0x10FFFF)
                return null;
            at = end + 1;
            return point;
        }

        int? first = Hex(pattern, ref at, 4);
        if (first is not (>= 0xD800 and <= 0xDBFF) || at + 1 >= pattern.Length || pattern[at] != '\\' || pattern[at + 1] != 'u')
            return first;
        int next = at + 2;
        if (Hex(pattern, ref next, 4) is not (>= 0xDC00 and <= 0xDFFF and int second))
            return first;
        at = next;
        return char.ConvertToUtf32((char)first.Value, (char)second);
    }

    private static int? Hex(string pattern, ref int at, int length)
    {
        if (at + length > pattern.Length || !int.TryParse(pattern.Substring(at, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int point))
            return null;
        at += length;
        return point;
    }

    private static EcmaClass? Property(string pattern, ref int at)
    {
        int end = at < pattern.Length && pattern[at] == '{' ? pattern.IndexOf('}', at) : -1;
        if (end < 0)
            return null;
        string name = pattern.Substring(at + 1, end - at - 1);
        at = end + 1;
        string category = name.StartsWith("gc=", StringComparison.Ordinal) ? name.Substring(3) : name.StartsWith("General_Category=", StringComparison.Ordinal) ? name.Substring("General_Category=".Length) : name;
        return category switch
        {
            "Any" when category == name => EcmaClass.Any,
            "ASCII" when category == name => EcmaClass.Of((0, 127)),
            "Assigned" when category == name => EcmaClass.Category("Cn").Not(),
            "LC" or "Cased_Letter" => EcmaClass.Category("Lu").Or(EcmaClass.Category("Ll")).Or(EcmaClass.Category("Lt")),
            _ when s_categories.TryGetValue(category, out string? known) => EcmaClass.Category(known),
            _ when s_categories.ContainsValue(category) => EcmaClass.Category(category),
            _ => null,
        };
    }
}
