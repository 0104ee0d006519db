using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudWatch;

/// <summary>ListMetrics: the metrics that had data in the last two weeks.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html</remarks>
internal static class ListMetricsOperation
{
    private const int MostOnPage = 500;

    public static RawDocument List(Operation operation)
    {
        RawDocument input = operation.Input;
        if (input.Flag("IncludeLinkedAccounts") || input["OwningAccount"] is not null)
            throw MetricErrors.NotSupported(CloudWatchMessages.NoParameter("IncludeLinkedAccounts"));

        Constraints constraints = new();
        constraints.Text("namespace", input["Namespace"], false, 1, 255, "[^:].*");
        constraints.Text("metricName", input["MetricName"], false, 1, 255);
        constraints.OneOf("recentlyActive", input["RecentlyActive"], "PT3H");
        IReadOnlyList<JsonElement> items = constraints.List("dimensions", input["Dimensions"], 0, 10, required: false);
        List<RawDocument> filters = [.. items.Select((item, index) =>
        {
            string at = string.Format(CultureInfo.InvariantCulture, "dimensions.{0}.member", index + 1);
            RawDocument filter = constraints.Object(at, item, required: true);
            constraints.Text(at + ".name", filter["Name"], true, 1, 255);
            constraints.Text(at + ".value", filter["Value"], false, 1, 1024);
            return filter;
        })];
        MetricErrors.Check(constraints);

        operation.State.Settle();
        MetricStore store = new(operation.State);
        store.Expire(operation.Now);
        // The hour of the last data decides, so an activity of the last three hours is seen a little longer, as AWS allows for.
        DateTimeOffset oldest = operation.Now - (input.Text("RecentlyActive") is null ? TimeSpan.FromDays(15) : TimeSpan.FromHours(4));
        Paging.Page<(string Key, MetricName Metric, DateTimeOffset LastHour)> page = operation.Page(
            store.All.Where(one => one.LastHour > oldest && IsWanted(one.Metric, input, filters)),
            one => one.Key, null, input.Text("NextToken"), MostOnPage);
        return RawDocument.Empty
            .With("Metrics", page.Items.Select(one => one.Metric.ToDocument()))
            .With("NextToken", page.NextToken);
    }

    private static bool IsWanted(MetricName metric, RawDocument input, List<RawDocument> filters) =>
        (input.Text("Namespace") ?? metric.Namespace) == metric.Namespace
        && (input.Text("MetricName") ?? metric.Name) == metric.Name
        && filters.TrueForAll(filter => metric.Dimensions.Any(dimension =>
            dimension.Key == filter.Text("Name") && (filter.Text("Value") ?? dimension.Value) == dimension.Value));
}
