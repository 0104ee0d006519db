using System.Text.Json;
using EventBridgeOps.Sandbox.DynamoDb.Rejections;
using EventBridgeOps.Sandbox.DynamoDb.Requests;
using EventBridgeOps.Sandbox.DynamoDb.Values;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.DynamoDb.Tables;

/// <summary>Tables. One is created and deleted at once; only the answer to the call itself says CREATING or DELETING.</summary>
internal static class TableOperations
{
    public static RawDocument Create(Operation operation)
    {
        RawDocument input = operation.Input;
        RequestCheck.Known(
            input, "TableName", "AttributeDefinitions", "KeySchema", "BillingMode", "ProvisionedThroughput", "GlobalSecondaryIndexes",
            "LocalSecondaryIndexes", "StreamSpecification", "Tags", "TableClass", "DeletionProtectionEnabled");
        string name = DynamoTable.NameIn(operation, input);
        RequestCheck.Constrained(constraints =>
        {
            constraints.OneOf("billingMode", input["BillingMode"], "PROVISIONED", "PAY_PER_REQUEST");
            constraints.OneOf("tableClass", input["TableClass"], "STANDARD", "STANDARD_INFREQUENT_ACCESS");
        });
        RefuseStream(input);
        string billing = input.Text("BillingMode") ?? "PROVISIONED";
        Throughput.Check(billing, input);
        TableChecks.Definition(input);
        if (billing == "PROVISIONED")
        {
            foreach (JsonElement index in input.List("GlobalSecondaryIndexes"))
                Throughput.Check(billing, RawDocument.From(index));
        }

        if (DynamoTable.Named(operation, name) is not null)
            throw DynamoErrors.TableExists(name);

        RawDocument description = Described(operation, input, name, billing);
        DynamoTable.All(operation.State)[name] = description;
        if (input["Tags"] is not null)
            TagOperations.Add(operation, name, input);
        DynamoTable created = new(operation.State, description);
        return RawDocument.Empty.With("TableDescription", WithCounts(created).With("TableStatus", "CREATING"));
    }

    public static RawDocument Describe(Operation operation)
    {
        RequestCheck.Known(operation.Input, "TableName");
        return RawDocument.Empty.With("Table", WithCounts(DynamoTable.Described(operation)));
    }

    public static RawDocument Delete(Operation operation)
    {
        RequestCheck.Known(operation.Input, "TableName");
        DynamoTable table = DynamoTable.Described(operation);
        if (table.Description.Flag("DeletionProtectionEnabled"))
            throw DynamoErrors.Validation($"Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.");

        RawDocument description = WithCounts(table).With("TableStatus", "DELETING");
        table.Drop();
        operation.State["dynamoTags"].Remove(table.Model.Name);
        TimeToLive.Forget(operation.State, table.Model.Name);
        return RawDocument.Empty.With("TableDescription", description.Without("AttributeDefinitions", "KeySchema", "CreationDateTime"));
    }

    public static RawDocument List(Operation operation)
    {
        RequestCheck.Known(operation.Input, "ExclusiveStartTableName", "Limit");
        RequestCheck.Constrained(constraints => constraints.Number("limit", operation.Input["Limit"], 1, 100));
        int limit = (int)Math.Min(operation.Input.Number("Limit") ?? 100, operation.Account.PageSize ?? 100);
        string after = RequestCheck.Text(operation.Input, "ExclusiveStartTableName") ?? "";
        List<string> names = DynamoTable.All(operation.State).Keys.Where(name => string.CompareOrdinal(name, after) > 0).Take(limit + 1).ToList();
        List<string> page = names.Take(limit).ToList();
        return RawDocument.Empty.With("TableNames", page).With("LastEvaluatedTableName", names.Count > limit ? page[page.Count - 1] : null);
    }

    /// <summary>The description with the number and size of the items, which the service updates every six hours, and the sandbox at once.</summary>
    public static RawDocument WithCounts(DynamoTable table)
    {
        List<MapValue> items = table.Rows.Select(row => row.Value).ToList();
        RawDocument description = table.Description
            .With("ItemCount", items.Count)
            .With("TableSizeBytes", items.Sum(item => (long)ValueSize.OfItem(item)));
        foreach (string member in new[] { "GlobalSecondaryIndexes", "LocalSecondaryIndexes" })
        {
            if (description[member] is null)
                continue;
            description = description.With(member, description.List(member).Select(RawDocument.From).Select(index =>
            {
                IndexModel model = table.Model.Index(index.Text("IndexName")!)!;
                List<MapValue> own = items.FindAll(item => table.Model.IsIn(model, item));
                return index.With("ItemCount", own.Count)
                    .With("IndexSizeBytes", own.Sum(item => (long)ValueSize.OfItem(table.Model.Projected(model, item))));
            }));
        }

        return description;
    }

    /// <summary>An index as descriptions have it.</summary>
    public static RawDocument Described(Operation operation, string table, RawDocument index, bool isGlobal)
    {
        RawDocument described = index.Only("IndexName", "KeySchema", "Projection")
            .With("IndexArn", operation.Arn("dynamodb", $"table/{table}/index/{index.Text("IndexName")}"));
        return isGlobal ? described.With("IndexStatus", "ACTIVE").With("ProvisionedThroughput", Throughput.Described(index)) : described;
    }

    public static void RefuseStream(RawDocument input)
    {
        if (input.Object("StreamSpecification") is { } stream && stream.Flag("StreamEnabled"))
            throw DynamoErrors.NotSupported("streams of DynamoDB");
    }

    private static RawDocument Described(Operation operation, RawDocument input, string name, string billing)
    {
        RawDocument description = input.Only("AttributeDefinitions", "KeySchema")
            .With("TableName", name)
            .With("TableStatus", "ACTIVE")
            .With("CreationDateTime", Json.Time(operation.Now))
            .With("ProvisionedThroughput", Throughput.Described(input))
            .With("TableArn", operation.Arn("dynamodb", "table/" + name))
            .With("TableId", operation.Account.Random.Id())
            .With("DeletionProtectionEnabled", input.Flag("DeletionProtectionEnabled"));
        if (billing == "PAY_PER_REQUEST")
        {
            description = description.With(
                "BillingModeSummary",
                RawDocument.Empty.With("BillingMode", billing).With("LastUpdateToPayPerRequestDateTime", Json.Time(operation.Now)));
        }

        if (input.Text("TableClass") is { } tableClass)
            description = description.With("TableClassSummary", RawDocument.Empty.With("TableClass", tableClass));
        foreach (string member in new[] { "GlobalSecondaryIndexes", "LocalSecondaryIndexes" })
        {
            if (input[member] is { ValueKind: JsonValueKind.Array } indexes)
            {
                description = description.With(member, indexes.EnumerateArray().Select(index =>
                    Described(operation, name, RawDocument.From(index), member == "GlobalSecondaryIndexes")));
            }
        }

        return description;
    }
}
