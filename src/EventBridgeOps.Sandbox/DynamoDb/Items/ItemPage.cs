using EventBridgeOps.Sandbox.DynamoDb.Values;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.DynamoDb.Items;

/// <summary>A page of a query or scan: it ends at the limit, or when 1 MB was read. Both count the items before the filter.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html</remarks>
internal static class ItemPage
{
    private const long MostBytes = 1024 * 1024;

    /// <summary>Reads the page.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="request">What is read.</param>
    /// <param name="rows">The rows that it may read, in order, after the one with which the page starts.</param>
    public static RawDocument Read(Operation operation, ReadRequest request, IEnumerable<KeyValuePair<string, MapValue>> rows)
    {
        long limit = Math.Min(operation.Input.Number("Limit") ?? long.MaxValue, operation.Account.PageSize ?? long.MaxValue);
        List<MapValue> shown = [];
        long count = 0, scanned = 0, bytes = 0;
        MapValue? last = null;
        foreach (MapValue item in rows.Select(row => row.Value))
        {
            if (scanned >= limit || bytes >= MostBytes)
                break;
            scanned++;
            MapValue own = request.Index is { IsGlobal: true } index ? request.Table.Model.Projected(index, item) : item;
            bytes += ValueSize.OfItem(own);
            last = item;
            if (request.Filter?.Holds(own) == false)
                continue;
            count++;
            if (!request.OnlyCounts)
                shown.Add(request.Shown(own));
        }

        Capacity capacity = new(operation.Input);
        capacity.Read(request.Table.Model, bytes, request.IsConsistent, request.Index);
        RawDocument answer = request.OnlyCounts ? RawDocument.Empty : RawDocument.Empty.With("Items", ValueWriter.ToElement(shown));
        answer = answer.With("Count", count).With("ScannedCount", scanned);

        // The service does not look whether there is more: a page that is full has a key to go on with.
        if (last is not null && (scanned >= limit || bytes >= MostBytes))
            answer = answer.With("LastEvaluatedKey", ValueWriter.ToElement(last.Only(request.StartNames)));
        return capacity.Single(answer);
    }
}
