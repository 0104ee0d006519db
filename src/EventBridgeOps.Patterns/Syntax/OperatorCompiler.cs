using System.Text;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Syntax;

/// <summary>
/// Makes tests of the elements of a field's list. The checks, their order and their words (<see cref="ServiceTexts"/>) are
/// those of the service's own compiler (aws/event-ruler, <c>JsonRuleCompiler</c>); the hints are ours.
/// </summary>
internal sealed class OperatorCompiler : OperandReader
{
    private readonly string _pointer;
    private readonly bool _older;

    /// <summary>A compiler for one element.</summary>
    /// <param name="pointer">The JSON pointer of the element.</param>
    /// <param name="older">Whether to read as the service's older compiler, which knows no wildcard and no list in anything-but.</param>
    public OperatorCompiler(string pointer, bool older)
        : base(pointer)
    {
        _pointer = pointer;
        _older = older;
    }

    /// <summary>The tests of one element; none for <c>exists: false</c>.</summary>
    public ValueTest[] Compile(PatternNode node)
    {
        switch (Sound(node).Kind)
        {
            case PatternNodeKind.Object:
                return Expression(node);
            case PatternNodeKind.String:
                return [Plain(node.Text)];
            case PatternNodeKind.Number:
                byte[] digits = Encoding.ASCII.GetBytes(node.Text);
                ValueTest literal = new LiteralTest(digits);
                return NumberKey.TryOf(digits, out SortKey key) ? [new NumberTest(key, key), literal] : [literal];
            case PatternNodeKind.Array:
                throw Fault(ServiceTexts.ListInList(), node, SyntaxTexts.NoListInList());
            default:
                return [new LiteralTest(Encoding.ASCII.GetBytes(node.Text))];
        }
    }

    // A plain string that is an IP address compares as an address.
    private static ValueTest Plain(string text)
    {
        byte[] utf8 = JsonText.ToUtf8(text);
        return NetworkAddress.TryParse(utf8, out SortKey address, out bool isV4)
            ? new AddressTest(address, address, isV4)
            : new ExactTest(utf8);
    }

    private ValueTest[] Expression(PatternNode node)
    {
        (string name, PatternNode value) = Key(node, ServiceTexts.NoOperator(), SyntaxTexts.WriteOperator());
        ValueTest[] tests = name switch
        {
            "exactly" => [new ExactTest(String(value, ServiceTexts.ExactlyNotAString()))],
            "prefix" => [Affix(value, "prefix", "Prefix", Operator.PrefixIgnoreCase, text => new PrefixTest(text))],
            "suffix" => [Affix(value, "suffix", "Suffix", Operator.SuffixIgnoreCase, text => new SuffixTest(text))],
            "numeric" => [new NumericCompiler(_pointer).Compile(value)],
            "anything-but" => [AnythingBut(value)],
            "exists" => Exists(value),
            "cidr" => [Cidr(value)],
            "equals-ignore-case" => [new IgnoreCaseTest(Operator.IgnoreCase, Text(value, ServiceTexts.NotAString("equals-ignore-case")))],
            "wildcard" => [Wildcard(value)],
            _ => throw Fault(ServiceTexts.UnknownOperator(name), value, Hints.Operator(name)),
        };
        OnlyKey(node, name is "numeric" or "anything-but" ? ServiceTexts.NumericTooLong() : ServiceTexts.OneKeyOnly());
        return tests;
    }

    private ValueTest Affix(PatternNode value, string name, string title, Operator ignoreCase, Func<byte[], ValueTest> test)
    {
        if (Sound(value).Kind != PatternNodeKind.Object)
        {
            return test(String(value, ServiceTexts.NotAString(name)));
        }

        (string inner, PatternNode text) = Key(value, ServiceTexts.NoAffixOperator(title), null);
        if (inner != "equals-ignore-case")
        {
            throw Fault(ServiceTexts.UnknownAffixOperator(name, inner), text, SyntaxTexts.IgnoreCaseOnly());
        }

        ValueTest made = new IgnoreCaseTest(ignoreCase, Text(text, ServiceTexts.NotAString("equals-ignore-case")));
        OnlyKey(value, ServiceTexts.OneKeyOnly());
        return made;
    }

    private ValueTest[] Exists(PatternNode value) => Sound(value).Kind switch
    {
        PatternNodeKind.True => [ExistsTest.Instance],
        PatternNodeKind.False => [],
        _ => throw Fault(ServiceTexts.ExistsNotABoolean(), value, SyntaxTexts.BooleanWithoutQuotes()),
    };

    private WildcardTest Wildcard(PatternNode value)
    {
        byte[] text = String(value, ServiceTexts.NotAString("wildcard"));
        CheckWildcard(text, value);
        return new WildcardTest(text);
    }

    private void CheckWildcard(byte[] text, PatternNode node)
    {
        for (int i = 0; i < text.Length; i++)
        {
            // The service counts bytes from the opening quote.
            int position = i + 1;
            if (text[i] == '*' && i + 1 < text.Length && text[i + 1] == '*')
            {
                throw Fault(ServiceTexts.TwoWildcards(position), node, SyntaxTexts.OneWildcard());
            }

            if (text[i] == '\\' && (++i == text.Length || text[i] is not ((byte)'*' or (byte)'\\')))
            {
                throw Fault(ServiceTexts.WildcardEscape(position), node, SyntaxTexts.WildcardEscapes());
            }
        }
    }

    private AddressTest Cidr(PatternNode value)
    {
        string[] parts = Text(value, ServiceTexts.NotAString("prefix")).Split('/');
        int count = parts.Length;
        while (count > 0 && parts[count - 1].Length == 0)
        {
            count--;
        }

        if (count != 2)
        {
            throw Fault(ServiceTexts.CidrWithoutSlash(), value, SyntaxTexts.WriteCidr());
        }

        if (!int.TryParse(parts[1], System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out int bits))
        {
            throw Fault(ServiceTexts.CidrBitsNotANumber(), value);
        }

        if (bits < 0)
        {
            throw Fault(ServiceTexts.CidrBitsNegative(), value);
        }

        byte[] host = JsonText.ToUtf8(parts[0]);
        if (!NetworkAddress.LooksLike(host))
        {
            throw Fault(ServiceTexts.AddressForm(parts[0]), value);
        }

        if (!NetworkAddress.TryParse(host, out SortKey address, out bool isV4))
        {
            throw Fault(ServiceTexts.AddressInvalid(parts[0]), value);
        }

        if (bits > (isV4 ? 31 : 127))
        {
            throw Fault(ServiceTexts.CidrBitsTooMany(isV4), value, SyntaxTexts.WriteAddress());
        }

        int free = (isV4 ? 32 : 128) - bits;
        ulong low = free >= 64 ? ulong.MaxValue : (1UL << free) - 1;
        ulong high = free <= 64 ? 0 : free == 128 ? ulong.MaxValue : (1UL << (free - 64)) - 1;
        return new AddressTest(
            new SortKey(address.High & ~high, address.Low & ~low),
            new SortKey(address.High | high, address.Low | low),
            isV4);
    }

    private AnythingButTest AnythingBut(PatternNode value)
    {
        string? inner = null;
        PatternNode list = Sound(value);
        if (value.Kind == PatternNodeKind.Object)
        {
            (inner, list) = Key(value, ServiceTexts.NoAnythingButOperator(), null);
            if (inner is not ("equals-ignore-case" or "prefix" or "suffix") && (_older || inner != "wildcard"))
            {
                throw Fault(ServiceTexts.UnknownAnythingButOperator(inner), list, SyntaxTexts.AnythingButOperators());
            }
        }

        if (_older && inner is ("prefix" or "suffix") && !Sound(list).IsString)
        {
            throw Fault(ServiceTexts.AffixNotAString(), list);
        }

        if (Sound(list).Kind is not (PatternNodeKind.Array or PatternNodeKind.String or PatternNodeKind.Number))
        {
            throw Fault(ServiceTexts.AnythingButKind(), list);
        }

        List<ValueTest> excluded = [];
        bool isList = list.Kind == PatternNodeKind.Array;
        foreach (PatternNode item in isList ? list.Items : [list])
        {
            excluded.Add(inner == null ? Excluded(item) : Excluded(inner, item));
        }

        if (isList && list.Break != null)
        {
            throw Fault(list.Break.Text, list.Break);
        }

        if (excluded.Count == 0 || excluded.Select(t => t.Op == Operator.Number).Distinct().Count() > 1)
        {
            throw Fault(ServiceTexts.AnythingButMixed(), list);
        }

        if (inner != null)
        {
            OnlyKey(value, ServiceTexts.NumericTooLong());
        }

        return new AnythingButTest(excluded.Distinct().ToArray());
    }

    private ValueTest Excluded(PatternNode item)
    {
        if (Sound(item).IsString)
        {
            return new ExactTest(JsonText.ToUtf8(item.Text));
        }

        if (!item.IsNumber)
        {
            throw Fault(ServiceTexts.AnythingButElement(), item);
        }

        SortKey number = Number(item);
        return new NumberTest(number, number);
    }

    private ValueTest Excluded(string inner, PatternNode item)
    {
        if (!Sound(item).IsString)
        {
            throw Fault(
                inner switch
                {
                    "equals-ignore-case" => ServiceTexts.AnythingButIgnoreCaseElement(),
                    "wildcard" => ServiceTexts.NotAString("wildcard"),
                    _ => ServiceTexts.AffixNotAString(),
                },
                item);
        }

        switch (inner)
        {
            case "equals-ignore-case":
                return new IgnoreCaseTest(Operator.IgnoreCase, item.Text);
            case "wildcard":
                return Wildcard(item);
            default:
                if (item.Text.Length == 0)
                {
                    throw Fault(ServiceTexts.EmptyAffix(), item, SyntaxTexts.AffixIsEmpty());
                }

                byte[] text = JsonText.ToUtf8(item.Text);
                return inner == "prefix" ? new PrefixTest(text) : new SuffixTest(text);
        }
    }
}
