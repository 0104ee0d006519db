using System.Text.Json;
using EventBridgeOps.Sandbox.Deliveries;

namespace EventBridgeOps.Sandbox.Tests.Facts;

/// <summary>What tests of facts about AWS need: a rule with a target in each state of its life, and what is in the queues afterwards.</summary>
public abstract class FactTest : QueueTest
{
    internal const string Bus = "arn:aws:events:eu-west-1:123456789012:event-bus/";
    internal const string Topics = "arn:aws:sns:eu-west-1:123456789012:";
    internal const string Dead = ",\"DeadLetterConfig\":{\"Arn\":\"" + Queues + "dead\"}";

    protected override SandboxOptions Options => base.Options with { JobStep = TimeSpan.FromSeconds(1), JobsAdvanceWhenDescribed = false };

    internal static string Pattern(string pattern) => $"\"EventPattern\":{JsonSerializer.Serialize(pattern)}";

    internal SandboxDelivery Delivery() => Assert.Single(Server.Deliveries);

    /// <summary>A rule on the events of source "a" with one target.</summary>
    internal async Task RuleWith(string target)
    {
        await PutRule("r");
        (await PutTargets("r", target)).Succeeded();
    }

    internal async Task<JsonElement> PutEvents(params string[] entries) =>
        (await Aws.Events("PutEvents", $$"""{"Entries":[{{string.Join(",", entries)}}]}""")).Succeeded().Json;

    internal static string Entry(string detail = "{}", string more = "") =>
        $$"""{"Source":"a","DetailType":"d","Detail":{{JsonSerializer.Serialize(detail)}}{{more}}}""";

    internal Task<JsonElement> Send(string detail = "{}") => PutEvents(Entry(detail));

    internal Task<Answer> Sqs(string operation, string input) => Aws.Send("sqs", "/", "AmazonSQS." + operation, input, "application/x-amz-json-1.0");

    internal async Task MakeClosedQueue(string name, string attributes = "") =>
        (await Sqs("CreateQueue", $$$"""{"QueueName":"{{{name}}}","Attributes":{{{{attributes}}}} }""")).Succeeded();

    /// <summary>The only message of a queue, with its attributes.</summary>
    internal async Task<(JsonElement Body, Dictionary<string, string> Attributes)> Letter(string queue)
    {
        JsonElement message = Assert.Single((await Sqs("ReceiveMessage", $$"""{"QueueUrl":"http://localhost/123456789012/{{queue}}","MaxNumberOfMessages":10,"MessageAttributeNames":["All"]}"""))
            .Succeeded().Json.GetProperty("Messages").EnumerateArray());
        return (
            JsonDocument.Parse(message.GetProperty("Body").GetString()!).RootElement,
            message.GetProperty("MessageAttributes").EnumerateObject().ToDictionary(attribute => attribute.Name, attribute => attribute.Value.GetProperty("StringValue").GetString()!));
    }

    /// <summary>A job queue, a role for it, and the first revision of a job definition.</summary>
    internal async Task MakeBatch()
    {
        await MakeRole();
        (await Aws.Batch("CreateJobQueue", """{"jobQueueName":"main","priority":1,"state":"ENABLED"}""")).Succeeded();
        await Register("job");
    }

    internal async Task<JsonElement> OnlyJob()
    {
        string id = Assert.Single((await Aws.Batch("ListJobs", """{"jobQueue":"main","filters":[{"name":"JOB_NAME","values":["*"]}]}""")).Succeeded().Json.GetProperty("jobSummaryList").EnumerateArray())
            .GetProperty("jobId").GetString()!;
        return (await Aws.Batch("DescribeJobs", $$"""{"jobs":["{{id}}"]}""")).Succeeded().Json.GetProperty("jobs")[0];
    }
}
