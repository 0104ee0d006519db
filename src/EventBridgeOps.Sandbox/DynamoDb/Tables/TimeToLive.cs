using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Sandbox.DynamoDb.Rejections;
using EventBridgeOps.Sandbox.DynamoDb.Requests;
using EventBridgeOps.Sandbox.DynamoDb.Values;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.DynamoDb.Tables;

/// <summary>
/// The expiry of items. AWS deletes an expired item within a few days, and reads show it until then; the sandbox deletes at the next full
/// hour of its clock, so that a program which does not filter expired items can be seen to fail.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html</remarks>
internal sealed class TimeToLive : IDueHandler
{
    private const string TableName = "dynamoExpiry";

    /// <summary>What expired longer ago is never deleted.</summary>
    private const long LongestAgo = 5L * 365 * 24 * 3600;

    private const long Hour = 3600;

    public string Kind => "dynamoExpiry";

    public static RawDocument Update(Operation operation)
    {
        RequestCheck.Known(operation.Input, "TableName", "TimeToLiveSpecification");
        RawDocument specification = RequestCheck.Object(RequestCheck.Required(operation.Input, "TimeToLiveSpecification"));
        if (specification["Enabled"] is not { ValueKind: JsonValueKind.True or JsonValueKind.False })
            throw DynamoErrors.Validation("1 validation error detected: Value null at 'timeToLiveSpecification.enabled' failed to satisfy constraint: Member must not be null");
        RequestCheck.Constrained(constraints => constraints.Text("timeToLiveSpecification.attributeName", specification["AttributeName"], required: true, 1, 255));

        DynamoTable table = DynamoTable.Of(operation, operation.Input);
        string attribute = specification.Text("AttributeName")!;
        string? current = Attribute(operation.State, table);
        bool enable = specification.Flag("Enabled");
        if (enable == (current is not null))
            throw DynamoErrors.Validation($"TimeToLive is already {(enable ? "enabled" : "disabled")}");
        if (current is not null && current != attribute)
            throw DynamoErrors.Validation($"TimeToLive is active on a different AttributeName: current AttributeName is {current}");

        if (enable)
        {
            operation.State[TableName][table.Model.Name] = RawDocument.Empty.With("attribute", attribute);
            PlanNext(operation, table);
        }
        else
        {
            Forget(operation.State, table.Model.Name);
        }

        return RawDocument.Empty.With("TimeToLiveSpecification", specification);
    }

    public static RawDocument Describe(Operation operation)
    {
        RequestCheck.Known(operation.Input, "TableName");
        string? attribute = Attribute(operation.State, DynamoTable.Of(operation, operation.Input));
        return RawDocument.Empty.With(
            "TimeToLiveDescription",
            RawDocument.Empty.With("TimeToLiveStatus", attribute is null ? "DISABLED" : "ENABLED").With("AttributeName", attribute));
    }

    public static void Forget(Region state, string table) => state[TableName].Remove(table);

    /// <summary>Plans the deletion of an item that was written.</summary>
    public static void Plan(Operation operation, DynamoTable table, MapValue item)
    {
        if (Attribute(operation.State, table) is { } attribute && Expiry(item, attribute) is { } expiry)
            Plan(operation, table, expiry);
    }

    public void Run(Operation operation, RawDocument work)
    {
        if (DynamoTable.Named(operation, work.Text("table")!) is not { } table || Attribute(operation.State, table) is not { } attribute)
            return;

        long now = operation.Now.ToUnixTimeSeconds();
        foreach (KeyValuePair<string, MapValue> row in table.Rows.ToList())
        {
            if (Expiry(row.Value, attribute) is { } expiry && expiry <= now && expiry > now - LongestAgo)
                table.Write(row.Key, null);
        }

        PlanNext(operation, table);
    }

    private static string? Attribute(Region state, DynamoTable table) => state[TableName].Find(table.Model.Name)?.Text("attribute");

    /// <summary>When an item expires, in seconds since 1970; null for never: the attribute is missing, or not a number of such seconds.</summary>
    private static long? Expiry(MapValue item, string attribute) =>
        item[attribute] is NumberValue value
        && decimal.TryParse(value.Number.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal seconds)
        && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds() - Hour
            ? (long)decimal.Ceiling(seconds)
            : null;

    private static void PlanNext(Operation operation, DynamoTable table)
    {
        string attribute = Attribute(operation.State, table)!;
        operation.State[TableName][table.Model.Name] = RawDocument.Empty.With("attribute", attribute);
        long now = operation.Now.ToUnixTimeSeconds();
        long? next = table.Rows.Select(row => Expiry(row.Value, attribute)).Where(expiry => expiry > now - LongestAgo).Min();
        if (next is { } expiry)
            Plan(operation, table, expiry);
    }

    /// <summary>Plans a sweep at the full hour after an expiry, unless there is one by then, which will plan the next itself.</summary>
    private static void Plan(Operation operation, DynamoTable table, long expiry)
    {
        long now = operation.Now.ToUnixTimeSeconds();
        if (expiry <= now - LongestAgo)
            return;

        long sweep = (Math.Max(expiry, now) / Hour * Hour) + Hour;
        RawDocument row = operation.State[TableName][table.Model.Name];
        if (row.Number("sweep") is { } planned && planned <= sweep && planned > now)
            return;
        operation.State[TableName][table.Model.Name] = row.With("sweep", sweep);
        DueWork.Plan(operation, DateTimeOffset.FromUnixTimeSeconds(sweep), "dynamoExpiry", RawDocument.Empty.With("table", table.Model.Name));
    }
}
