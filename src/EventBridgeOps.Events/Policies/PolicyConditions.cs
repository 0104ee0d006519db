using System.Text.Json;

namespace EventBridgeOps.Events.Policies;

/// <summary>The conditions of a statement.</summary>
/// <remarks>
/// Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html and, for keys with several values,
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html.
/// </remarks>
internal static class PolicyConditions
{
    private const string IfExists = "IfExists";
    private const string ForAny = "ForAnyValue:";
    private const string ForAll = "ForAllValues:";

    /// <summary>Whether all conditions hold.</summary>
    public static Match Of(PolicyStatement statement, PolicyContext context)
    {
        if (statement.Find("Condition") is not { } condition)
            return Match.Of(true);
        if (condition.ValueKind != JsonValueKind.Object)
            return Match.Unknown(PolicyMessages.UnreadableCondition());
        return Match.All(condition.EnumerateObject().SelectMany(test => test.Value.ValueKind == JsonValueKind.Object
            ? test.Value.EnumerateObject().Select(key => Holds(statement, test.Name, key.Name, key.Value, context))
            : [Match.Unknown(PolicyMessages.UnreadableCondition())]));
    }

    private static Match Holds(PolicyStatement statement, string test, string key, JsonElement wanted, PolicyContext context)
    {
        bool forAny = test.StartsWith(ForAny, StringComparison.OrdinalIgnoreCase), forAll = test.StartsWith(ForAll, StringComparison.OrdinalIgnoreCase);
        string name = forAny || forAll ? test.Substring(test.IndexOf(':') + 1) : test;
        bool ifExists = name.EndsWith(IfExists, StringComparison.OrdinalIgnoreCase);
        name = ifExists ? name.Substring(0, name.Length - IfExists.Length) : name;

        bool isNull = name.Equals("Null", StringComparison.OrdinalIgnoreCase);
        ConditionOperator? known = ConditionOperator.Find(name);
        if (known is null && !isNull)
            return Match.Unknown(PolicyMessages.UnknownOperator(test));
        if (context.Find(key) is not { } actual)
            return Match.Unknown(PolicyMessages.UnknownKey(key));
        if (isNull)
            return Match.Any(PolicyStatement.Items(wanted).Select(item => IsNull(item, actual.Count == 0)));
        if (actual.Count == 0)
            return Match.Of(ifExists || forAll || (!forAny && known!.IsNegated));
        if (actual.Count > 1 && !forAny && !forAll)
            return Match.Unknown(PolicyMessages.SeveralValues(key));

        List<Match> each = [.. actual.Select(value => Compare(statement, known!, value, wanted, context))];
        return forAny ? Match.Any(each) : Match.All(each);
    }

    private static Match IsNull(JsonElement wanted, bool isAbsent) => wanted.ToString().ToUpperInvariant() switch
    {
        "TRUE" => Match.Of(isAbsent),
        "FALSE" => Match.Of(!isAbsent),
        _ => Match.Unknown(PolicyMessages.UnreadableCondition()),
    };

    /// <summary>Whether a value of the request fits one of the values of the condition, or for an operator that negates none of them.</summary>
    private static Match Compare(PolicyStatement statement, ConditionOperator known, string actual, JsonElement wanted, PolicyContext context)
    {
        Match any = Match.Any(PolicyStatement.Items(wanted).Select(item =>
        {
            if (item.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null)
                return Match.Unknown(PolicyMessages.UnreadableCondition());
            string text = item.ValueKind is JsonValueKind.True or JsonValueKind.False ? item.GetRawText() : item.ToString();
            return PolicyVariables.Fill(statement, text, context) is { } filled ? known.Compare(actual, filled) : Match.Unknown(PolicyMessages.UnknownVariable(text));
        }));
        return known.IsNegated ? any.Not() : any;
    }
}
