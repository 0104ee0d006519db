namespace EventBridgeOps.Sandbox.DynamoDb.Expressions;

/// <summary>Parses the expressions that are conditions, by recursive descent.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html#Expressions.OperatorsAndFunctions.Syntax</remarks>
internal sealed class ConditionParser
{
    private static readonly string[] keywords = ["AND", "OR", "NOT", "BETWEEN", "IN"];
    private static readonly string[] comparators = ["=", "<>", "<", "<=", ">", ">="];

    private readonly ExpressionReader reader;
    private readonly ConditionChecks checks;
    private readonly List<DocumentPath> paths = [];

    private ConditionParser(ExpressionReader reader)
    {
        this.reader = reader;
        checks = new(reader.Faults);
    }

    /// <summary>Something in brackets or not: a condition, or an operand that may still become a part of one.</summary>
    private sealed record Part(Condition? Condition, Operand? Operand, bool InBrackets);

    /// <summary>Parses an expression.</summary>
    /// <param name="name">The member of the request that it is in.</param>
    /// <param name="expression">Its text.</param>
    /// <param name="scope">The placeholders of the request.</param>
    /// <returns>The condition, and the paths that it looks at.</returns>
    public static (Condition Condition, IReadOnlyList<DocumentPath> Paths) Parse(string name, string expression, ExpressionScope scope) =>
        ExpressionReader.Read(name, expression, scope, reader =>
        {
            ConditionParser parser = new(reader);
            return (parser.AsCondition(parser.Any()), (IReadOnlyList<DocumentPath>)parser.paths);
        });

    private Part Any()
    {
        Part first = All();
        if (!reader.Current.IsKeyword("OR"))
            return first;
        List<Condition> parts = [AsCondition(first)];
        while (reader.TryKeyword("OR"))
            parts.Add(AsCondition(All()));
        return new(new AnyCondition(parts), null, false);
    }

    private Part All()
    {
        Part first = Not();
        if (!reader.Current.IsKeyword("AND"))
            return first;
        List<Condition> parts = [AsCondition(first)];
        while (reader.TryKeyword("AND"))
            parts.Add(AsCondition(Not()));
        return new(new AllCondition(parts), null, false);
    }

    private Part Not() => reader.TryKeyword("NOT") ? new(new NotCondition(AsCondition(reader.Nested(Not))), null, false) : Comparison();

    private Part Comparison()
    {
        Part left = Primary();
        if (Array.Exists(comparators, reader.Current.IsSymbol))
        {
            string comparator = reader.Take().Text;
            Operand one = AsOperand(left), other = AsOperand(Primary());
            checks.Comparison(comparator, one, other);
            return new(new ComparisonCondition(one, comparator, other), null, false);
        }

        if (reader.TryKeyword("BETWEEN"))
        {
            Operand operand = AsOperand(left), low = AsOperand(Primary());
            if (!reader.TryKeyword("AND"))
                throw reader.Unexpected();
            Operand high = AsOperand(Primary());
            checks.Between(operand, low, high);
            return new(new BetweenCondition(operand, low, high), null, false);
        }

        if (reader.TryKeyword("IN"))
        {
            Operand operand = AsOperand(left);
            reader.Expect("(");
            List<Operand> choices = reader.Several(() => AsOperand(Primary()));
            reader.Expect(")");
            checks.Choices(choices);
            return new(new InCondition(operand, choices), null, false);
        }

        return left;
    }

    private Part Primary()
    {
        if (reader.TrySymbol("("))
        {
            Part inner = reader.Nested(Any);
            reader.Expect(")");
            if (inner.InBrackets)
                reader.Faults.Add(Fault.RedundantParentheses, "The expression has redundant parentheses;");
            return inner with { InBrackets = true };
        }

        if (reader.IsAtFunction && !IsKeyword())
            return new(null, reader.Nested(Function), false);
        if (reader.Current.Kind == TokenKind.ValuePlaceholder)
            return new(null, reader.Value(), false);
        if (IsKeyword())
            throw reader.Unexpected();

        DocumentPath path = reader.Path();
        paths.Add(path);
        return new(null, new PathOperand(path), false);
    }

    private FunctionOperand Function()
    {
        string name = reader.Take().Text;
        reader.Expect("(");
        List<Operand> arguments = reader.Several(() => AsOperand(Primary()));
        reader.Expect(")");
        return new(name, arguments, checks.Function(name, arguments));
    }

    private Condition AsCondition(Part part)
    {
        if (part.Condition is { } condition)
            return condition;
        if (part.Operand is not FunctionOperand function)
            throw reader.Unexpected();
        if (function.Name == "size")
            checks.Misused(function);
        return new FunctionCondition(function.Name, function.Arguments);
    }

    private Operand AsOperand(Part part)
    {
        if (part.Operand is not { } operand)
            throw reader.Unexpected();
        if (operand is FunctionOperand { Name: not "size" } function)
            checks.Misused(function);
        return operand;
    }

    private bool IsKeyword() => Array.Exists(keywords, reader.Current.IsKeyword);
}
