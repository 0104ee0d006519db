using System.Text.Json;
using EventBridgeOps.Sandbox.DynamoDb.Rejections;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.DynamoDb.Requests;

/// <summary>Checks the members of a request before anything is done.</summary>
internal static class RequestCheck
{
    private static readonly Dictionary<string, string> legacy = new(StringComparer.Ordinal)
    {
        ["AttributesToGet"] = "ProjectionExpression",
        ["AttributeUpdates"] = "UpdateExpression",
        ["ConditionalOperator"] = "an expression",
        ["Expected"] = "ConditionExpression",
        ["KeyConditions"] = "KeyConditionExpression",
        ["QueryFilter"] = "FilterExpression",
        ["ScanFilter"] = "FilterExpression",
    };

    /// <summary>Refuses what the sandbox would otherwise ignore.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html</remarks>
    public static void Known(RawDocument request, params string[] known)
    {
        foreach (KeyValuePair<string, JsonElement> member in request.Members)
        {
            if (known.Contains(member.Key) || member.Value.ValueKind == JsonValueKind.Null)
                continue;
            throw legacy.TryGetValue(member.Key, out string? instead)
                ? DynamoErrors.Legacy(member.Key, instead)
                : DynamoErrors.NotSupported($"the parameter {member.Key}");
        }
    }

    /// <summary>Runs checks against the service model; all violations are reported at once.</summary>
    public static void Constrained(Action<Constraints> check)
    {
        Constraints constraints = new();
        check(constraints);
        try
        {
            constraints.Check();
        }
        catch (AwsError e)
        {
            throw DynamoErrors.Validation(e.Message);
        }
    }

    public static void ReturnOptions(Constraints constraints, RawDocument request)
    {
        constraints.OneOf("returnValues", request["ReturnValues"], "ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW");
        constraints.OneOf("returnConsumedCapacity", request["ReturnConsumedCapacity"], "INDEXES", "TOTAL", "NONE");
        constraints.OneOf("returnItemCollectionMetrics", request["ReturnItemCollectionMetrics"], "SIZE", "NONE");
        constraints.OneOf("returnValuesOnConditionCheckFailure", request["ReturnValuesOnConditionCheckFailure"], "ALL_OLD", "NONE");
    }

    /// <summary>The text of a member; null if it is not there.</summary>
    public static string? Text(RawDocument request, string member) => request[member] switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw DynamoErrors.Serialization("NUMBER_VALUE cannot be converted to String"),
    };

    /// <summary>A member that must be there.</summary>
    public static JsonElement Required(RawDocument request, string member) => request[member] is { ValueKind: not JsonValueKind.Null } value
        ? value
        : throw DynamoErrors.Validation(
            $"1 validation error detected: Value null at '{char.ToLowerInvariant(member[0])}{member.Substring(1)}' failed to satisfy constraint: Member must not be null");

    /// <summary>An object that is a part of a request.</summary>
    public static RawDocument Object(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? RawDocument.From(element) : throw DynamoErrors.Serialization("Unexpected field type");

    /// <summary>The elements of a list in a request.</summary>
    public static List<JsonElement> List(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().ToList() : throw DynamoErrors.Serialization("Unexpected field type");
}
