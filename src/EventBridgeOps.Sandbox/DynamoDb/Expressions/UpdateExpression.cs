namespace EventBridgeOps.Sandbox.DynamoDb.Expressions;

internal enum UpdateKind
{
    Set,
    Remove,
    Add,
    Delete,
}

/// <summary>One action of an update: SET path = value, REMOVE path, ADD path value, DELETE path value.</summary>
internal sealed record UpdateAction(UpdateKind Kind, DocumentPath Path, Operand? Operand);

/// <summary>A parsed UpdateExpression.</summary>
internal sealed class UpdateExpression(IReadOnlyList<UpdateAction> actions)
{
    /// <summary>An update without an expression, which changes nothing.</summary>
    public static UpdateExpression None { get; } = new([]);

    public IReadOnlyList<UpdateAction> Actions { get; } = actions;

    public IEnumerable<DocumentPath> Paths => Actions.Select(action => action.Path);
}
