namespace EventBridgeOps.Sandbox.DynamoDb.Expressions;

/// <summary>An expression is not valid; the message is the service's, without the name of the expression.</summary>
internal sealed class ExpressionException(string message) : Exception(message)
{
    public static ExpressionException Syntax(string token, string near) => new($"Syntax error; token: \"{token}\", near: \"{near}\"");
}

/// <summary>The kinds of faults in an expression that can be read, in the order in which the service reports them.</summary>
/// <remarks>The order is that of dynalite, which was compared with the service.</remarks>
internal enum Fault
{
    RedundantParentheses,
    UnknownFunction,
    MisusedFunction,
    ReservedWord,
    RepeatedSection,
    UndefinedName,
    UndefinedValue,
    OperandCount,
    SameOperand,
    OverlappingPaths,
    ConflictingPaths,
    OperandType,
}

/// <summary>Collects the faults of an expression, for the service reports them not in the order of the text.</summary>
internal sealed class FaultList
{
    private readonly SortedDictionary<Fault, string> first = [];

    public void Add(Fault fault, string message)
    {
        if (!first.ContainsKey(fault))
            first[fault] = message;
    }

    /// <summary>Reports the first fault, if there is one.</summary>
    /// <exception cref="ExpressionException">There is a fault.</exception>
    public void Check()
    {
        if (first.Count > 0)
            throw new ExpressionException(first.First().Value);
    }
}
