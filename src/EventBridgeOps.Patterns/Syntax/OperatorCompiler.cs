using System.Text;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Syntax;

/// <summary>
/// Makes tests of the elements of a field's list. The checks, their order and their words (<see cref="ServiceTexts"/>) are
/// those of the service's own compiler (aws/event-ruler, <c>JsonRuleCompiler</c>); the hints are ours.
/// </summary>
internal readonly struct OperatorCompiler
{
    private readonly string _pointer;
    private readonly bool _older;

    /// <summary>A compiler for one element.</summary>
    /// <param name="pointer">The JSON pointer of the element.</param>
    /// <param name="older">Whether to read as the service's older compiler, which knows no wildcard and no list in anything-but.</param>
    public OperatorCompiler(string pointer, bool older)
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
                return [Text(node.Text)];
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
    private static ValueTest Text(string text)
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
            "numeric" => [Numeric(value)],
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

    private NumberTest Numeric(PatternNode value)
    {
        if (Sound(value).Kind != PatternNodeKind.Array)
        {
            throw Fault(ServiceTexts.NumericNotAnArray(), value, SyntaxTexts.WriteRange());
        }

        PatternNode first = Item(value, 0);
        if (!first.IsString)
        {
            throw Fault(ServiceTexts.NumericMember(first.Token), first, SyntaxTexts.WriteRange());
        }

        string op = first.Text;
        PatternNode bound = Item(value, 1);
        if (op is not ("=" or ">=" or ">" or "<=" or "<"))
        {
            throw Fault(ServiceTexts.NumericOperator(op), first, SyntaxTexts.NumericOperators());
        }

        if (!bound.IsNumber)
        {
            throw Fault(ServiceTexts.NumericBound(op), bound, bound.IsString ? SyntaxTexts.NumberWithoutQuotes() : null);
        }

        PatternNode next = Item(value, 2);
        bool isLast = IsEnd(next);
        if (op is "=" or "<=" or "<")
        {
            if (!isLast)
            {
                throw Fault(ServiceTexts.NumericTooLong(), next, op == "=" ? null : SyntaxTexts.RangeOrder());
            }

            SortKey key = Number(bound);
            return op == "=" ? new NumberTest(key, key) : new NumberTest(SortKey.Min, op == "<" ? key.Previous() : key);
        }

        if (isLast)
        {
            SortKey key = Number(bound);
            return new NumberTest(op == ">" ? key.Next() : key, SortKey.Max);
        }

        if (!next.IsString)
        {
            throw Fault(ServiceTexts.RangeMember(next.Token), next, SyntaxTexts.WriteRange());
        }

        if (next.Text is not ("<" or "<="))
        {
            throw Fault(ServiceTexts.RangeOperator(next.Text), next, SyntaxTexts.RangeTop());
        }

        PatternNode top = Item(value, 3);
        if (!top.IsNumber)
        {
            throw Fault(ServiceTexts.NumericBound(next.Text), top);
        }

        PatternNode end = Item(value, 4);
        if (!IsEnd(end))
        {
            throw Fault(ServiceTexts.RangeTooLong(), end);
        }

        SortKey low = Number(bound);
        SortKey high = Number(top);
        return low < high
            ? new NumberTest(op == ">" ? low.Next() : low, next.Text == "<" ? high.Previous() : high)
            : throw Fault(ServiceTexts.RangeEmpty(), bound);
    }

    // The element at an index; past the last one, the closing bracket as the service's messages show it.
    private PatternNode Item(PatternNode list, int index)
    {
        if (index < list.Items.Count)
        {
            return Sound(list.Items[index]);
        }

        return list.Break == null
            ? new PatternNode(PatternNodeKind.Null, list.End) { Text = "]" }
            : throw Fault(list.Break.Text, list.Break);
    }

    private static bool IsEnd(PatternNode item) => item.Text == "]" && item.Kind == PatternNodeKind.Null;

    private SortKey Number(PatternNode node) => NumberKey.TryOf(Encoding.ASCII.GetBytes(node.Text), out SortKey key)
        ? key
        : throw Fault(ServiceTexts.NumberNotComparable(node.Text), node, SyntaxTexts.ExactDoubleOnly());

    private byte[] String(PatternNode node, string reason) => JsonText.ToUtf8(Text(node, reason));

    private string Text(PatternNode node, string reason) => Sound(node).IsString ? node.Text : throw Fault(reason, node);

    private (string Name, PatternNode Value) Key(PatternNode node, string reason, string? hint)
    {
        if (node.Members.Count == 0)
        {
            throw node.Break == null ? Fault(reason, node, hint) : Fault(node.Break.Text, node.Break);
        }

        return (node.Members[0].Name, node.Members[0].Value);
    }

    private void OnlyKey(PatternNode node, string reason)
    {
        if (node.Members.Count > 1)
        {
            throw new PatternFault(reason, node.Members[1].NameStart, _pointer, hint: SyntaxTexts.OneOperatorEach());
        }

        if (node.Break != null)
        {
            throw Fault(node.Break.Text, node.Break);
        }
    }

    private PatternNode Sound(PatternNode node) => node.Kind == PatternNodeKind.Broken ? throw Fault(node.Text, node) : node;

    private PatternFault Fault(string reason, PatternNode node, string? hint = null) => new(reason, node, _pointer, hint);
}
