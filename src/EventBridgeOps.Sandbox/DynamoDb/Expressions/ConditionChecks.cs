using EventBridgeOps.Sandbox.DynamoDb.Values;

namespace EventBridgeOps.Sandbox.DynamoDb.Expressions;

/// <summary>What the service checks of a condition before it looks at any item.</summary>
internal sealed class ConditionChecks(FaultList faults)
{
    /// <summary>The most choices of IN.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html</remarks>
    private const int MostChoices = 100;

    private static readonly Dictionary<string, int> operands = new()
    {
        ["attribute_exists"] = 1,
        ["attribute_not_exists"] = 1,
        ["attribute_type"] = 2,
        ["begins_with"] = 2,
        ["contains"] = 2,
        ["size"] = 1,
    };

    public void Misused(FunctionOperand function) =>
        faults.Add(Fault.MisusedFunction, $"The function is not allowed to be used this way in an expression; function: {function.Name}");

    public void Comparison(string comparator, Operand one, Operand other)
    {
        Distinct(comparator, one, other);
        if (comparator is not ("=" or "<>"))
            Ordered(comparator, one, other);
    }

    public void Between(Operand operand, Operand low, Operand high)
    {
        Ordered("BETWEEN", operand, low, high);
        if (low is not ValueOperand { Type: not null } least || high is not ValueOperand { Type: not null } most)
            return;

        string bounds = $"lower bound operand: AttributeValue: {{{least.Type}:{ValueText.Of(least.Value)}}}, upper bound operand: AttributeValue: {{{most.Type}:{ValueText.Of(most.Value)}}}";
        if (least.Type != most.Type)
            faults.Add(Fault.OperandType, $"The BETWEEN operator requires same data type for lower and upper bounds; {bounds}");
        else if (Values.Comparison.Order(least.Value, most.Value) > 0)
            faults.Add(Fault.OperandType, $"The BETWEEN operator requires upper bound to be greater than or equal to lower bound; {bounds}");
    }

    public void Choices(List<Operand> choices)
    {
        if (choices.Count > MostChoices)
            Count("IN", choices.Count);
    }

    /// <summary>Checks the arguments of a function.</summary>
    /// <returns>The type of its value; null if the service does not know the function.</returns>
    public string? Function(string name, IReadOnlyList<Operand> arguments)
    {
        if (!operands.TryGetValue(name, out int count))
        {
            faults.Add(Fault.UnknownFunction, $"Invalid function name; function: {name}");
            return null;
        }

        if (arguments.Count != count)
        {
            Count(name, arguments.Count);
            return null;
        }

        if (count == 2)
            Distinct(name, arguments[0], arguments[1]);
        switch (name)
        {
            case "attribute_exists" or "attribute_not_exists" when arguments[0] is not PathOperand:
                faults.Add(Fault.OperandType, $"Operator or function requires a document path; operator or function: {name}");
                break;
            case "attribute_type":
                TypeName(arguments[1]);
                break;
            case "begins_with":
                foreach (Operand argument in arguments.Where(argument => argument.Type is not (null or "S" or "B")))
                    WrongType(name, argument.Type!);
                break;
            case "size" when arguments[0].Type is "N" or "BOOL" or "NULL":
                WrongType(name, arguments[0].Type!);
                break;
        }

        return name == "size" ? "N" : "BOOL";
    }

    private void TypeName(Operand argument)
    {
        if (argument is PathOperand or FunctionOperand)
            WrongType("attribute_type", "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}");
        else if (argument.Type is not (null or "S"))
            WrongType("attribute_type", argument.Type);
        else if (argument is ValueOperand { Type: not null, Value: TextValue { Text: not ("S" or "N" or "B" or "NULL" or "SS" or "BOOL" or "L" or "BS" or "NS" or "M") } text })
            faults.Add(Fault.OperandType, $"Invalid attribute type name found; type: {text.Text}, valid types: {{B,NULL,SS,BOOL,L,BS,N,NS,S,M}}");
    }

    /// <summary>Values of the request that have no order are refused; those of an item are just not in the order.</summary>
    private void Ordered(string comparator, params Operand[] compared)
    {
        foreach (Operand operand in compared.Where(operand => operand.Type is not (null or "S" or "N" or "B")))
            WrongType(comparator, operand.Type!);
    }

    private void Distinct(string name, Operand one, Operand other)
    {
        if (one is PathOperand first && other is PathOperand second && first.Path.IsSame(second.Path))
        {
            faults.Add(
                Fault.SameOperand,
                $"The first operand must be distinct from the remaining operands for this operator or function; operator: {name}, first operand: {first.Path}");
        }
    }

    private void Count(string name, int count) => faults.Add(
        Fault.OperandCount, $"Incorrect number of operands for operator or function; operator or function: {name}, number of operands: {count}");

    private void WrongType(string name, string type) =>
        faults.Add(Fault.OperandType, $"Incorrect operand type for operator or function; operator or function: {name}, operand type: {type}");
}
