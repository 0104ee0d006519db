using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Logs;

/// <summary>Tags of log groups and of what delivers logs.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagResource.html, and the older operations for log groups alone</remarks>
internal static class LogTags
{
    private const int Most = 50;

    public static RawDocument Tag(Operation operation)
    {
        Set(operation, Resource(operation), operation.Input.Object("tags") ?? throw LogErrors.BadParameter("Tags must not be null"));
        return RawDocument.Empty;
    }

    public static RawDocument Untag(Operation operation)
    {
        Remove(operation, Resource(operation), operation.Input.Texts("tagKeys"));
        return RawDocument.Empty;
    }

    public static RawDocument List(Operation operation) => Of(operation, Resource(operation));

    public static RawDocument TagGroup(Operation operation)
    {
        Set(operation, LogGroup.OfName(operation).Arn, operation.Input.Object("tags") ?? throw LogErrors.BadParameter("Tags must not be null"));
        return RawDocument.Empty;
    }

    public static RawDocument UntagGroup(Operation operation)
    {
        Remove(operation, LogGroup.OfName(operation).Arn, operation.Input.Texts("tags"));
        return RawDocument.Empty;
    }

    public static RawDocument ListGroup(Operation operation) => Of(operation, LogGroup.OfName(operation).Arn);

    public static void Set(Operation operation, string arn, RawDocument tags)
    {
        Constraints constraints = new();
        foreach (KeyValuePair<string, System.Text.Json.JsonElement> tag in tags.Members)
        {
            constraints.Text("tags.key", Json.Text(tag.Key), true, 1, 128, @"([\p{L}\p{Z}\p{N}_.:/=+\-@]+)");
            constraints.Text("tags.value", tag.Value, true, 0, 256, @"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)");
        }

        LogErrors.Check(constraints);
        RawDocument all = (Table(operation).Find(arn) ?? RawDocument.Empty).With(tags);
        if (all.Members.Count > Most)
            throw new AwsError(400, "TooManyTagsException", $"The specified resource cannot have more than {Most} tags.");
        if (all.Members.Count > 0)
            Table(operation)[arn] = all;
    }

    public static void Forget(Operation operation, string arn) => Table(operation).Remove(arn);

    private static void Remove(Operation operation, string arn, IEnumerable<string> keys)
    {
        if (Table(operation).Find(arn) is { } tags)
            Table(operation)[arn] = tags.Without([.. keys]);
    }

    private static RawDocument Of(Operation operation, string arn) =>
        RawDocument.Empty.With("tags", Table(operation).Find(arn) ?? RawDocument.Empty);

    private static string Resource(Operation operation)
    {
        Constraints constraints = new();
        constraints.Text("resourceArn", operation.Input["resourceArn"], true, 1, 1011);
        LogErrors.Check(constraints);
        string arn = operation.Input.Text("resourceArn")!;
        // Of a log group, the ARN without ":*" is demanded.
        if (!arn.EndsWith(":*", StringComparison.Ordinal) && LogGroup.AtArn(operation, arn) is { } group && group.Arn == arn)
            return arn;
        return Vending.Knows(operation, arn) ? arn : throw LogErrors.NotFound("The specified resource does not exist.");
    }

    private static Table Table(Operation operation) => operation.State["logTags"];
}
