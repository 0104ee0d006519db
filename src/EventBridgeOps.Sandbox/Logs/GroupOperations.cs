using System.Globalization;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Logs;

/// <summary>Log groups and their retention.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html and its neighbours</remarks>
internal static class GroupOperations
{
    private const int MostOnPage = 50;

    private static readonly long[] Days =
        [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    public static RawDocument Create(Operation operation)
    {
        RawDocument input = operation.Input;
        LogErrors.Refuse(input, "kmsKeyId", "deletionProtectionEnabled");
        Constraints constraints = new();
        constraints.Text("logGroupName", input["logGroupName"], true, 1, 512, LogGroup.NamePattern);
        constraints.OneOf("logGroupClass", input["logGroupClass"], "STANDARD", "INFREQUENT_ACCESS", "DELIVERY");
        RawDocument tags = constraints.Object("tags", input["tags"]);
        LogErrors.Check(constraints);
        if (input.Text("logGroupClass") is { } name and not "STANDARD")
            throw LogErrors.NotSupported(LogMessages.NoClass(name));
        if (LogGroup.Named(operation, input.Text("logGroupName")!) is not null)
            throw LogErrors.Exists("The specified log group already exists");

        LogGroup group = LogGroup.Create(operation, input.Text("logGroupName")!);
        LogTags.Set(operation, group.Arn, tags);
        return RawDocument.Empty;
    }

    public static RawDocument Delete(Operation operation)
    {
        LogGroup group = LogGroup.OfName(operation);
        LogTags.Forget(operation, group.Arn);
        group.Remove();
        return RawDocument.Empty;
    }

    public static RawDocument Describe(Operation operation)
    {
        RawDocument input = operation.Input;
        LogErrors.Refuse(input, "accountIdentifiers", "includeLinkedAccounts", "logGroupIdentifiers");
        Constraints constraints = new();
        constraints.Text("logGroupNamePrefix", input["logGroupNamePrefix"], false, 1, 512, LogGroup.NamePattern);
        constraints.Text("logGroupNamePattern", input["logGroupNamePattern"], false, 0, 512, @"[\.\-_/#A-Za-z0-9]*");
        constraints.OneOf("logGroupClass", input["logGroupClass"], "STANDARD", "INFREQUENT_ACCESS", "DELIVERY");
        constraints.Number("limit", input["limit"], 1, MostOnPage);
        LogErrors.Check(constraints);
        if (input["logGroupNamePrefix"] is not null && input["logGroupNamePattern"] is not null)
            throw LogErrors.BadParameter("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");

        string prefix = input.Text("logGroupNamePrefix") ?? "";
        string part = input.Text("logGroupNamePattern") ?? "";
        bool isWanted = input.Text("logGroupClass") is null or "STANDARD";
        Paging.Page<LogGroup> page = operation.Page(
            LogGroup.All(operation).Where(group => isWanted && group.Name.StartsWith(prefix, StringComparison.Ordinal) && group.Name.Contains(part)),
            group => group.Name, input.Number("limit"), input.Text("nextToken"), MostOnPage);
        return RawDocument.Empty
            .With("logGroups", page.Items.Select(group => Description(LogGroup.Named(operation, group.Name)!)))
            .With("nextToken", page.NextToken);
    }

    public static RawDocument PutRetention(Operation operation)
    {
        Constraints constraints = new();
        constraints.Number("retentionInDays", operation.Input["retentionInDays"], 1, 3653);
        LogErrors.Check(constraints);
        LogGroup group = LogGroup.OfName(operation);
        long days = operation.Input.Number("retentionInDays")
            ?? throw LogErrors.BadParameter("1 validation error detected: Value at 'retentionInDays' failed to satisfy constraint: Member must not be null");
        if (!Days.Contains(days))
        {
            string allowed = string.Join(", ", Days.Select(day => day.ToString(CultureInfo.InvariantCulture)));
            throw LogErrors.BadParameter(
                $"1 validation error detected: Value '{days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [{allowed}]");
        }

        group.Keep(group.Document.With("retentionInDays", days));
        return RawDocument.Empty;
    }

    public static RawDocument DeleteRetention(Operation operation)
    {
        LogGroup group = LogGroup.OfName(operation);
        group.Keep(group.Document.Without("retentionInDays"));
        return RawDocument.Empty;
    }

    private static RawDocument Description(LogGroup group)
    {
        RawDocument found = RawDocument.Empty.With("logGroupName", group.Name).With("creationTime", group.Document.Number("creationTime")!.Value);
        if (group.RetentionInDays is { } days)
            found = found.With("retentionInDays", days);
        return found
            .With("metricFilterCount", 0)
            .With("arn", group.Arn + ":*")
            .With("storedBytes", group.Streams.Values.Sum(stream => stream.Number("bytes") ?? 0))
            .With("logGroupClass", "STANDARD")
            .With("logGroupArn", group.Arn)
            .With("deletionProtectionEnabled", false);
    }
}
