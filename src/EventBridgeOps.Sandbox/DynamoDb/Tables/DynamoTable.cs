using System.Runtime.CompilerServices;
using EventBridgeOps.Sandbox.DynamoDb.Rejections;
using EventBridgeOps.Sandbox.DynamoDb.Requests;
using EventBridgeOps.Sandbox.DynamoDb.Values;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.DynamoDb.Tables;

/// <summary>A table in the state: its description, and its items by the keys of their rows.</summary>
internal sealed class DynamoTable(Region state, RawDocument description)
{
    private const string TableOfTables = "dynamoTables";
    private const string NamePattern = "[a-zA-Z0-9_.-]+";

    /// <summary>What was read from a row, which never changes, is read once.</summary>
    private static readonly ConditionalWeakTable<RawDocument, MapValue> items = new();
    private static readonly ConditionalWeakTable<RawDocument, TableModel> models = new();

    public RawDocument Description { get; } = description;

    public TableModel Model { get; } = models.GetValue(description, read => new(read));

    /// <summary>The rows in the order of a scan.</summary>
    public IEnumerable<KeyValuePair<string, MapValue>> Rows => Stored.Select(row => new KeyValuePair<string, MapValue>(row.Key, Read(row.Value)));

    private Table Stored => state["dynamoItems/" + Model.Name];

    public static Table All(Region state) => state[TableOfTables];

    /// <summary>The table that a request names, by its name or its ARN.</summary>
    public static DynamoTable Of(Operation operation, RawDocument request) => Named(operation, NameIn(operation, request))
        ?? throw DynamoErrors.NoTable();

    /// <summary>The table that a request about tables names, for which the service has another message.</summary>
    public static DynamoTable Described(Operation operation)
    {
        string name = NameIn(operation, operation.Input);
        return Named(operation, name) ?? throw DynamoErrors.NoTable(name);
    }

    public static DynamoTable? Named(Operation operation, string name) =>
        All(operation.State).Find(name) is { } description ? new(operation.State, description) : null;

    /// <summary>The name of a table in a request, checked.</summary>
    public static string NameIn(Operation operation, RawDocument request, string member = "TableName")
    {
        string name = RequestCheck.Text(request, member)
            ?? throw DynamoErrors.Validation($"The parameter '{member}' is required but was not present in the request");
        if (name.StartsWith("arn:", StringComparison.Ordinal))
            name = NameOf(operation, name) ?? throw DynamoErrors.NoTable();
        CheckName(name, member);
        return name;
    }

    public static void CheckName(string name, string member)
    {
        if (name.Length is < 3 or > 255)
            throw DynamoErrors.Validation($"{member} must be at least 3 characters long and at most 255 characters long");
        RequestCheck.Constrained(constraints => constraints.Text(
            char.ToLowerInvariant(member[0]) + member.Substring(1), Json.Text(name), pattern: NamePattern));
    }

    /// <summary>The name in the ARN of a table of this account and Region; null for another ARN.</summary>
    public static string? NameOf(Operation operation, string arn)
    {
        string prefix = operation.Arn("dynamodb", "table/");
        return arn.StartsWith(prefix, StringComparison.Ordinal) ? arn.Substring(prefix.Length) : null;
    }

    public MapValue? Find(string rowKey) => Stored.Find(rowKey) is { } row ? Read(row) : null;

    /// <summary>The rows of a partition, by range key.</summary>
    public IEnumerable<KeyValuePair<string, MapValue>> Partition(Value hash)
    {
        string prefix = RowKeys.Partition(hash);
        return Stored.SkipWhile(row => string.CompareOrdinal(row.Key, prefix) < 0)
            .TakeWhile(row => row.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(row => new KeyValuePair<string, MapValue>(row.Key, Read(row.Value)));
    }

    /// <summary>Stores an item, or removes it.</summary>
    public void Write(string rowKey, MapValue? item)
    {
        if (item is not null)
            Stored[rowKey] = RawDocument.Empty.With("item", ValueWriter.ToElement(item));
        else
            Stored.Remove(rowKey);
    }

    /// <summary>Replaces the description.</summary>
    public DynamoTable With(RawDocument changed)
    {
        All(state)[Model.Name] = changed;
        return new(state, changed);
    }

    public void Drop()
    {
        All(state).Remove(Model.Name);
        state.Drop("dynamoItems/" + Model.Name);
    }

    private static MapValue Read(RawDocument row) => items.GetValue(row, stored => ValueReader.ReadItem(stored["item"]!.Value));
}
