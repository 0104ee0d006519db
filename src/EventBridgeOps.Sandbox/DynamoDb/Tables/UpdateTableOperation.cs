using EventBridgeOps.Sandbox.DynamoDb.Rejections;
using EventBridgeOps.Sandbox.DynamoDb.Requests;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.DynamoDb.Tables;

/// <summary>Changes a table: its billing mode and throughput, its global indexes, its protection and its class.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html</remarks>
internal static class UpdateTableOperation
{
    private static readonly string[] changes =
        ["BillingMode", "ProvisionedThroughput", "GlobalSecondaryIndexUpdates", "StreamSpecification", "TableClass", "DeletionProtectionEnabled"];

    public static RawDocument Update(Operation operation)
    {
        RawDocument input = operation.Input;
        RequestCheck.Known(input, ["TableName", "AttributeDefinitions", .. changes]);
        RequestCheck.Constrained(constraints =>
        {
            constraints.OneOf("billingMode", input["BillingMode"], "PROVISIONED", "PAY_PER_REQUEST");
            constraints.OneOf("tableClass", input["TableClass"], "STANDARD", "STANDARD_INFREQUENT_ACCESS");
        });
        if (!changes.Any(change => input[change] is not null))
        {
            throw DynamoErrors.Validation(
                "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
        }

        TableOperations.RefuseStream(input);
        DynamoTable table = DynamoTable.Described(operation);
        RawDocument description = WithThroughput(operation, table.Description, input);
        if (input["DeletionProtectionEnabled"] is not null)
            description = description.With("DeletionProtectionEnabled", input.Flag("DeletionProtectionEnabled"));
        if (input.Text("TableClass") is { } tableClass)
            description = description.With("TableClassSummary", RawDocument.Empty.With("TableClass", tableClass));
        if (input["GlobalSecondaryIndexUpdates"] is { } updates)
            description = WithIndex(operation, table, description, RequestCheck.List(updates).ConvertAll(RequestCheck.Object));
        return RawDocument.Empty.With("TableDescription", TableOperations.WithCounts(table.With(description)).With("TableStatus", "UPDATING"));
    }

    private static RawDocument WithThroughput(Operation operation, RawDocument description, RawDocument input)
    {
        string current = description.Object("BillingModeSummary")?.Text("BillingMode") ?? "PROVISIONED";
        string billing = input.Text("BillingMode") ?? current;
        if (billing != current || input["ProvisionedThroughput"] is not null)
            Throughput.Check(billing, input);
        if (billing != current)
        {
            RawDocument summary = (description.Object("BillingModeSummary") ?? RawDocument.Empty).With("BillingMode", billing);
            description = description.With(
                "BillingModeSummary",
                billing == "PAY_PER_REQUEST" ? summary.With("LastUpdateToPayPerRequestDateTime", Json.Time(operation.Now)) : summary);
        }

        return billing != current || input["ProvisionedThroughput"] is not null
            ? description.With("ProvisionedThroughput", Throughput.Described(input))
            : description;
    }

    private static RawDocument WithIndex(Operation operation, DynamoTable table, RawDocument description, List<RawDocument> updates)
    {
        if (updates.Count > 1)
            throw DynamoErrors.LimitExceeded("Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table");
        if (updates.Count == 0)
            return description;

        List<RawDocument> indexes = description.List("GlobalSecondaryIndexes").Select(RawDocument.From).ToList();
        if (updates[0].Object("Create") is { } created)
            description = WithCreated(operation, table, description, indexes, created);
        else if (updates[0].Object("Delete") is { } deleted)
            Delete(indexes, deleted);
        else if (updates[0]["Update"] is not null)
            throw DynamoErrors.NotSupported("updates of the throughput of an index");
        else
            throw DynamoErrors.Invalid("One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null");
        return indexes.Count > 0 ? description.With("GlobalSecondaryIndexes", indexes) : description.Without("GlobalSecondaryIndexes");
    }

    private static RawDocument WithCreated(
        Operation operation, DynamoTable table, RawDocument description, List<RawDocument> indexes, RawDocument created)
    {
        RawDocument definitions = operation.Input["AttributeDefinitions"] is null ? description : operation.Input;
        List<string> defined = TableChecks.Attributes(definitions);
        HashSet<string> used = [.. table.Model.Key.Names, .. table.Model.Indexes.SelectMany(index => index.Key.Names)];
        HashSet<string> names = [.. table.Model.Indexes.Select(index => index.Name)];
        string billing = description.Object("BillingModeSummary")?.Text("BillingMode") ?? "PROVISIONED";
        TableChecks.Global(RawDocument.Empty.With("BillingMode", billing), created, defined, used, names);
        if (billing == "PROVISIONED")
            Throughput.Check(billing, created);

        // Attributes that are defined already need not be repeated; a new definition may not change their type.
        RawDocument merged = definitions.List("AttributeDefinitions").Select(RawDocument.From).Aggregate(RawDocument.Empty, (all, one) =>
            all.With(one.Text("AttributeName")!, one.ToElement()));
        foreach (KeyValuePair<string, string> type in table.Model.Types)
        {
            if (merged.Object(type.Key)?.Text("AttributeType") is { } other && other != type.Value)
                throw DynamoErrors.Invalid($"Cannot change the type of the attribute {type.Key}");
            merged = merged.With(type.Key, RawDocument.Empty.With("AttributeName", type.Key).With("AttributeType", type.Value));
        }

        indexes.Add(TableOperations.Described(operation, table.Model.Name, created, isGlobal: true));
        return description.With("AttributeDefinitions", merged.Members.Where(one => used.Contains(one.Key)).Select(one => RawDocument.From(one.Value)));
    }

    private static void Delete(List<RawDocument> indexes, RawDocument deleted)
    {
        string? name = deleted.Text("IndexName");
        if (indexes.RemoveAll(index => index.Text("IndexName") == name) == 0)
            throw DynamoErrors.NoIndex(name);
    }
}
