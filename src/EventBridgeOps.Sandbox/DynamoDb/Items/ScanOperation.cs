using EventBridgeOps.Sandbox.DynamoDb.Rejections;
using EventBridgeOps.Sandbox.DynamoDb.Expressions;
using EventBridgeOps.Sandbox.DynamoDb.Requests;
using EventBridgeOps.Sandbox.DynamoDb.Tables;
using EventBridgeOps.Sandbox.DynamoDb.Values;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.DynamoDb.Items;

/// <summary>Reads a whole table or index, or a segment of it.</summary>
internal static class ScanOperation
{
    public static RawDocument Scan(Operation operation)
    {
        ReadRequest.CheckMembers(operation, "Segment", "TotalSegments");
        RequestCheck.Constrained(constraints =>
        {
            constraints.Number("segment", operation.Input["Segment"], 0, 999_999);
            constraints.Number("totalSegments", operation.Input["TotalSegments"], 1, 1_000_000);
        });
        (long? segment, long? segments) = (operation.Input.Number("Segment"), operation.Input.Number("TotalSegments"));
        CheckSegment(segment, segments);
        ExpressionScope scope = new(operation.Input, "ProjectionExpression", "FilterExpression");
        ReadRequest request = ReadRequest.From(operation, scope, null);

        IEnumerable<(string Position, KeyValuePair<string, MapValue> Row)> rows = request.Index is { } index
            ? request.Table.Rows.Where(row => request.Table.Model.IsIn(index, row.Value))
                .Select(row => (Position: request.Position(row.Key, row.Value), row)).OrderBy(row => row.Position, StringComparer.Ordinal)
            : request.Table.Rows.Select(row => (row.Key, row));
        if (segment is { } own && segments is { } all)
            rows = rows.Where(row => RowKeys.IsInSegment(row.Position, own, all));
        if (request.StartPosition is { } start)
            rows = rows.SkipWhile(row => string.CompareOrdinal(row.Position, start) <= 0);
        return ItemPage.Read(operation, request, rows.Select(row => row.Row));
    }

    private static void CheckSegment(long? segment, long? segments)
    {
        if (segment is not null && segments is null)
            throw DynamoErrors.Validation("The TotalSegments parameter is required but was not present in the request when Segment parameter is present");
        if (segments is not null && segment is null)
            throw DynamoErrors.Validation("The Segment parameter is required but was not present in the request when parameter TotalSegments is present");
        if (segment >= segments)
        {
            throw DynamoErrors.Validation(
                $"The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: {segment} is not less than TotalSegments: {segments}");
        }
    }
}
