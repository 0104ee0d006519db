using EventBridgeOps.Sandbox.CloudWatch;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Alarms;

/// <summary>Tags of alarms and dashboards, by their ARNs.</summary>
internal static class AlarmTags
{
    public static void Keep(Operation operation, string arn, RawDocument tags)
    {
        if (tags.Members.Count == 0)
            All(operation).Remove(arn);
        else
            All(operation)[arn] = tags;
    }

    public static RawDocument Tag(Operation operation)
    {
        string arn = At(operation);
        Keep(operation, arn, Of(operation, arn).With(TagList.Read(operation.Input, () => MetricErrors.Invalid("Tags need a key."))));
        return RawDocument.Empty;
    }

    public static RawDocument Untag(Operation operation)
    {
        string arn = At(operation);
        Keep(operation, arn, Of(operation, arn).Without([.. operation.Input.Texts("TagKeys")]));
        return RawDocument.Empty;
    }

    public static RawDocument List(Operation operation) => RawDocument.Empty.With("Tags", TagList.Of(Of(operation, At(operation))));

    private static Table All(Operation operation) => operation.State["alarmTags"];

    private static RawDocument Of(Operation operation, string arn) => All(operation).Find(arn) ?? RawDocument.Empty;

    private static string At(Operation operation)
    {
        string arn = operation.Input.Text("ResourceARN") ?? throw MetricErrors.Missing("ResourceARN");
        bool exists = Alarm.All(operation).Values.Any(alarm => alarm.Text("AlarmArn") == arn) || Dashboards.Exists(operation, arn);
        return exists ? arn : throw new AwsError(404, "ResourceNotFoundException", $"Unknown resource: {arn}");
    }
}
