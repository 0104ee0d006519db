using EventBridgeOps.Sandbox.DynamoDb.Rejections;
using EventBridgeOps.Sandbox.DynamoDb.Values;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.DynamoDb.Expressions;

/// <summary>The values of operands in an update.</summary>
internal static class UpdateOperands
{
    public static Value Find(Operand operand, MapValue item) => operand switch
    {
        ValueOperand value => value.Value,
        PathOperand path => path.Path.Find(item)
            ?? throw DynamoErrors.Validation("The provided expression refers to an attribute that does not exist in the item"),
        SumOperand sum => Sum(Find(sum.Left, item), sum.IsMinus, Find(sum.Right, item)),
        FunctionOperand { Name: "if_not_exists" } function => ((PathOperand)function.Arguments[0]).Path.Find(item) ?? Find(function.Arguments[1], item),
        FunctionOperand function => Appended(Find(function.Arguments[0], item), Find(function.Arguments[1], item)),
        _ => throw WrongType(),
    };

    public static Value Add(Value? old, Value added) => (old, added) switch
    {
        (null, _) => added,
        (NumberValue, NumberValue) => Sum(old, isMinus: false, added),
        (SetValue set, SetValue more) when set.Type == more.Type => new SetValue(set.Type, [.. set.Elements, .. more.Elements.Where(element => !set.Has(element))]),
        _ => throw WrongType(),
    };

    /// <summary>A set without elements is removed, for there is no empty set.</summary>
    public static Value? Delete(Value? old, Value deleted)
    {
        if (old is null)
            return null;
        if (old is not SetValue set || deleted is not SetValue less || set.Type != less.Type)
            throw WrongType();
        List<Value> left = set.Elements.Where(element => !less.Has(element)).ToList();
        return left.Count > 0 ? new SetValue(set.Type, left) : null;
    }

    private static NumberValue Sum(Value left, bool isMinus, Value right) => (left, right) is (NumberValue one, NumberValue other)
        ? new(isMinus ? one.Number.Minus(other.Number) : one.Number.Plus(other.Number))
        : throw WrongType();

    private static ListValue Appended(Value list, Value more) =>
        (list, more) is (ListValue one, ListValue other) ? new([.. one.Elements, .. other.Elements]) : throw WrongType();

    private static AwsError WrongType() => DynamoErrors.Validation("An operand in the update expression has an incorrect data type");
}
