using EventBridgeOps.Sandbox.DynamoDb.Values;

namespace EventBridgeOps.Sandbox.DynamoDb.Expressions;

/// <summary>A condition on an item: a ConditionExpression, a FilterExpression or a KeyConditionExpression.</summary>
internal abstract class Condition
{
    public abstract bool Holds(MapValue item);
}

internal sealed class AllCondition(IReadOnlyList<Condition> parts) : Condition
{
    public IReadOnlyList<Condition> Parts { get; } = parts;

    public override bool Holds(MapValue item) => Parts.All(part => part.Holds(item));
}

internal sealed class AnyCondition(IReadOnlyList<Condition> parts) : Condition
{
    public override bool Holds(MapValue item) => parts.Any(part => part.Holds(item));
}

internal sealed class NotCondition(Condition negated) : Condition
{
    public override bool Holds(MapValue item) => !negated.Holds(item);
}

/// <summary>A comparison. What is not there is equal to nothing, not even to something else that is not there.</summary>
/// <remarks>ScyllaDB's tests against AWS: test_condition_expression.py.</remarks>
internal sealed class ComparisonCondition(Operand left, string comparator, Operand right) : Condition
{
    public Operand Left { get; } = left;

    public string Comparator { get; } = comparator;

    public Operand Right { get; } = right;

    public override bool Holds(MapValue item)
    {
        if (ConditionOperands.Find(Left, item) is not { } one || ConditionOperands.Find(Right, item) is not { } other)
            return Comparator == "<>";
        return Comparator switch
        {
            "=" => Comparison.AreEqual(one, other),
            "<>" => !Comparison.AreEqual(one, other),
            "<" => Comparison.Order(one, other) < 0,
            "<=" => Comparison.Order(one, other) <= 0,
            ">" => Comparison.Order(one, other) > 0,
            _ => Comparison.Order(one, other) >= 0,
        };
    }
}

internal sealed class BetweenCondition(Operand operand, Operand low, Operand high) : Condition
{
    public Operand Operand { get; } = operand;

    public Operand Low { get; } = low;

    public Operand High { get; } = high;

    public override bool Holds(MapValue item) =>
        ConditionOperands.Find(Operand, item) is { } value
        && ConditionOperands.Find(Low, item) is { } least && Comparison.Order(value, least) >= 0
        && ConditionOperands.Find(High, item) is { } most && Comparison.Order(value, most) <= 0;
}

internal sealed class InCondition(Operand operand, IReadOnlyList<Operand> choices) : Condition
{
    public override bool Holds(MapValue item) =>
        ConditionOperands.Find(operand, item) is { } value
        && choices.Any(choice => ConditionOperands.Find(choice, item) is { } chosen && Comparison.AreEqual(value, chosen));
}

/// <summary>A function that is true or false.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html</remarks>
internal sealed class FunctionCondition(string name, IReadOnlyList<Operand> arguments) : Condition
{
    public string Name { get; } = name;

    public IReadOnlyList<Operand> Arguments { get; } = arguments;

    public override bool Holds(MapValue item)
    {
        Value? first = ConditionOperands.Find(Arguments[0], item);
        Value? second = Arguments.Count > 1 ? ConditionOperands.Find(Arguments[1], item) : null;
        return Name switch
        {
            "attribute_exists" => first is not null,
            "attribute_not_exists" => first is null,
            "attribute_type" => first?.Type == ((TextValue)second!).Text,
            "begins_with" => first is not null && second is not null && Comparison.StartsWith(first, second),
            _ => first is not null && second is not null && Comparison.Contains(first, second),
        };
    }
}

/// <summary>The values of operands in a condition.</summary>
internal static class ConditionOperands
{
    /// <summary>The value; null if it is not there.</summary>
    public static Value? Find(Operand operand, MapValue item) => operand switch
    {
        ValueOperand value => value.Value,
        PathOperand path => path.Path.Find(item),
        FunctionOperand size => Find(size.Arguments[0], item) switch
        {
            TextValue text => NumberValue.Of(text.Text.Length),
            BinaryValue binary => NumberValue.Of(binary.Bytes.Length),
            SetValue set => NumberValue.Of(set.Elements.Count),
            ListValue list => NumberValue.Of(list.Elements.Count),
            MapValue map => NumberValue.Of(map.Members.Count),
            _ => null,
        },
        _ => null,
    };
}
