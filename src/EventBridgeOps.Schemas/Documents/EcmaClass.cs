using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace EventBridgeOps.Schemas.Documents;

/// <summary>A set of Unicode code points, as ranges in order.</summary>
internal sealed class EcmaClass
{
    private const int Last = 0x10FFFF;
    private static readonly ConcurrentDictionary<string, EcmaClass> s_categories = new(StringComparer.Ordinal);

    private readonly IReadOnlyList<(int First, int Last)> _ranges;

    private EcmaClass(IReadOnlyList<(int First, int Last)> ranges) => _ranges = ranges;

    /// <summary>What <c>.</c> matches: all but the line terminators.</summary>
    public static EcmaClass Dot { get; } = Of(('\n', '\n'), ('\r', '\r'), (0x2028, 0x2029)).Not();

    /// <summary>What <c>[^]</c> matches.</summary>
    public static EcmaClass Any { get; } = Of((0, Last));

    public static EcmaClass Digit { get; } = Of(('0', '9'));

    public static EcmaClass Word { get; } = Of(('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z'));

    /// <summary>White space and line terminators (https://tc39.es/ecma262/#prod-WhiteSpace).</summary>
    public static EcmaClass Space { get; } = Of((9, 13), (' ', ' '), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF));

    /// <summary>The only code point; null if there are others, or none.</summary>
    public int? Single => _ranges.Count == 1 && _ranges[0].First == _ranges[0].Last ? _ranges[0].First : null;

    public static EcmaClass Of(params (int First, int Last)[] ranges) => Of((IEnumerable<(int, int)>)ranges);

    public static EcmaClass Of(IEnumerable<(int First, int Last)> ranges)
    {
        List<(int First, int Last)> merged = [];
        foreach ((int First, int Last) range in ranges.OrderBy(range => range.First))
        {
            if (merged.Count > 0 && range.First <= merged[merged.Count - 1].Last + 1)
                merged[merged.Count - 1] = (merged[merged.Count - 1].First, Math.Max(merged[merged.Count - 1].Last, range.Last));
            else
                merged.Add(range);
        }

        return new EcmaClass(merged);
    }

    /// <summary>The code points of the categories whose short names begin so.</summary>
    /// <param name="name">For example <c>L</c> or <c>Lu</c>.</param>
    public static EcmaClass Category(string name) => s_categories.GetOrAdd(name, _ =>
    {
        List<(int, int)> found = [];
        for (int point = 0; point <= Last; point++)
        {
            if (ShortName(CategoryOf(point)).StartsWith(name, StringComparison.Ordinal))
                found.Add((point, point));
        }

        return Of(found);
    });

    private static UnicodeCategory CategoryOf(int point)
    {
#if NETSTANDARD2_0
        return point < 0x10000 ? CharUnicodeInfo.GetUnicodeCategory((char)point) : CharUnicodeInfo.GetUnicodeCategory(char.ConvertFromUtf32(point), 0);
#else
        return CharUnicodeInfo.GetUnicodeCategory(point);
#endif
    }

    public EcmaClass Not()
    {
        List<(int, int)> others = [];
        int next = 0;
        foreach ((int first, int last) in _ranges)
        {
            if (first > next)
                others.Add((next, first - 1));
            next = last + 1;
        }

        if (next <= Last)
            others.Add((next, Last));
        return new EcmaClass(others);
    }

    public EcmaClass Or(EcmaClass other) => Of(_ranges.Concat(other._ranges));

    /// <summary>The set as a regular expression of .NET, which matches a whole code point.</summary>
    /// <param name="isRepeated">Whether it may match half of one, since what follows cannot begin with the other half.</param>
    public string Write(bool isRepeated)
    {
        StringBuilder small = new();
        foreach ((int first, int last) in Within(0, 0xD7FF).Concat(Within(0xE000, 0xFFFF)))
            Range(small, first, last);
        bool hasAllLarge = Within(0x10000, Last).SequenceEqual([(0x10000, Last)]);
        if (hasAllLarge && isRepeated)
            return "[" + small + @"\uD800-\uDFFF]";
        List<string> alternatives = small.Length == 0 ? [] : ["[" + small + "]"];
        if (hasAllLarge)
            alternatives.Add(@"[\uD800-\uDBFF][\uDC00-\uDFFF]");
        else
            alternatives.AddRange(Large());
        if (alternatives.Count == 0)
            return "(?!)";
        return alternatives.Count == 1 && small.Length > 0 ? alternatives[0] : "(?:" + string.Join("|", alternatives) + ")";
    }

    // Surrogate pairs: the first unit with the range of the second ones.
    private IEnumerable<string> Large()
    {
        foreach ((int first, int last) in Within(0x10000, Last))
        {
            for (int from = first; from <= last;)
            {
                (int high, int low) = (High(from), Low(from));
                // As many whole blocks of second units as there are, or what is left of one.
                int whole = low == 0xDC00 ? (last + 1 - from) / 0x400 : 0;
                int to = whole > 0 ? from + (whole * 0x400) - 1 : Math.Min(last, from + (0xDFFF - low));
                StringBuilder pair = new("[");
                Range(pair, high, High(to));
                pair.Append("][");
                Range(pair, low, Low(to));
                yield return pair.Append(']').ToString();
                from = to + 1;
            }
        }
    }

    private static int High(int point) => 0xD800 + ((point - 0x10000) >> 10);

    private static int Low(int point) => 0xDC00 + ((point - 0x10000) & 0x3FF);

    private IEnumerable<(int First, int Last)> Within(int least, int most) =>
        _ranges.Where(range => range.First <= most && range.Last >= least).Select(range => (Math.Max(range.First, least), Math.Min(range.Last, most)));

    private static void Range(StringBuilder text, int first, int last)
    {
        text.Append(@"\u").Append(first.ToString("X4", CultureInfo.InvariantCulture));
        if (last > first)
            text.Append(@"-\u").Append(last.ToString("X4", CultureInfo.InvariantCulture));
    }

    private static string ShortName(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => "Lu",
        UnicodeCategory.LowercaseLetter => "Ll",
        UnicodeCategory.TitlecaseLetter => "Lt",
        UnicodeCategory.ModifierLetter => "Lm",
        UnicodeCategory.OtherLetter => "Lo",
        UnicodeCategory.NonSpacingMark => "Mn",
        UnicodeCategory.SpacingCombiningMark => "Mc",
        UnicodeCategory.EnclosingMark => "Me",
        UnicodeCategory.DecimalDigitNumber => "Nd",
        UnicodeCategory.LetterNumber => "Nl",
        UnicodeCategory.OtherNumber => "No",
        UnicodeCategory.SpaceSeparator => "Zs",
        UnicodeCategory.LineSeparator => "Zl",
        UnicodeCategory.ParagraphSeparator => "Zp",
        UnicodeCategory.Control => "Cc",
        UnicodeCategory.Format => "Cf",
        UnicodeCategory.Surrogate => "Cs",
        UnicodeCategory.PrivateUse => "Co",
        UnicodeCategory.ConnectorPunctuation => "Pc",
        UnicodeCategory.DashPunctuation => "Pd",
        UnicodeCategory.OpenPunctuation => "Ps",
        UnicodeCategory.ClosePunctuation => "Pe",
        UnicodeCategory.InitialQuotePunctuation => "Pi",
        UnicodeCategory.FinalQuotePunctuation => "Pf",
        UnicodeCategory.OtherPunctuation => "Po",
        UnicodeCategory.MathSymbol => "Sm",
        UnicodeCategory.CurrencySymbol => "Sc",
        UnicodeCategory.ModifierSymbol => "Sk",
        UnicodeCategory.OtherSymbol => "So",
        _ => "Cn",
    };
}
