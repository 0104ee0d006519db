using System.Text.Json;
using EventBridgeOps.Sandbox.Tests.Lambda;

namespace EventBridgeOps.Sandbox.Tests.Facts;

/// <summary>1 MB is the limit of EventBridge, SQS and asynchronous Lambda. Source: https://aws.amazon.com/blogs/compute/more-room-to-build-serverless-services-now-support-payloads-up-to-1-mb.</summary>
public sealed class PayloadLimitFacts : LambdaTest
{
    private const int Most = 1024 * 1024;

    [Theory]
    [InlineData(Most, true)]
    [InlineData(Most + 1, false)]
    public async Task EventHasOneMegabyteAtMost(int size, bool isTaken)
    {
        string detail = $$"""{"x":"{{new string('x', size - 2 - 8)}}"}"""; // Source and detail type are the other two bytes.
        Answer answer = await Aws.Events("PutEvents", $$"""{"Entries":[{"Source":"a","DetailType":"d","Detail":{{JsonSerializer.Serialize(detail)}}}]}""");
        if (isTaken)
            Assert.Equal(0, answer.Succeeded().Json.GetProperty("FailedEntryCount").GetInt32());
        else
            answer.Failed(400, "ValidationException", "Total size of the entries in the request is over the limit.");
    }

    [Theory]
    [InlineData(Most, true)]
    [InlineData(Most + 1, false)]
    public async Task MessageHasOneMegabyteAtMost(int size, bool isTaken)
    {
        (await Sqs("CreateQueue", """{"QueueName":"q"}""")).Succeeded();
        Answer answer = await Sqs("SendMessage", $$"""{"QueueUrl":"http://localhost/123456789012/q","MessageBody":"{{new string('x', size)}}"}""");
        if (isTaken)
            answer.Succeeded();
        else
            answer.Failed(400, "com.amazonaws.sqs#InvalidParameterValueException");
    }

    [Theory]
    [InlineData(Most, 202)]
    [InlineData(Most + 1, 413)]
    public async Task EventOfAFunctionHasOneMegabyteAtMost(int size, int status)
    {
        await Create("f", "respond ''");
        Assert.Equal(status, (await Invoke("f", $"\"{new string('x', size - 2)}\"", "Event")).Status);
    }

    private Task<Answer> Sqs(string operation, string input) => Aws.Send("sqs", "/", "AmazonSQS." + operation, input, "application/x-amz-json-1.0");
}
