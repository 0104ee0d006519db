using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.Page;

/// <summary>What the tests of the page fill their sandbox with.</summary>
public abstract class PageTest : SandboxTest
{
    internal const string Sqs = "arn:aws:sqs:eu-west-1:123456789012:";

    internal static Task<Answer> CallSqs(AwsClient aws, string operation, string input) =>
        aws.Send("sqs", "/", "AmazonSQS." + operation, input, "application/x-amz-json-1.0");

    /// <summary>Creates a queue to which EventBridge may send.</summary>
    internal static async Task MakeQueue(AwsClient aws, string name)
    {
        string policy = JsonSerializer.Serialize($$"""{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"{{Sqs}}{{name}}"} }""");
        (await CallSqs(aws, "CreateQueue", $$$"""{"QueueName":"{{{name}}}","Attributes":{"Policy":{{{policy}}}} }""")).Succeeded();
    }

    /// <summary>Creates a rule for events from "a", with targets.</summary>
    internal static async Task MakeRule(AwsClient aws, string name, params string[] targets)
    {
        (await aws.Events("PutRule", $$"""{"Name":"{{name}}","EventPattern":"{\"source\":[\"a\"]}"}""")).Succeeded();
        (await aws.Events("PutTargets", $$"""{"Rule":"{{name}}","Targets":[{{string.Join(",", targets)}}]}""")).Succeeded();
    }

    internal static string ToQueue(string id, string queue, string more = "") => $$"""{"Id":"{{id}}","Arn":"{{Sqs}}{{queue}}"{{more}}}""";

    /// <summary>Sends events with a detail.</summary>
    internal static async Task SendEvents(AwsClient aws, int count = 1, string detail = """{"x":1}""")
    {
        string entry = $$"""{"Source":"a","DetailType":"d","Detail":{{JsonSerializer.Serialize(detail)}}}""";
        for (int sent = 0; sent < count; sent += 10)
            (await aws.Events("PutEvents", $$"""{"Entries":[{{string.Join(",", Enumerable.Repeat(entry, Math.Min(10, count - sent)))}}]}""")).Succeeded();
    }
}
