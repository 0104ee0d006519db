using System.Text;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Syntax;

/// <summary>
/// Makes tests of the elements of a field's list. The checks, their order and their words are those of the service's own
/// compiler (aws/event-ruler, <c>JsonRuleCompiler</c>); the hints are ours.
/// </summary>
internal sealed class OperatorCompiler : OperandReader
{
    private const string OneKey = "Only one key allowed in match expression";
    private const string MixedList = "Inside anything but list, either all values are number or string, mixed type is not supported";

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
                throw Fault("Match value must be String, number, true, false, or null", node, "a list may not hold a list");
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
        (string name, PatternNode value) = Key(node, "Match expression name not found", "an operator belongs here, such as {\"prefix\": \"a\"}");
        ValueTest[] tests = name switch
        {
            "exactly" => [new ExactTest(String(value, "exact match pattern must be a string"))],
            "prefix" => [Affix(value, "prefix", "Prefix", Operator.PrefixIgnoreCase, text => new PrefixTest(text))],
            "suffix" => [Affix(value, "suffix", "Suffix", Operator.SuffixIgnoreCase, text => new SuffixTest(text))],
            "numeric" => [new NumericCompiler(_pointer).Compile(value)],
            "anything-but" => [AnythingBut(value)],
            "exists" => Exists(value),
            "cidr" => [Cidr(value)],
            "equals-ignore-case" => [new IgnoreCaseTest(Operator.IgnoreCase, Text(value, "equals-ignore-case match pattern must be a string"))],
            "wildcard" => [Wildcard(value)],
            _ => throw Fault("Unrecognized match type " + name, value, Hints.Operator(name)),
        };
        OnlyKey(node, name is "numeric" or "anything-but" ? TooMany : OneKey);
        return tests;
    }

    private ValueTest Affix(PatternNode value, string name, string title, Operator ignoreCase, Func<byte[], ValueTest> test)
    {
        if (Sound(value).Kind != PatternNodeKind.Object)
        {
            return test(String(value, name + " match pattern must be a string"));
        }

        (string inner, PatternNode text) = Key(value, title + " expression name not found", null);
        if (inner != "equals-ignore-case")
        {
            throw Fault($"Unsupported {name} pattern: {inner}", text, "only {\"equals-ignore-case\": \"...\"} may stand here");
        }

        ValueTest made = new IgnoreCaseTest(ignoreCase, Text(text, "equals-ignore-case match pattern must be a string"));
        OnlyKey(value, OneKey);
        return made;
    }

    private ValueTest[] Exists(PatternNode value) => Sound(value).Kind switch
    {
        PatternNodeKind.True => [ExistsTest.Instance],
        PatternNodeKind.False => [],
        _ => throw Fault("exists match pattern must be either true or false.", value, "write true or false without quotes"),
    };

    private WildcardTest Wildcard(PatternNode value)
    {
        byte[] text = String(value, "wildcard match pattern must be a string");
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
                throw Fault($"Consecutive wildcard characters at pos {position}", node, "one * already stands for any number of characters");
            }

            if (text[i] == '\\' && (++i == text.Length || text[i] is not ((byte)'*' or (byte)'\\')))
            {
                throw Fault($"Invalid escape character at pos {position}", node, "only \\* and \\\\ are escapes in a wildcard (in JSON: \"\\\\*\" and \"\\\\\\\\\")");
            }
        }
    }

    private AddressTest Cidr(PatternNode value)
    {
        string[] parts = Text(value, "prefix match pattern must be a string").Split('/');
        int count = parts.Length;
        while (count > 0 && parts[count - 1].Length == 0)
        {
            count--;
        }

        if (count != 2)
        {
            throw Fault("Malformed CIDR, one '/' required", value, "write it like \"10.0.0.0/24\"");
        }

        if (!int.TryParse(parts[1], System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out int bits))
        {
            throw Fault("Malformed CIDR, mask bits must be an integer", value);
        }

        if (bits < 0)
        {
            throw Fault("Malformed CIDR, mask bits must not be negative", value);
        }

        byte[] host = JsonText.ToUtf8(parts[0]);
        if (!NetworkAddress.LooksLike(host))
        {
            throw Fault("Nonstandard IP address: " + parts[0], value);
        }

        if (!NetworkAddress.TryParse(host, out SortKey address, out bool isV4))
        {
            throw Fault("Invalid IP address: " + parts[0], value);
        }

        if (bits > (isV4 ? 31 : 127))
        {
            throw Fault(isV4 ? "IPv4 mask bits must be < 32" : "IPv6 mask bits must be < 128", value, "for one address write it as a plain string");
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
        const string Kinds = "Value of anything-but must be an array or single string/number value.";
        string? inner = null;
        PatternNode list = Sound(value);
        if (value.Kind == PatternNodeKind.Object)
        {
            (inner, list) = Key(value, "Anything-But expression name not found", null);
            if (inner is not ("equals-ignore-case" or "prefix" or "suffix") && (_older || inner != "wildcard"))
            {
                throw Fault("Unsupported anything-but pattern: " + inner, list, "anything-but takes values, or prefix, suffix, equals-ignore-case or wildcard");
            }
        }

        if (_older && inner is ("prefix" or "suffix") && !Sound(list).IsString)
        {
            throw Fault("prefix/suffix match pattern must be a string", list);
        }

        if (Sound(list).Kind is not (PatternNodeKind.Array or PatternNodeKind.String or PatternNodeKind.Number))
        {
            throw Fault(Kinds, list);
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
            throw Fault(MixedList, list);
        }

        if (inner != null)
        {
            OnlyKey(value, TooMany);
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
            throw Fault("Inside anything but list, start|null|boolean is not supported.", item);
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
                    "equals-ignore-case" => "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
                    "wildcard" => "wildcard match pattern must be a string",
                    _ => "prefix/suffix match pattern must be a string",
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
                    throw Fault("Null prefix/suffix not allowed", item, "every string begins and ends with the empty one");
                }

                byte[] text = JsonText.ToUtf8(item.Text);
                return inner == "prefix" ? new PrefixTest(text) : new SuffixTest(text);
        }
    }
}
