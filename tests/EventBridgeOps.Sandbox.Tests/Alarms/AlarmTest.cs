using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.Alarms;

/// <summary>Tests of alarms, whose topic has a queue.</summary>
public abstract class AlarmTest : QueueTest
{
    internal const string Topic = "arn:aws:sns:eu-west-1:123456789012:alerts";

    internal Task<Answer> CloudWatch(string operation, string input) => Aws.Send("monitoring", "/", "GraniteServiceVersion20100801." + operation, input, "application/x-amz-json-1.0");

    internal static string Definition(string more = "", string statistic = "\"Statistic\":\"Sum\"") =>
        $$"""{"AlarmName":"a","Namespace":"N","MetricName":"m",{{statistic}},"Period":60,"EvaluationPeriods":1,"Threshold":1,"ComparisonOperator":"GreaterThanOrEqualToThreshold"{{more}}}""";

    internal async Task PutAlarm(string more = "") => (await CloudWatch("PutMetricAlarm", Definition(more))).Succeeded();

    internal async Task Measure(double value) => (await CloudWatch("PutMetricData", $$"""{"Namespace":"N","MetricData":[{"MetricName":"m","Value":{{value}}}]}""")).Succeeded();

    internal async Task<JsonElement> Described(string name = "a") =>
        Assert.Single((await CloudWatch("DescribeAlarms", $$"""{"AlarmNames":["{{name}}"]}""")).Succeeded().Json.GetProperty("MetricAlarms").EnumerateArray());

    internal async Task<string> State(string name = "a") => (await Described(name)).GetProperty("StateValue").GetString()!;

    internal void Minutes(int minutes) => Server.AdvanceTime(TimeSpan.FromMinutes(minutes));

    /// <summary>Makes a topic with its default policy, and a queue that gets its messages as they are.</summary>
    internal async Task MakeTopic()
    {
        string open = JsonSerializer.Serialize("""{"Statement":{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*"}}""");
        (await Aws.Send("sqs", "/", "AmazonSQS.CreateQueue", $$$"""{"QueueName":"mail","Attributes":{"Policy":{{{open}}}} }""", "application/x-amz-json-1.0")).Succeeded();
        await Sns("CreateTopic", "&Name=alerts");
        await Sns("Subscribe", $"&TopicArn={Topic}&Protocol=sqs&Endpoint={Queues}mail");
    }

    internal async Task Sns(string action, string form) =>
        Assert.Equal(200, (await Aws.Send("sns", "/", null, $"Action={action}&Version=2010-03-31{form}", "application/x-www-form-urlencoded")).Status);
}
