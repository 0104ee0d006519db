using EventBridgeOps.Sandbox.DynamoDb.Values;

namespace EventBridgeOps.Sandbox.DynamoDb.Expressions;

/// <summary>Parses an UpdateExpression, by recursive descent.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html</remarks>
internal sealed class UpdateParser(ExpressionReader reader)
{
    private readonly List<UpdateAction> actions = [];
    private readonly HashSet<UpdateKind> sections = [];

    public static UpdateExpression Parse(string name, string expression, ExpressionScope scope) =>
        ExpressionReader.Read(name, expression, scope, reader => new UpdateParser(reader).Parse());

    private UpdateExpression Parse()
    {
        do
            Section();
        while (reader.Current.Kind != TokenKind.End);
        PathChecks.Distinct(actions.ConvertAll(action => action.Path), reader.Faults);
        return new(actions);
    }

    private void Section()
    {
        if (reader.TryKeyword("SET"))
            Section(UpdateKind.Set, Set);
        else if (reader.TryKeyword("REMOVE"))
            Section(UpdateKind.Remove, () => new(UpdateKind.Remove, reader.Path(), null));
        else if (reader.TryKeyword("ADD"))
            Section(UpdateKind.Add, () => Change(UpdateKind.Add));
        else if (reader.TryKeyword("DELETE"))
            Section(UpdateKind.Delete, () => Change(UpdateKind.Delete));
        else
            throw reader.Unexpected();
    }

    private void Section(UpdateKind kind, Func<UpdateAction> read)
    {
        if (!sections.Add(kind))
            reader.Faults.Add(Fault.RepeatedSection, $"The \"{kind.ToString().ToUpperInvariant()}\" section can only be used once in an update expression;");
        actions.AddRange(reader.Several(read));
    }

    private UpdateAction Set()
    {
        DocumentPath path = reader.Path();
        reader.Expect("=");
        return new(UpdateKind.Set, path, Sum());
    }

    private UpdateAction Change(UpdateKind kind)
    {
        DocumentPath path = reader.Path();
        ValueOperand value = reader.Value();
        if (value.Type is { } type && type is not ("SS" or "NS" or "BS") && !(kind == UpdateKind.Add && type == "N"))
        {
            string name = kind.ToString().ToUpperInvariant();
            reader.Faults.Add(
                Fault.OperandType,
                $"Incorrect operand type for operator or function; operator: {name}, operand type: {ValueText.TypeName(type)}, typeSet: ALLOWED_FOR_{name}_OPERAND");
        }

        return new(kind, path, value);
    }

    private Operand Sum()
    {
        Operand left = Value();
        if (!reader.Current.IsSymbol("+") && !reader.Current.IsSymbol("-"))
            return left;

        string sign = reader.Take().Text;
        Operand right = Value();
        if (left is SumOperand || right is SumOperand) // One sign is all that a SET takes.
            throw reader.Unexpected();
        foreach (Operand operand in new[] { left, right }.Where(operand => operand.Type is not (null or "N")))
            WrongType(sign, operand.Type!);
        return new SumOperand(left, sign == "-", right);
    }

    private Operand Value()
    {
        if (reader.TrySymbol("("))
        {
            Operand inner = reader.Nested(Sum);
            reader.Expect(")");
            return inner;
        }

        if (reader.IsAtFunction)
            return reader.Nested(Function);
        return reader.IsAtPath ? new PathOperand(reader.Path()) : reader.Value();
    }

    private FunctionOperand Function()
    {
        string name = reader.Take().Text;
        reader.Expect("(");
        List<Operand> arguments = reader.Several(Value);
        reader.Expect(")");
        if (arguments.Exists(argument => argument is SumOperand))
            throw reader.Unexpected();
        if (name is not ("if_not_exists" or "list_append"))
        {
            reader.Faults.Add(Fault.UnknownFunction, $"Invalid function name; function: {name}");
            return new(name, arguments, null);
        }

        if (arguments.Count != 2)
        {
            reader.Faults.Add(
                Fault.OperandCount, $"Incorrect number of operands for operator or function; operator or function: {name}, number of operands: {arguments.Count}");
            return new(name, arguments, null);
        }

        if (name == "list_append")
        {
            foreach (Operand argument in arguments.Where(argument => argument.Type is not (null or "L")))
                WrongType(name, argument.Type!);
            return new(name, arguments, "L");
        }

        if (arguments[0] is not PathOperand)
            reader.Faults.Add(Fault.OperandType, $"Operator or function requires a document path; operator or function: {name}");
        return new(name, arguments, null);
    }

    private void WrongType(string name, string type) => reader.Faults.Add(
        Fault.OperandType, $"Incorrect operand type for operator or function; operator or function: {name}, operand type: {type}");
}
