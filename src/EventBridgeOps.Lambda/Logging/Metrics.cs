using System.Text.Json.Nodes;
using EventBridgeOps.Automation;

namespace EventBridgeOps.Lambda.Logging;

/// <summary>Metrics in the embedded metric format: CloudWatch Logs makes them of a log line, and no call is needed.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html.</remarks>
internal static class Metrics
{
    public const string Namespace = "EventBridgeOps";
    private const string Project = "Project";
    private const string Task = "Task";
    private const string Cause = "Cause";

    /// <summary>The names of the metrics.</summary>
    public static IReadOnlyList<string> All => [Duration, Changes, Failures, DriftFound, DeadLetters];

    private const string Duration = "Duration";
    private const string Changes = "Changes";
    private const string Failures = "Failures";
    private const string DriftFound = "DriftFound";
    private const string DeadLetters = "DeadLetters";

    /// <summary>The metrics of an outcome, a log line each. A metric that does not apply is left out, so that alarms treat missing data as not breaching.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="project">The name of the project; null for none.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="time">When it ended.</param>
    public static IEnumerable<JsonObject> Of(AutomationOutcome outcome, string? project, TimeSpan duration, DateTimeOffset time)
    {
        Dictionary<string, (double Value, string Unit)> metrics = new(StringComparer.Ordinal)
        {
            [Duration] = (Math.Round(duration.TotalMilliseconds, 1), "Milliseconds"),
        };
        if (!outcome.IsRepeated)
        {
            metrics[Changes] = (outcome.EndsDeployment ? 0 : outcome.ChangeIds.Count, "Count");
            metrics[Failures] = (outcome.Status == AutomationStatus.Failed ? Math.Max(1, outcome.Failures) : 0, "Count");
        }

        if (outcome.Drift is { } drift)
            metrics[DriftFound] = (drift, "Count");
        yield return Line(Task, outcome.Task.ToString(), project, metrics, time);
        if (outcome.Task != AutomationTask.DeadLetter)
            yield break;
        foreach (IGrouping<string, AutomationItem> cause in outcome.Items.Where(item => item.Cause is not null).GroupBy(item => item.Cause!, StringComparer.Ordinal)) // Targets that were repaired have none.
            yield return Line(Cause, cause.Key, project, new() { [DeadLetters] = (cause.Count(), "Count") }, time);
    }

    /// <summary>A line: each metric with the dimension, and again with the project.</summary>
    private static JsonObject Line(string dimension, string value, string? project, Dictionary<string, (double Value, string Unit)> metrics, DateTimeOffset time)
    {
        JsonArray dimensions = new(new JsonArray(dimension));
        if (project is not null)
            dimensions.Add((JsonNode)new JsonArray(Project, dimension)); // As a node, since the generic overload is not for trimmed programs.
        JsonObject line = new()
        {
            ["_aws"] = new JsonObject
            {
                ["Timestamp"] = time.ToUnixTimeMilliseconds(),
                ["CloudWatchMetrics"] = new JsonArray(new JsonObject
                {
                    ["Namespace"] = Namespace,
                    ["Dimensions"] = dimensions,
                    ["Metrics"] = new JsonArray([.. metrics.Select(metric => (JsonNode)new JsonObject { ["Name"] = metric.Key, ["Unit"] = metric.Value.Unit })]),
                }),
            },
            [dimension] = value,
        };
        if (project is not null)
            line[Project] = project;
        foreach (KeyValuePair<string, (double Value, string Unit)> metric in metrics)
            line[metric.Key] = metric.Value.Value;
        return line;
    }
}
