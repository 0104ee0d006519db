using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Syntax;

/// <summary>Makes a test of what <c>numeric</c> takes: a comparison, or a range.</summary>
/// <param name="pointer">The JSON pointer of the element.</param>
internal sealed class NumericCompiler(string pointer) : OperandReader(pointer)
{
    public NumberTest Compile(PatternNode value)
    {
        const string Example = "write it like [\">\", 0, \"<=\", 5]";
        if (Sound(value).Kind != PatternNodeKind.Array)
        {
            throw Fault("Value of numeric must be an array.", value, Example);
        }

        PatternNode first = Item(value, 0);
        if (!first.IsString)
        {
            throw Fault("Invalid member in numeric match: " + first.Token, first, Example);
        }

        string op = first.Text;
        PatternNode bound = Item(value, 1);
        if (op is not ("=" or ">=" or ">" or "<=" or "<"))
        {
            throw Fault("Unrecognized numeric range operator: " + op, first, "use =, <, <=, > or >=");
        }

        if (!bound.IsNumber)
        {
            throw Fault($"Value of {(op == "=" ? "equals" : op)} must be numeric", bound, bound.IsString ? "write the number without quotes" : null);
        }

        PatternNode next = Item(value, 2);
        bool isLast = IsEnd(next);
        if (op is "=" or "<=" or "<")
        {
            if (!isLast)
            {
                throw Fault(TooMany, next, op == "=" ? null : "a range begins with > or >=, then < or <=");
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
            throw Fault("Bad value in numeric range: " + next.Token, next, Example);
        }

        if (next.Text is not ("<" or "<="))
        {
            throw Fault("Bad numeric range operator: " + next.Text, next, "the upper bound of a range is given with < or <=");
        }

        PatternNode top = Item(value, 3);
        if (!top.IsNumber)
        {
            throw Fault($"Value of {next.Text} must be numeric", top);
        }

        PatternNode end = Item(value, 4);
        if (!IsEnd(end))
        {
            throw Fault("Too many terms in numeric range expression", end);
        }

        SortKey low = Number(bound);
        SortKey high = Number(top);
        return low < high
            ? new NumberTest(op == ">" ? low.Next() : low, next.Text == "<" ? high.Previous() : high)
            : throw Fault("Bottom must be less than top", bound);
    }
}
