using EventBridgeOps.Sandbox.DynamoDb.Rejections;
using EventBridgeOps.Sandbox.DynamoDb.Expressions;
using EventBridgeOps.Sandbox.DynamoDb.Requests;
using EventBridgeOps.Sandbox.DynamoDb.Tables;
using EventBridgeOps.Sandbox.DynamoDb.Values;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.DynamoDb.Items;

/// <summary>Reads one partition of a table or index, by range key.</summary>
internal static class QueryOperation
{
    public static RawDocument Query(Operation operation)
    {
        ReadRequest.CheckMembers(operation, KeyConditions.Member, "ScanIndexForward");
        ExpressionScope scope = new(operation.Input, "ProjectionExpression", "FilterExpression", KeyConditions.Member);
        string expression = RequestCheck.Text(operation.Input, KeyConditions.Member)
            ?? throw DynamoErrors.Validation("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        IReadOnlyDictionary<string, KeyCondition> conditions = KeyConditions.Parse(expression, scope);
        ReadRequest request = ReadRequest.From(operation, scope, conditions);
        CheckConditions(request, conditions);
        Value hash = conditions[request.Key.Hash].Values[0];
        CheckStart(request, conditions, hash);

        bool isForward = operation.Input["ScanIndexForward"] is not { ValueKind: System.Text.Json.JsonValueKind.False };
        IEnumerable<KeyValuePair<string, MapValue>> rows = Rows(request, hash).Where(row => conditions.Values.All(condition => condition.Condition.Holds(row.Value)));
        if (!isForward)
            rows = rows.Reverse();
        if (request.StartPosition is { } start)
            rows = rows.SkipWhile(row => Math.Sign(string.CompareOrdinal(request.Position(row.Key, row.Value), start)) != (isForward ? 1 : -1));
        return ItemPage.Read(operation, request, rows);
    }

    /// <summary>The rows with a hash key, in the order of the table or index.</summary>
    private static IEnumerable<KeyValuePair<string, MapValue>> Rows(ReadRequest request, Value hash)
    {
        if (request.Index is not { } index)
            return request.Table.Partition(hash);
        IEnumerable<KeyValuePair<string, MapValue>> rows = index.IsGlobal ? request.Table.Rows : request.Table.Partition(hash);
        return rows.Where(row => request.Table.Model.IsIn(index, row.Value) && Comparison.AreEqual(row.Value[index.Key.Hash]!, hash))
            .OrderBy(row => request.Position(row.Key, row.Value), StringComparer.Ordinal);
    }

    private static void CheckConditions(ReadRequest request, IReadOnlyDictionary<string, KeyCondition> conditions)
    {
        KeySchema key = request.Key;
        if (key.Range is null && conditions.Count > 1)
            throw DynamoErrors.Validation("Query key condition not supported");
        if (!conditions.ContainsKey(key.Hash))
            throw DynamoErrors.Validation($"Query condition missed key schema element: {key.Hash}");
        if (conditions.Count > 1 && !conditions.ContainsKey(key.Range!))
            throw DynamoErrors.Validation($"Query condition missed key schema element: {key.Range}");
        foreach (KeyCondition condition in conditions.Values)
        {
            string type = request.Table.Model.Types[condition.Attribute];
            if (condition.Values.Any(value => value.Type != type))
                throw DynamoErrors.Invalid("Condition parameter type does not match schema type");
            if (condition.Values.Any(value => value is TextValue { Text.Length: 0 } or BinaryValue { Bytes.Length: 0 }))
            {
                throw DynamoErrors.Validation(
                    $"One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty {(type == "S" ? "string" : "binary")} value. Key: {condition.Attribute}");
            }
        }

        if (conditions[key.Hash].Operator != "=")
            throw DynamoErrors.Validation("Query key condition not supported");
    }

    private static void CheckStart(ReadRequest request, IReadOnlyDictionary<string, KeyCondition> conditions, Value hash)
    {
        if (request.Start is not { } start)
            return;
        if (request.Key.Range is { } range && conditions.TryGetValue(range, out KeyCondition? condition) && !condition.Condition.Holds(start))
            throw DynamoErrors.Validation("The provided starting key does not match the range key predicate");
        if (!Comparison.AreEqual(start[request.Key.Hash]!, hash))
            throw DynamoErrors.Validation("The provided starting key is outside query boundaries based on provided conditions");
    }
}
