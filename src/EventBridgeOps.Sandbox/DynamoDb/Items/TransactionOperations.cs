using System.Security.Cryptography;
using System.Text.Json;
using EventBridgeOps.Sandbox.DynamoDb.Rejections;
using EventBridgeOps.Sandbox.DynamoDb.Requests;
using EventBridgeOps.Sandbox.DynamoDb.Values;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.DynamoDb.Items;

/// <summary>Transactions: all or nothing.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html</remarks>
internal static class TransactionOperations
{
    private const int MostItems = 100;
    private const long MostBytes = 4 * 1024 * 1024;

    /// <summary>How long a client request token is remembered.</summary>
    private static readonly TimeSpan tokenLife = TimeSpan.FromMinutes(10);

    private static readonly string[] members =
        ["TableName", "ConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues", "ReturnValuesOnConditionCheckFailure"];

    public static RawDocument Write(Operation operation)
    {
        RawDocument input = operation.Input;
        RequestCheck.Known(input, "TransactItems", "ReturnConsumedCapacity", "ReturnItemCollectionMetrics", "ClientRequestToken");
        RequestCheck.Constrained(constraints =>
        {
            RequestCheck.ReturnOptions(constraints, input);
            constraints.Text("clientRequestToken", input["ClientRequestToken"], shortest: 1, longest: 36);
        });
        List<ItemWrite> writes = Items(input).ConvertAll(item => Read(operation, item));
        if (writes.Select(write => (write.Table.Model.Name, write.RowKey)).Distinct().Count() < writes.Count)
            throw DynamoErrors.Validation("Transaction request cannot include multiple operations on one item");

        Capacity capacity = new(input, factor: 2);
        if (WasDone(operation))
        {
            // A repetition counts as a read of the items.
            foreach (ItemWrite write in writes)
                capacity.Read(write.Table.Model, write.Old is null ? 0 : ValueSize.OfItem(write.Old), isConsistent: true);
            return capacity.ByTable(RawDocument.Empty);
        }

        List<RawDocument> reasons = writes.ConvertAll(Reason);
        if (reasons.Exists(reason => reason.Text("Code") != "None"))
            throw DynamoErrors.TransactionCanceled(reasons);
        if (writes.Sum(write => write.New is null ? 0L : ValueSize.OfItem(write.New)) > MostBytes)
            throw DynamoErrors.Validation("Collection size for transaction write exceeded the maximum allowed size of 4 MB");

        foreach (ItemWrite write in writes)
        {
            ItemOperations.RefuseMetrics(input, write.Table.Model);
            capacity.Write(write.Table.Model, write.Old, write.New);
        }

        writes.ForEach(write => write.Commit(operation));
        Remember(operation);
        return capacity.ByTable(RawDocument.Empty);
    }

    public static RawDocument Get(Operation operation)
    {
        RequestCheck.Known(operation.Input, "TransactItems", "ReturnConsumedCapacity");
        RequestCheck.Constrained(constraints => RequestCheck.ReturnOptions(constraints, operation.Input));
        Capacity capacity = new(operation.Input, factor: 2);
        HashSet<(string, string)> seen = [];
        List<RawDocument> responses = Items(operation.Input).ConvertAll(item =>
        {
            RequestCheck.Known(item, "Get");
            RawDocument get = RequestCheck.Object(RequestCheck.Required(item, "Get"));
            RequestCheck.Known(get, "TableName", "Key", "ProjectionExpression", "ExpressionAttributeNames");
            ItemRead read = new(operation, get);
            string rowKey = read.RowKey(RequestCheck.Required(get, "Key"));
            if (!seen.Add((read.Table.Model.Name, rowKey)))
                throw DynamoErrors.Validation("Transaction request cannot include multiple operations on one item");
            MapValue? found = read.Find(rowKey, capacity, isConsistent: true);
            return found is null ? RawDocument.Empty : RawDocument.Empty.With("Item", ValueWriter.ToElement(found));
        });
        return capacity.ByTable(RawDocument.Empty.With("Responses", responses));
    }

    private static List<RawDocument> Items(RawDocument input)
    {
        List<JsonElement> items = RequestCheck.List(RequestCheck.Required(input, "TransactItems"));
        return items.Count is > 0 and <= MostItems
            ? items.ConvertAll(RequestCheck.Object)
            : throw DynamoErrors.Validation(
                $"1 validation error detected: Value '[{items.Count} items]' at 'transactItems' failed to satisfy constraint: Member must have length {(items.Count == 0 ? "greater than or equal to 1" : "less than or equal to 100")}");
    }

    private static ItemWrite Read(Operation operation, RawDocument item)
    {
        RequestCheck.Known(item, "ConditionCheck", "Put", "Delete", "Update");
        if (item.Members.Count != 1)
            throw DynamoErrors.Validation("TransactItems can only contain one of Check, Put, Update or Delete");

        (string kind, RawDocument request) = (item.Members[0].Key, RequestCheck.Object(item.Members[0].Value));
        RequestCheck.Known(request, kind switch
        {
            "Put" => [.. members, "Item"],
            "Update" => [.. members, "Key", "UpdateExpression"],
            _ => [.. members, "Key"],
        });
        RequestCheck.Constrained(constraints => RequestCheck.ReturnOptions(constraints, request));
        if (kind == "Update")
            RequestCheck.Required(request, "UpdateExpression");
        return kind switch
        {
            "Put" => ItemWrite.Put(operation, request),
            "Update" => ItemWrite.Update(operation, request),
            "Delete" => ItemWrite.Delete(operation, request),
            _ => ItemWrite.Check(operation, request),
        };
    }

    /// <summary>Why an item cancels the transaction; the code None if it does not.</summary>
    private static RawDocument Reason(ItemWrite write)
    {
        if (!write.IsAllowed())
        {
            return RawDocument.Empty.With("Code", "ConditionalCheckFailed").With("Message", "The conditional request failed").With(write.Failed());
        }

        try
        {
            write.Prepare();
            return RawDocument.Empty.With("Code", "None");
        }
        catch (AwsError e) when (DynamoErrors.IsValidation(e))
        {
            return RawDocument.Empty.With("Code", "ValidationError").With("Message", e.Message);
        }
    }

    private static bool WasDone(Operation operation)
    {
        if (operation.Input.Text("ClientRequestToken") is not { } token || operation.State["dynamoTokens"].Find(token) is not { } done || IsOld(operation, done))
            return false;
        return done.Text("digest") == Digest(operation.Input) ? true : throw DynamoErrors.OtherParameters();
    }

    private static void Remember(Operation operation)
    {
        if (operation.Input.Text("ClientRequestToken") is not { } token)
            return;
        Table tokens = operation.State["dynamoTokens"];
        foreach (string old in tokens.Where(row => IsOld(operation, row.Value)).Select(row => row.Key).ToList())
            tokens.Remove(old);
        tokens[token] = RawDocument.Empty.With("at", operation.Now.ToUnixTimeSeconds()).With("digest", Digest(operation.Input));
    }

    private static bool IsOld(Operation operation, RawDocument done) =>
        done.Number("at") is not { } at || at + tokenLife.TotalSeconds < operation.Now.ToUnixTimeSeconds();

    private static string Digest(RawDocument input) => HexDigest.Of(HashAlgorithmName.SHA256, input.Only("TransactItems").ToUtf8());
}
