using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.CloudWatch;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Alarms;

/// <summary>Dashboards, which CloudWatch has once for all Regions of an account; here each Region has its own. Their widgets are kept as they are given.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html</remarks>
internal static class Dashboards
{
    public static RawDocument Put(Operation operation)
    {
        string name = Name(operation), body = operation.Input.Text("DashboardBody") ?? throw MetricErrors.Missing("DashboardBody");
        if (!Regex.IsMatch(name, @"\A[A-Za-z0-9_-]{1,255}\z", RegexOptions.CultureInvariant))
            throw Invalid($"The value {name} for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).");
        if (!Json.IsObject(body))
            throw Invalid("The field DashboardBody must be a valid JSON object");
        if (RawDocument.Parse(body)["widgets"] is { ValueKind: not System.Text.Json.JsonValueKind.Array })
            throw Invalid("The dashboard body is invalid: /widgets should be array");
        bool isNew = !All(operation).ContainsKey(name);
        All(operation)[name] = RawDocument.Empty.With("DashboardBody", body).With("LastModified", operation.Now.ToUnixTimeSeconds());
        if (isNew)
            AlarmTags.Keep(operation, ArnOf(operation, name), TagList.Read(operation.Input, () => MetricErrors.Invalid("Tags need a key.")));
        return RawDocument.Empty.With("DashboardValidationMessages", Array.Empty<RawDocument>());
    }

    public static RawDocument Get(Operation operation)
    {
        string name = Name(operation);
        RawDocument dashboard = All(operation).Find(name) ?? throw NotFound(name);
        return RawDocument.Empty.With("DashboardArn", ArnOf(operation, name)).With("DashboardBody", dashboard.Text("DashboardBody")).With("DashboardName", name);
    }

    public static RawDocument List(Operation operation)
    {
        Paging.Page<KeyValuePair<string, RawDocument>> page = operation.Page(
            All(operation).Where(row => row.Key.StartsWith(operation.Input.Text("DashboardNamePrefix") ?? "", StringComparison.Ordinal)), row => row.Key, null, operation.Input.Text("NextToken"), most: 1000);
        return RawDocument.Empty
            .With("DashboardEntries", page.Items.Select(row => RawDocument.Empty
                .With("DashboardName", row.Key)
                .With("DashboardArn", ArnOf(operation, row.Key))
                .With("LastModified", row.Value.Number("LastModified") ?? 0)
                .With("Size", System.Text.Encoding.UTF8.GetByteCount(row.Value.Text("DashboardBody")!))))
            .With("NextToken", page.NextToken);
    }

    public static RawDocument Delete(Operation operation)
    {
        List<string> names = [.. operation.Input.Texts("DashboardNames")];
        if (names.Count == 0)
            throw MetricErrors.Missing("DashboardNames");
        if (names.Find(name => !All(operation).ContainsKey(name)) is { } missing)
            throw NotFound(missing);
        foreach (string name in names)
        {
            AlarmTags.Keep(operation, ArnOf(operation, name), RawDocument.Empty);
            All(operation).Remove(name);
        }

        return RawDocument.Empty;
    }

    public static bool Exists(Operation operation, string arn) => All(operation).Keys.Any(name => ArnOf(operation, name) == arn);

    private static Table All(Operation operation) => operation.State["dashboards"];

    private static string Name(Operation operation) => operation.Input.Text("DashboardName") ?? throw MetricErrors.Missing("DashboardName");

    private static string ArnOf(Operation operation, string name) => operation.GlobalArn("cloudwatch", "dashboard/" + name);

    private static AwsError Invalid(string message) => new(400, "DashboardInvalidInputError", message) { QueryCode = "InvalidParameterInput" };

    private static AwsError NotFound(string name) => new(404, "DashboardNotFoundError", $"Dashboard {name} does not exist") { QueryCode = "ResourceNotFound" };
}
