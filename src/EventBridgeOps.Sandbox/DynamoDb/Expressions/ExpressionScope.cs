using System.Text.Json;
using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.DynamoDb.Rejections;
using EventBridgeOps.Sandbox.DynamoDb.Values;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.DynamoDb.Expressions;

/// <summary>The placeholders of a request, and which of them its expressions use.</summary>
internal sealed class ExpressionScope
{
    private const string NamesMember = "ExpressionAttributeNames";
    private const string ValuesMember = "ExpressionAttributeValues";

    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Value> values = new(StringComparer.Ordinal);
    private readonly List<string> unusedNames = [];
    private readonly List<string> unusedValues = [];

    /// <summary>Reads the placeholders of a request.</summary>
    /// <param name="request">The request, or the part of it that has expressions.</param>
    /// <param name="expressions">The members that may be expressions.</param>
    public ExpressionScope(RawDocument request, params string[] expressions)
    {
        List<string> withValues = expressions.Where(expression => expression != "ProjectionExpression").ToList();
        if (Map(request, NamesMember) is { } givenNames)
        {
            if (!expressions.Any(expression => request[expression] is not null))
                throw DynamoErrors.Validation($"{NamesMember} can only be specified when using expressions");
            foreach (JsonProperty name in givenNames)
                AddName(name);
        }

        if (Map(request, ValuesMember) is { } givenValues)
        {
            if (!withValues.Exists(expression => request[expression] is not null))
            {
                throw DynamoErrors.Validation(
                    $"{ValuesMember} can only be specified when using expressions: {string.Join(" and ", withValues)} {(withValues.Count > 1 ? "are" : "is")} null");
            }

            foreach (JsonProperty value in givenValues)
                AddValue(value);
        }
    }

    public string? Name(string placeholder)
    {
        unusedNames.Remove(placeholder);
        return names.TryGetValue(placeholder, out string? name) ? name : null;
    }

    public Value? Value(string placeholder)
    {
        unusedValues.Remove(placeholder);
        return values.TryGetValue(placeholder, out Value? value) ? value : null;
    }

    /// <summary>Refuses placeholders that no expression used.</summary>
    public void CheckAllUsed()
    {
        if (unusedNames.Count > 0)
            throw Unused(NamesMember, unusedNames);
        if (unusedValues.Count > 0)
            throw Unused(ValuesMember, unusedValues);
    }

    private static AwsError Unused(string member, List<string> keys) =>
        DynamoErrors.Validation($"Value provided in {member} unused in expressions: keys: {{{string.Join(", ", keys)}}}");

    private static List<JsonProperty>? Map(RawDocument request, string member)
    {
        if (request[member] is not { ValueKind: not JsonValueKind.Null } map)
            return null;
        if (map.ValueKind != JsonValueKind.Object)
            throw DynamoErrors.Serialization("Unexpected field type");
        List<JsonProperty> members = map.EnumerateObject().ToList();
        return members.Count > 0 ? members : throw DynamoErrors.Validation($"{member} must not be empty");
    }

    private static void CheckKey(string member, string key, char first)
    {
        if (!Regex.IsMatch(key, $@"\A{first}[0-9a-zA-Z_]+\z", RegexOptions.CultureInvariant))
            throw DynamoErrors.Validation($"{member} contains invalid key: Syntax error; key: \"{key}\"");
    }

    private void AddName(JsonProperty name)
    {
        CheckKey(NamesMember, name.Name, '#');
        if (name.Value.ValueKind != JsonValueKind.String)
            throw DynamoErrors.Serialization("NUMBER_VALUE cannot be converted to String");
        if (!names.ContainsKey(name.Name))
            unusedNames.Add(name.Name);
        names[name.Name] = name.Value.GetString()!;
    }

    private void AddValue(JsonProperty value)
    {
        CheckKey(ValuesMember, value.Name, ':');
        if (!values.ContainsKey(value.Name))
            unusedValues.Add(value.Name);
        try
        {
            values[value.Name] = ValueReader.Read(value.Value);
        }
        catch (AwsError e) when (DynamoErrors.IsValidation(e))
        {
            throw DynamoErrors.Validation($"{ValuesMember} contains invalid value: {e.Message} for key {value.Name}");
        }
    }
}
