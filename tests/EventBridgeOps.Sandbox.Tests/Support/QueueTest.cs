using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests;

/// <summary>Tests that look at what arrives in queues, by a clock of their own.</summary>
public abstract class QueueTest : SandboxTest
{
    internal const string Queues = "arn:aws:sqs:eu-west-1:123456789012:";

    internal ManualTimeProvider Clock { get; } = new();

    protected override SandboxOptions Options => new() { Seed = 1, TimeProvider = Clock };

    internal static string QueueTarget(string queue, string more = "") => $$"""{"Id":"{{queue}}","Arn":"{{Queues}}{{queue}}"{{more}}}""";

    internal async Task<Answer> PutAnyRule(string name, string members) => await Aws.Events("PutRule", $$"""{"Name":"{{name}}",{{members}}}""");

    internal async Task MakeQueue(string name)
    {
        string open = JsonSerializer.Serialize(
            $$$"""{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"{{{Queues}}}{{{name}}}"} }""");
        (await Sqs("CreateQueue", $$$"""{"QueueName":"{{{name}}}","Attributes":{"Policy":{{{open}}}} }""")).Succeeded();
    }

    /// <summary>Takes all messages out of a queue.</summary>
    internal async Task<List<JsonElement>> Take(string queue)
    {
        List<JsonElement> bodies = [];
        while ((await Sqs("ReceiveMessage", $$"""{"QueueUrl":"{{Url(queue)}}","MaxNumberOfMessages":10}""")).Succeeded().Json.TryGetProperty("Messages", out JsonElement messages))
        {
            foreach (JsonElement message in messages.EnumerateArray())
            {
                bodies.Add(JsonDocument.Parse(message.GetProperty("Body").GetString()!).RootElement);
                (await Sqs("DeleteMessage", $$"""{"QueueUrl":"{{Url(queue)}}","ReceiptHandle":"{{message.GetProperty("ReceiptHandle").GetString()}}"}""")).Succeeded();
            }
        }

        return bodies;
    }

    private static string Url(string queue) => $"http://localhost/123456789012/{queue}";

    private Task<Answer> Sqs(string operation, string input) => Aws.Send("sqs", "/", "AmazonSQS." + operation, input, "application/x-amz-json-1.0");
}
