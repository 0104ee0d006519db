using System.Text.Json;
using EventBridgeOps.Sandbox.DynamoDb.Rejections;
using EventBridgeOps.Sandbox.DynamoDb.Expressions;
using EventBridgeOps.Sandbox.DynamoDb.Requests;
using EventBridgeOps.Sandbox.DynamoDb.Tables;
using EventBridgeOps.Sandbox.DynamoDb.Values;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.DynamoDb.Items;

/// <summary>What Query and Scan have in common: the index, the filter, what of the items is shown, and where the page starts.</summary>
internal sealed class ReadRequest
{
    /// <summary>The members of both requests.</summary>
    public static readonly IReadOnlyList<string> Members =
    [
        "TableName", "IndexName", "Select", "Limit", "ConsistentRead", "ExclusiveStartKey", "ReturnConsumedCapacity", "ProjectionExpression",
        "FilterExpression", "ExpressionAttributeNames", "ExpressionAttributeValues",
    ];

    private readonly RawDocument input;
    private readonly Projection? projection;

    private ReadRequest(Operation operation, ExpressionScope scope, IReadOnlyDictionary<string, KeyCondition>? keys)
    {
        input = operation.Input;
        IReadOnlyList<DocumentPath> filtered = [], projected = [];
        if (RequestCheck.Text(input, "FilterExpression") is { } filter)
            (Filter, filtered) = ConditionParser.Parse("FilterExpression", filter, scope);
        if (RequestCheck.Text(input, "ProjectionExpression") is { } expression)
            (projection, projected) = Projection.Parse("ProjectionExpression", expression, scope);
        scope.CheckAllUsed();
        Start = input["ExclusiveStartKey"] is { ValueKind: not JsonValueKind.Null } start ? ValueReader.ReadItem(start) : null;
        CheckSelect();

        Table = DynamoTable.Of(operation, input);
        if (RequestCheck.Text(input, "IndexName") is { } name)
            Index = Table.Model.Index(name) ?? throw DynamoErrors.Validation($"The table does not have the specified index: {name}");
        CheckIndex(projected);
        ItemKeys.CheckPaths(Table.Model, [.. filtered, .. projected]);
        if (keys is not null && filtered.FirstOrDefault(path => Key.Names.Contains(path.Attribute)) is { } primary)
        {
            throw DynamoErrors.Validation(
                $"Filter Expression can only contain non-primary key attributes: Primary key attribute: {primary.Attribute}");
        }

        CheckStart();
    }

    public DynamoTable Table { get; }

    public IndexModel? Index { get; }

    public Condition? Filter { get; }

    /// <summary>The key after which the page starts.</summary>
    public MapValue? Start { get; }

    public bool IsConsistent => input.Flag("ConsistentRead");

    public bool OnlyCounts => input.Text("Select") == "COUNT";

    /// <summary>The key by which the items are ordered.</summary>
    public KeySchema Key => Index?.Key ?? Table.Model.Key;

    /// <summary>The attributes of LastEvaluatedKey.</summary>
    public IEnumerable<string> StartNames => Table.Model.Key.Names.Concat(Key.Names).Distinct();

    /// <summary>Reads a request.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="scope">The placeholders.</param>
    /// <param name="keys">The conditions on the key, of a query.</param>
    public static ReadRequest From(Operation operation, ExpressionScope scope, IReadOnlyDictionary<string, KeyCondition>? keys) => new(operation, scope, keys);

    public static void CheckMembers(Operation operation, params string[] own)
    {
        RequestCheck.Known(operation.Input, [.. Members, .. own]);
        RequestCheck.Constrained(constraints =>
        {
            constraints.Number("limit", operation.Input["Limit"], 1, int.MaxValue);
            constraints.OneOf("select", operation.Input["Select"], "SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES");
            RequestCheck.ReturnOptions(constraints, operation.Input);
        });
    }

    /// <summary>What the call shows of an item.</summary>
    public MapValue Shown(MapValue item)
    {
        if (projection is not null)
            return projection.Of(item);
        return Index is null || input.Text("Select") == "ALL_ATTRIBUTES" ? item : Table.Model.Projected(Index, item);
    }

    /// <summary>Where a row is in the order of the table or index.</summary>
    public string Position(string rowKey, MapValue item) => Index is null ? rowKey : $"{RowKeys.Of(Index.Key, item)}/{rowKey}";

    /// <summary>Where the page starts.</summary>
    public string? StartPosition => Start is null ? null : Position(RowKeys.Of(Table.Model.Key, Start), Start);

    private void CheckSelect()
    {
        string? select = input.Text("Select");
        if (projection is not null && select is not (null or "SPECIFIC_ATTRIBUTES"))
            throw DynamoErrors.Validation($"Cannot specify the ProjectionExpression when choosing to get {select}");
        if (projection is null && select == "SPECIFIC_ATTRIBUTES")
            throw DynamoErrors.Validation("Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES");
        if (select == "ALL_PROJECTED_ATTRIBUTES" && input["IndexName"] is null)
            throw DynamoErrors.Validation("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
    }

    private void CheckIndex(IReadOnlyList<DocumentPath> projected)
    {
        if (Index is not { IsGlobal: true })
            return;
        if (IsConsistent)
            throw DynamoErrors.Validation("Consistent reads are not supported on global secondary indexes");
        if (Table.Model.Projected(Index) is not { } has)
            return;

        if (input.Text("Select") == "ALL_ATTRIBUTES")
        {
            throw DynamoErrors.Invalid(
                $"Select type ALL_ATTRIBUTES is not supported for global secondary index {Index.Name} because its projection type is not ALL");
        }

        List<string> missing = projected.Select(path => path.Attribute).Except(has).ToList();
        if (missing.Count > 0)
            throw DynamoErrors.Invalid($"Global secondary index {Index.Name} does not project [{string.Join(", ", missing)}]");
    }

    private void CheckStart()
    {
        if (Start is null)
            return;
        List<string> names = StartNames.ToList();
        if (Start.Members.Count != names.Count || names.Exists(name => Start[name] is null))
            throw DynamoErrors.Validation("The provided starting key is invalid");
        if (names.Exists(name => Start[name]!.Type != Table.Model.Types[name]))
            throw DynamoErrors.Validation("The provided starting key is invalid: The provided key element does not match the schema");
    }
}
