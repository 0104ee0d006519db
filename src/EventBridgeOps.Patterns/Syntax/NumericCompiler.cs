using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Syntax;

/// <summary>Makes a test of what <c>numeric</c> takes: a comparison, or a range.</summary>
/// <param name="pointer">The JSON pointer of the element.</param>
internal sealed class NumericCompiler(string pointer) : OperandReader(pointer)
{
    public NumberTest Compile(PatternNode value)
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
}
