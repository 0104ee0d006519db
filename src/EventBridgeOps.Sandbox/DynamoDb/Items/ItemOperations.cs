using EventBridgeOps.Sandbox.DynamoDb.Rejections;
using EventBridgeOps.Sandbox.DynamoDb.Expressions;
using EventBridgeOps.Sandbox.DynamoDb.Requests;
using EventBridgeOps.Sandbox.DynamoDb.Tables;
using EventBridgeOps.Sandbox.DynamoDb.Values;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.DynamoDb.Items;

/// <summary>Puts, gets, updates and deletes one item.</summary>
internal static class ItemOperations
{
    private static readonly string[] common =
    [
        "TableName", "ReturnValues", "ReturnConsumedCapacity", "ReturnItemCollectionMetrics", "ConditionExpression", "ExpressionAttributeNames",
        "ExpressionAttributeValues", "ReturnValuesOnConditionCheckFailure",
    ];

    public static RawDocument Put(Operation operation)
    {
        CheckMembers(operation, "Item");
        CheckOldOnly(operation);
        return Written(operation, ItemWrite.Put(operation, operation.Input));
    }

    public static RawDocument Delete(Operation operation)
    {
        CheckMembers(operation, "Key");
        CheckOldOnly(operation);
        return Written(operation, ItemWrite.Delete(operation, operation.Input));
    }

    public static RawDocument Update(Operation operation)
    {
        CheckMembers(operation, "Key", "UpdateExpression");
        return Written(operation, ItemWrite.Update(operation, operation.Input));
    }

    public static RawDocument Get(Operation operation)
    {
        RequestCheck.Known(operation.Input, "TableName", "Key", "ConsistentRead", "ReturnConsumedCapacity", "ProjectionExpression", "ExpressionAttributeNames");
        RequestCheck.Constrained(constraints => RequestCheck.ReturnOptions(constraints, operation.Input));
        ItemRead read = new(operation, operation.Input);
        Capacity capacity = new(operation.Input);
        MapValue? item = read.Find(RequestCheck.Required(operation.Input, "Key"), capacity, operation.Input.Flag("ConsistentRead"));
        return capacity.Single(item is null ? RawDocument.Empty : RawDocument.Empty.With("Item", ValueWriter.ToElement(item)));
    }

    /// <summary>Refuses the metrics of item collections, which only tables with local indexes have.</summary>
    public static void RefuseMetrics(RawDocument request, TableModel table)
    {
        if (request.Text("ReturnItemCollectionMetrics") == "SIZE" && table.Indexes.Any(index => !index.IsGlobal))
            throw DynamoErrors.NotSupported("ReturnItemCollectionMetrics for a table with local secondary indexes");
    }

    private static void CheckMembers(Operation operation, params string[] own)
    {
        RequestCheck.Known(operation.Input, [.. common, .. own]);
        RequestCheck.Constrained(constraints => RequestCheck.ReturnOptions(constraints, operation.Input));
    }

    private static void CheckOldOnly(Operation operation)
    {
        if (operation.Input.Text("ReturnValues") is not (null or "NONE" or "ALL_OLD"))
            throw DynamoErrors.Validation("ReturnValues can only be ALL_OLD or NONE");
    }

    private static RawDocument Written(Operation operation, ItemWrite write)
    {
        RefuseMetrics(operation.Input, write.Table.Model);
        if (!write.IsAllowed())
            throw DynamoErrors.ConditionFailed(write.Failed());

        write.Prepare();
        write.Commit(operation);
        Capacity capacity = new(operation.Input);
        capacity.Write(write.Table.Model, write.Old, write.New);
        MapValue? shown = Shown(operation.Input.Text("ReturnValues"), write);
        return capacity.Single(shown is { Members.Count: > 0 } ? RawDocument.Empty.With("Attributes", ValueWriter.ToElement(shown)) : RawDocument.Empty);
    }

    /// <summary>What the answer shows of the item.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html</remarks>
    private static MapValue? Shown(string? returnValues, ItemWrite write) => returnValues switch
    {
        "ALL_OLD" => write.Old,
        "ALL_NEW" => write.New,
        "UPDATED_OLD" when write.Old is not null => new Projection(write.Changed).Of(write.Old),
        "UPDATED_NEW" => new Projection(write.Changed).Of(write.New!),
        _ => null,
    };
}
