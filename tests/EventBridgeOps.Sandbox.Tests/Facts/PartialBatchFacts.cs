namespace EventBridgeOps.Sandbox.Tests.Facts;

/// <summary>Functions that read queues. Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html.</summary>
public sealed class PartialBatchFacts : FactTest
{
    /// <summary>The sandbox reads no queue for a function, and so no batchItemFailures: it must not accept a mapping that would never run.</summary>
    [Theory]
    [InlineData("POST", "/2015-03-31/event-source-mappings/")]
    [InlineData("GET", "/2015-03-31/event-source-mappings/")]
    [InlineData("PUT", "/2015-03-31/event-source-mappings/14e0db71-5d35-4eb5-b481-8945cf9d10c2")]
    public async Task MappingOfAQueueToAFunctionIsRefused(string method, string path)
    {
        Answer answer = await Aws.Send(
            "lambda", path, null, $$"""{"EventSourceArn":"{{Queues}}q","FunctionName":"f","FunctionResponseTypes":["ReportBatchItemFailures"]}""", "application/json", new HttpMethod(method));
        Assert.InRange(answer.Status, 400, 501);
        Assert.Contains("sandbox", answer.Text, StringComparison.OrdinalIgnoreCase);
    }
}
