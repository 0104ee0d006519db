using System.Text.Json;
using EventBridgeOps.Sandbox.DynamoDb.Rejections;
using EventBridgeOps.Sandbox.DynamoDb.Requests;
using EventBridgeOps.Sandbox.DynamoDb.Values;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.DynamoDb.Items;

/// <summary>Gets and writes many items at once, each for itself.</summary>
internal static class BatchOperations
{
    private const int MostGets = 100;
    private const int MostWrites = 25;

    /// <summary>What a BatchGetItem answers at most; the rest stays unprocessed.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html</remarks>
    private const long MostBytes = 16 * 1024 * 1024;

    public static RawDocument Get(Operation operation)
    {
        Capacity capacity = new(operation.Input);
        RawDocument responses = RawDocument.Empty, unprocessed = RawDocument.Empty;
        long bytes = 0;
        int count = 0;
        foreach (KeyValuePair<string, JsonElement> requested in Items(operation))
        {
            RawDocument request = RequestCheck.Object(requested.Value);
            RequestCheck.Known(request, "Keys", "ConsistentRead", "ProjectionExpression", "ExpressionAttributeNames");
            List<JsonElement> keys = RequestCheck.List(RequestCheck.Required(request, "Keys"));
            count += keys.Count;
            if (keys.Count == 0 || count > MostGets)
                throw TooMany("BatchGetItem");

            ItemRead read = new(operation, request.With("TableName", requested.Key));
            List<string> rowKeys = keys.ConvertAll(read.RowKey);
            CheckDistinct(rowKeys);
            List<MapValue> found = [];
            List<JsonElement> left = [];
            for (int index = 0; index < rowKeys.Count; index++)
            {
                if (bytes >= MostBytes)
                {
                    left.Add(keys[index]);
                    continue;
                }

                bytes += read.Table.Find(rowKeys[index]) is { } whole ? ValueSize.OfItem(whole) : 0;
                if (read.Find(rowKeys[index], capacity, request.Flag("ConsistentRead")) is { } item)
                    found.Add(item);
            }

            responses = responses.With(requested.Key, ValueWriter.ToElement(found));
            if (left.Count > 0)
                unprocessed = unprocessed.With(requested.Key, request.With("Keys", Json.Array(left)));
        }

        return capacity.ByTable(RawDocument.Empty.With("Responses", responses).With("UnprocessedKeys", unprocessed));
    }

    public static RawDocument Write(Operation operation)
    {
        Capacity capacity = new(operation.Input);
        List<ItemWrite> writes = [];
        foreach (KeyValuePair<string, JsonElement> requested in Items(operation, "ReturnItemCollectionMetrics"))
        {
            List<JsonElement> requests = RequestCheck.List(requested.Value);
            if (requests.Count == 0 || writes.Count + requests.Count > MostWrites)
                throw TooMany("BatchWriteItem");
            writes.AddRange(requests.Select(request => Write(operation, requested.Key, RequestCheck.Object(request))));
        }

        CheckDistinct(writes.ConvertAll(write => $"{write.Table.Model.Name}/{write.RowKey}"));
        foreach (ItemWrite write in writes)
        {
            ItemOperations.RefuseMetrics(operation.Input, write.Table.Model);
            write.Prepare();
        }

        foreach (ItemWrite write in writes)
        {
            write.Commit(operation);
            capacity.Write(write.Table.Model, write.Old, write.New);
        }

        return capacity.ByTable(RawDocument.Empty.With("UnprocessedItems", RawDocument.Empty));
    }

    private static ItemWrite Write(Operation operation, string table, RawDocument request)
    {
        RequestCheck.Known(request, "PutRequest", "DeleteRequest");
        if (request.Members.Count != 1)
        {
            throw DynamoErrors.Validation(
                "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes");
        }

        RawDocument own = RequestCheck.Object(request.Members[0].Value);
        bool isPut = request.Members[0].Key == "PutRequest";
        RequestCheck.Known(own, isPut ? "Item" : "Key");
        own = own.With("TableName", table);
        return isPut ? ItemWrite.Put(operation, own) : ItemWrite.Delete(operation, own);
    }

    private static IReadOnlyList<KeyValuePair<string, JsonElement>> Items(Operation operation, params string[] more)
    {
        RequestCheck.Known(operation.Input, ["RequestItems", "ReturnConsumedCapacity", .. more]);
        RequestCheck.Constrained(constraints => RequestCheck.ReturnOptions(constraints, operation.Input));
        RawDocument items = RequestCheck.Object(RequestCheck.Required(operation.Input, "RequestItems"));
        return items.Members.Count > 0
            ? items.Members
            : throw DynamoErrors.Validation(
                "1 validation error detected: Value '{}' at 'requestItems' failed to satisfy constraint: Member must have length greater than or equal to 1");
    }

    private static void CheckDistinct(List<string> keys)
    {
        if (keys.Distinct().Count() < keys.Count)
            throw DynamoErrors.Validation("Provided list of item keys contains duplicates");
    }

    private static AwsError TooMany(string operation) => DynamoErrors.Validation($"Too many items requested for the {operation} call");
}
