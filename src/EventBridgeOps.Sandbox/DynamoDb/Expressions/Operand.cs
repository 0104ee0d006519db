using EventBridgeOps.Sandbox.DynamoDb.Values;

namespace EventBridgeOps.Sandbox.DynamoDb.Expressions;

/// <summary>A part of an expression that stands for a value.</summary>
internal abstract class Operand
{
    /// <summary>The type that it has whatever the item is; null if the item decides.</summary>
    public virtual string? Type => null;
}

internal sealed class PathOperand(DocumentPath path) : Operand
{
    public DocumentPath Path { get; } = path;
}

/// <summary>A value of ExpressionAttributeValues; without one, if the placeholder is not defined.</summary>
internal sealed class ValueOperand(Value? value) : Operand
{
    public Value Value => value!;

    public override string? Type => value?.Type;
}

internal sealed class FunctionOperand(string name, IReadOnlyList<Operand> arguments, string? type) : Operand
{
    public string Name { get; } = name;

    public IReadOnlyList<Operand> Arguments { get; } = arguments;

    public override string? Type { get; } = type;
}

/// <summary>A sum or difference, in an update.</summary>
internal sealed class SumOperand(Operand left, bool isMinus, Operand right) : Operand
{
    public Operand Left { get; } = left;

    public bool IsMinus { get; } = isMinus;

    public Operand Right { get; } = right;

    public override string? Type => "N";
}
