using EventBridgeOps.Sandbox.DynamoDb.Rejections;
using EventBridgeOps.Sandbox.DynamoDb.Values;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.DynamoDb.Expressions;

/// <summary>A condition on one attribute of a key: =, a comparator, BETWEEN or begins_with, and the values that it compares with.</summary>
internal sealed record KeyCondition(string Attribute, string Operator, IReadOnlyList<Value> Values, Condition Condition);

/// <summary>Reads a KeyConditionExpression, which allows less than other conditions.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html; the order of the errors is dynalite's.</remarks>
internal static class KeyConditions
{
    public const string Member = "KeyConditionExpression";

    /// <summary>Reads the conditions, by the attribute of the key.</summary>
    public static IReadOnlyDictionary<string, KeyCondition> Parse(string expression, ExpressionScope scope)
    {
        Dictionary<string, KeyCondition> conditions = new(StringComparer.Ordinal);
        Collect(ConditionParser.Parse(Member, expression, scope).Condition, conditions);
        return conditions.Count <= 2 ? conditions : throw DynamoErrors.Validation("Conditions can be of length 1 or 2 only");
    }

    private static void Collect(Condition condition, Dictionary<string, KeyCondition> conditions)
    {
        if (condition is AllCondition all)
        {
            foreach (Condition part in all.Parts)
                Collect(part, conditions);
            return;
        }

        KeyCondition read = Read(condition);
        if (conditions.ContainsKey(read.Attribute))
            throw DynamoErrors.Validation($"{Member}s must only contain one condition per key");
        conditions[read.Attribute] = read;
    }

    private static KeyCondition Read(Condition condition) => condition switch
    {
        AnyCondition => throw Invalid("OR"),
        NotCondition => throw Invalid("NOT"),
        InCondition => throw Invalid("IN"),
        ComparisonCondition { Comparator: "<>" } => throw Invalid("<>"),
        FunctionCondition { Name: not "begins_with" } function => throw Invalid(function.Name),
        ComparisonCondition comparison => Of(condition, comparison.Comparator, comparison.Left, comparison.Right),
        BetweenCondition { Operand: not PathOperand } => throw NotFirst("BETWEEN"),
        BetweenCondition between => Of(condition, "BETWEEN", between.Operand, between.Low, between.High),
        FunctionCondition { Name: "begins_with" } function when function.Arguments[0] is not PathOperand => throw NotFirst("begins_with"),
        FunctionCondition function => Of(condition, "begins_with", [.. function.Arguments]),
        _ => throw Invalid(condition.GetType().Name),
    };

    private static KeyCondition Of(Condition condition, string name, params Operand[] operands)
    {
        List<PathOperand> paths = operands.OfType<PathOperand>().ToList();
        if (operands.OfType<FunctionOperand>().Any())
            throw DynamoErrors.Validation($"{Member}s cannot contain nested operations");
        if (paths.Count > 1)
            throw DynamoErrors.Validation($"Invalid condition in {Member}: Multiple attribute names used in one condition");
        if (paths.Count == 0)
            throw DynamoErrors.Validation($"Invalid condition in {Member}: No key attribute specified");
        return paths[0].Path.IsNested
            ? throw DynamoErrors.Validation($"{Member}s cannot have conditions on nested attributes")
            : new(paths[0].Path.Attribute, name, operands.OfType<ValueOperand>().Select(operand => operand.Value).ToList(), condition);
    }

    private static AwsError Invalid(string name) => DynamoErrors.Validation($"Invalid operator used in {Member}: {name}");

    private static AwsError NotFirst(string name) =>
        DynamoErrors.Validation($"Invalid condition in {Member}: {name} operator must have the key attribute as its first operand");
}
