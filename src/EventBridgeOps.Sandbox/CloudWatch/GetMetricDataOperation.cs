using System.Globalization;
using System.Text;
using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudWatch;

/// <summary>
/// GetMetricData: one statistic each of many metrics. Periods begin at the start time. Where a query has no label, its label is the name
/// of the metric and the statistic; what AWS makes of several metrics with equal names is not documented.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html</remarks>
internal static class GetMetricDataOperation
{
    private const int MostQueries = 500;
    private const int MostPoints = 100_800;

    public static RawDocument Get(Operation operation)
    {
        RawDocument input = operation.Input;
        if (input.Object("LabelOptions") is { Members.Count: > 0 })
            throw MetricErrors.NotSupported(CloudWatchMessages.NoParameter("LabelOptions"));

        Constraints constraints = new();
        IReadOnlyList<JsonElement> items = constraints.List("metricDataQueries", input["MetricDataQueries"], 1, MostQueries);
        constraints.OneOf("scanBy", input["ScanBy"], "TimestampDescending", "TimestampAscending");
        constraints.Number("maxDatapoints", input["MaxDatapoints"], 1, MostPoints);
        List<MetricQuery> queries = [.. items.Select((item, index) => MetricQuery.Read(constraints, item, index + 1))];
        DateTimeOffset? start = MetricTime.Read(input, "StartTime");
        DateTimeOffset? end = MetricTime.Read(input, "EndTime");
        if (start is null || end is null)
            throw MetricErrors.Missing(start is null ? "StartTime" : "EndTime");
        MetricErrors.Check(constraints);

        if (start > end)
            throw MetricErrors.Invalid("The parameter EndTime must be greater than StartTime.");
        if (start == end)
            throw MetricErrors.Invalid("The parameter StartTime must not equal parameter EndTime.");
        if (queries.GroupBy(query => query.Id, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw MetricErrors.Invalid($"The values for parameter Id in MetricDataQueries are not unique: {twice.Key}.");

        operation.State.Settle();
        bool newestFirst = input.Text("ScanBy") != "TimestampAscending";
        long most = Math.Min(input.Number("MaxDatapoints") ?? MostPoints, operation.Account.PageSize ?? MostPoints);
        return Page(
            [.. queries.Where(query => query.IsReturned).Select(query => (query, query.Points(operation, MetricTime.Minute(start.Value), end.Value, newestFirst)))],
            (int)most,
            Token(input.Text("NextToken")));
    }

    private static RawDocument Page(List<(MetricQuery Query, List<(DateTimeOffset Start, double Value)> Points)> all, int most, (int Query, int Point) from)
    {
        List<RawDocument> results = [];
        string? next = null;
        for (int i = from.Query; i < all.Count && next is null; i++)
        {
            (MetricQuery query, List<(DateTimeOffset Start, double Value)> points) = all[i];
            int skipped = i == from.Query ? from.Point : 0;
            List<(DateTimeOffset Start, double Value)> taken = [.. points.Skip(skipped).Take(most)];
            most -= taken.Count;
            bool isCut = skipped + taken.Count < points.Count;
            if (isCut)
                next = Token(i, skipped + taken.Count);
            else if (most == 0 && i + 1 < all.Count)
                next = Token(i + 1, 0);
            results.Add(RawDocument.Empty
                .With("Id", query.Id)
                .With("Label", query.Label)
                .With("Timestamps", Json.Array(taken.Select(point => MetricTime.Write(point.Start))))
                .With("Values", Json.Array(taken.Select(point => Json.Figure(point.Value))))
                .With("StatusCode", isCut ? "PartialData" : "Complete"));
        }

        return RawDocument.Empty.With("MetricDataResults", results).With("NextToken", next).With("Messages", Array.Empty<RawDocument>());
    }

    private static string Token(int query, int point) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Format(CultureInfo.InvariantCulture, "GetMetricData|{0}|{1}", query, point)));

    private static (int Query, int Point) Token(string? token)
    {
        if (token is null)
            return (0, 0);
        try
        {
            string[] parts = Encoding.UTF8.GetString(Convert.FromBase64String(token)).Split('|');
            if (parts.Length == 3 && parts[0] == "GetMetricData" && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int query)
                && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out int point))
            {
                return (query, point);
            }
        }
        catch (FormatException)
        {
            // Not a token of this list.
        }

        throw new InvalidTokenException();
    }
}
