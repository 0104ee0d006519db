using System.Text.Json;
using System.Xml.Linq;

namespace EventBridgeOps.Lambda.Tests.Deploy;

/// <summary>What an account has of all kinds that the template makes.</summary>
internal static class Inventory
{
    /// <summary>The name of each resource.</summary>
    /// <param name="aws">The signed client.</param>
    public static async Task<string[]> OfAsync(AwsClient aws)
    {
        StackClient query = new(aws);
        return
        [
            .. In(await aws.Send("lambda", "/2015-03-31/functions/", null, "", method: HttpMethod.Get), "Functions", "FunctionName"),
            .. In(await aws.Send("lambda", "/2015-03-31/event-source-mappings/", null, "", method: HttpMethod.Get), "EventSourceMappings", "UUID"),
            .. In(await aws.Events("ListRules", "{}"), "Rules", "Name"),
            .. In(await aws.Send("sqs", "/", "AmazonSQS.ListQueues", "{}", "application/x-amz-json-1.0"), "QueueUrls"),
            .. In(await aws.Send("dynamodb", "/", "DynamoDB_20120810.ListTables", "{}", "application/x-amz-json-1.0"), "TableNames"),
            .. In(await aws.Send("logs", "/", "Logs_20140328.DescribeLogGroups", "{}"), "logGroups", "logGroupName"),
            .. In(XElement.Parse((await aws.Send("s3", "/", null, "", method: HttpMethod.Get)).Succeeded().Text), "Bucket", "Name"),
            .. In(await query.Iam("ListRoles"), "member", "RoleName"),
            .. In(await query.CloudFormation("DescribeStacks"), "member", "StackName"),
            .. In(await query.CallAsync("sns", "2010-03-31", "ListTopics"), "member", "TopicArn"),
            .. In(await aws.Send("monitoring", "/", "GraniteServiceVersion20100801.DescribeAlarms", "{}", "application/x-amz-json-1.0"), "MetricAlarms", "AlarmName"),
            .. In(await aws.Send("monitoring", "/", "GraniteServiceVersion20100801.ListDashboards", "{}", "application/x-amz-json-1.0"), "DashboardEntries", "DashboardName"),
        ];
    }

    private static IEnumerable<string> In(Answer answer, string list, string? name = null) =>
        !answer.Succeeded().Json.TryGetProperty(list, out JsonElement items) ? [] : items.EnumerateArray().Select(item => $"{list} {(name is null ? item : item.GetProperty(name)).GetString()}").Order(StringComparer.Ordinal);

    private static IEnumerable<string> In(XElement answer, string item, string name) =>
        answer.Descendants().Where(element => element.Name.LocalName == item).SelectMany(element => element.Elements()).Where(element => element.Name.LocalName == name).Select(element => $"{name} {element.Value}").Order(StringComparer.Ordinal);
}
