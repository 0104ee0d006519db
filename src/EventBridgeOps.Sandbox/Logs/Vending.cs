using EventBridgeOps.Events.Policies;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Logs;

/// <summary>What delivers the logs of services ("vended logs"), and the delivery itself.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-CloudWatchLogs.html</remarks>
internal static class Vending
{
    private const string Service = "delivery.logs.amazonaws.com";
    private const string PolicyName = "AWSLogDeliveryWrite20150319";
    private const int MostOnPage = 50;

    public static Table Sources(Operation operation) => operation.State["logSources"];

    public static Table Destinations(Operation operation) => operation.State["logDestinations"];

    public static Table Deliveries(Operation operation) => operation.State["logDeliveries"];

    public static AwsError Conflict(string message) => new(400, "ConflictException", message);

    public static AwsError NotThere(string what) => LogErrors.NotFound($"Requested {what} does not exist in this account.");

    /// <summary>Whether an ARN is that of a source, a destination or a delivery.</summary>
    public static bool Knows(Operation operation, string arn) =>
        new[] { Sources(operation), Destinations(operation), Deliveries(operation) }.Any(table => table.Values.Any(one => one.Text("arn") == arn));

    /// <summary>What a request names.</summary>
    public static RawDocument Find(Operation operation, Table table, string member, string what)
    {
        Constraints constraints = new();
        constraints.Text(member, operation.Input[member], true, 1, 64, @"[\w-]*");
        constraints.Check();
        return table.Find(operation.Input.Text(member)!) ?? throw NotThere(what);
    }

    public static RawDocument Page(Operation operation, Table table, string list)
    {
        Constraints constraints = new();
        constraints.Number("limit", operation.Input["limit"], 1, MostOnPage);
        constraints.Check();
        Paging.Page<KeyValuePair<string, RawDocument>> page = operation.Page(
            table, one => one.Key, operation.Input.Number("limit"), operation.Input.Text("nextToken"), MostOnPage);
        return RawDocument.Empty.With(list, page.Items.Select(one => WithTags(operation, one.Value))).With("nextToken", page.NextToken);
    }

    public static RawDocument WithTags(Operation operation, RawDocument document) =>
        operation.State["logTags"].Find(document.Text("arn")!) is { Members.Count: > 0 } tags ? document.With("tags", tags) : document;

    public static LogGroup? GroupOf(Operation operation, RawDocument destination) =>
        LogGroup.AtArn(operation, destination.Object("deliveryDestinationConfiguration")?.Text("destinationResourceArn") ?? "");

    /// <summary>Makes the policy that CloudWatch Logs makes for a caller who may put policies, if there is none yet that allows the delivery.</summary>
    public static void LetDeliver(Operation operation, LogGroup group)
    {
        if (May(operation, group, "anything", operation.Arn("logs", "delivery-source:any")))
            return;

        RawDocument statement = RawDocument.Empty
            .With("Sid", PolicyName)
            .With("Effect", "Allow")
            .With("Principal", RawDocument.Empty.With("Service", [Service]))
            .With("Action", ["logs:CreateLogStream", "logs:PutLogEvents"])
            .With("Resource", [group.StreamArn("*")])
            .With("Condition", RawDocument.Empty
                .With("StringEquals", RawDocument.Empty.With("aws:SourceAccount", [operation.Account.Id]))
                .With("ArnLike", RawDocument.Empty.With("aws:SourceArn", [operation.Arn("logs", "*")])));
        LogPolicies.AddStatement(operation, PolicyName, statement);
    }

    /// <summary>Delivers a record of a resource to the destinations of its sources for that type of log.</summary>
    public static void Deliver(Operation operation, string resourceArn, string logType, string stream, Func<string> record)
    {
        foreach (RawDocument source in Sources(operation).Values)
        {
            if (source.Text("logType") != logType || !source.Texts("resourceArns").Contains(resourceArn))
                continue;
            foreach (RawDocument delivery in Deliveries(operation).Values.Where(one => one.Text("deliverySourceName") == source.Text("name")))
            {
                RawDocument? destination = Destinations(operation).Values.FirstOrDefault(one => one.Text("arn") == delivery.Text("deliveryDestinationArn"));
                if (destination is null || GroupOf(operation, destination) is not { } group || !May(operation, group, stream, source.Text("arn")!))
                    continue; // The record is lost, as on AWS.
                if (!group.Streams.ContainsKey(stream))
                    group.CreateStream(stream);
                group.Append(stream, [(operation.Now.ToUnixTimeMilliseconds(), record())]);
            }
        }
    }

    /// <summary>Whether the policies allow the delivery. In an account, the ARN of the source was seen to be that of the delivery source.</summary>
    private static bool May(Operation operation, LogGroup group, string stream, string sourceArn)
    {
        string arn = group.StreamArn(stream);
        return Array.TrueForAll(["logs:CreateLogStream", "logs:PutLogEvents"], (string action) =>
            LogPolicies.Allow(operation, PolicyRequest.OfService(Service, action, arn, sourceArn, operation.Account.Id)).IsAllowed);
    }
}
