using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.Lambda;

/// <summary>Tests of functions that read from queues and write into them, with the role that they need.</summary>
public abstract class QueueFunctionTest : LambdaTest
{
    internal const string Queues = "arn:aws:sqs:eu-west-1:123456789012:";

    /// <summary>What the bootstrap of a test writes into its pipe: the bodies of the messages.</summary>
    internal const string Bodies = """grep -o '"body":"[^"]*"' <<<"$event" | cut -d'"' -f4 | paste -sd, > "$PIPE";""";

    internal Task<Answer> Sqs(string operation, string input) => Aws.Send("sqs", "/", "AmazonSQS." + operation, input, "application/x-amz-json-1.0");

    internal static string Url(string queue) => $"http://localhost/123456789012/{queue}";

    /// <summary>Makes the role of the functions.</summary>
    internal async Task MakeFunctionRole(string actions = "\"*\"")
    {
        const string Trust = """{"Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}}""";
        string policy = $$$"""{"Statement":{"Effect":"Allow","Action":[{{{actions}}}],"Resource":"*"} }""";
        (await Iam("CreateRole", "&RoleName=f&AssumeRolePolicyDocument=" + Uri.EscapeDataString(Trust))).Succeeded();
        (await Iam("PutRolePolicy", "&RoleName=f&PolicyName=p&PolicyDocument=" + Uri.EscapeDataString(policy))).Succeeded();
    }

    internal async Task MakeQueue(string name, string attributes = "") => (await Sqs("CreateQueue", $$$"""{"QueueName":"{{{name}}}","Attributes":{{{{attributes}}}} }""")).Succeeded();

    internal async Task SendMessages(string queue, params string[] bodies)
    {
        IEnumerable<string> entries = bodies.Select((body, index) => $$"""{"Id":"{{index}}","MessageBody":{{JsonSerializer.Serialize(body)}}}""");
        (await Sqs("SendMessageBatch", $$"""{"QueueUrl":"{{Url(queue)}}","Entries":[{{string.Join(",", entries)}}]}""")).Succeeded();
        Server.AdvanceTime(TimeSpan.Zero);
    }

    /// <summary>Waits for a message and takes it.</summary>
    internal async Task<JsonElement> Arrived(string queue)
    {
        JsonElement answer = (await Sqs("ReceiveMessage", $$"""{"QueueUrl":"{{Url(queue)}}","WaitTimeSeconds":20,"MessageAttributeNames":["All"],"MessageSystemAttributeNames":["All"]}""")).Succeeded().Json;
        return answer.GetProperty("Messages")[0];
    }

    /// <summary>Waits until so many messages are in a queue, and gives their number of those in flight.</summary>
    internal async Task HasMessages(string queue, int visible, int inFlight)
    {
        while (true)
        {
            JsonElement counts = (await Sqs("GetQueueAttributes", $$"""{"QueueUrl":"{{Url(queue)}}","AttributeNames":["All"]}""")).Succeeded().Json.GetProperty("Attributes");
            if (Count("ApproximateNumberOfMessages") == visible && Count("ApproximateNumberOfMessagesNotVisible") == inFlight)
                return;
            Token.ThrowIfCancellationRequested();

            int Count(string name) => int.Parse(counts.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    internal async Task<Answer> Map(string queue, string more = "", string function = "f") =>
        await Lambda(HttpMethod.Post, "2015-03-31/event-source-mappings/", $$"""{"EventSourceArn":"{{Queues}}{{queue}}","FunctionName":"{{function}}"{{more}}}""");
}
