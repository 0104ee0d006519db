using EventBridgeOps.Sandbox.Tests.Lambda;

namespace EventBridgeOps.Sandbox.Tests.Facts;

/// <summary>Functions that read queues. Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html.</summary>
public sealed class PartialBatchFacts : QueueFunctionTest
{
    private const string First = """id=$(grep -o '"messageId":"[^"]*"' <<<"$event" | head -1 | cut -d'"' -f4);""";

    /// <summary>Lambda deletes what is not named as failed; without the switch, the response says nothing.</summary>
    [Theory]
    [InlineData("null", true, 0)]
    [InlineData("{}", true, 0)]
    [InlineData("{\"batchItemFailures\":null}", true, 0)]
    [InlineData("{\"batchItemFailures\":[]}", true, 0)]
    [InlineData("{\"batchItemFailures\":[{\"itemIdentifier\":\"'$id'\"}]}", true, 1)]
    [InlineData("{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}", true, 3)]
    [InlineData("{\"batchItemFailures\":[{\"itemIdentifier\":null}]}", true, 3)]
    [InlineData("{\"batchItemFailures\":[{\"wrongKey\":\"'$id'\"}]}", true, 3)]
    [InlineData("{\"batchItemFailures\":[{\"itemIdentifier\":\"unknown\"}]}", true, 3)]
    [InlineData("{\"batchItemFailures\":[{\"itemIdentifier\":\"'$id'\"}]}", false, 0)]
    public async Task ResponseSaysWhatFailed(string response, bool reports, int left)
    {
        await Prepare($"request=$id; {First} failed=$id; id=$request; {Bodies} respond '{response.Replace("$id", "$failed")}'", "q", reports);
        await SendMessages("q", "1", "2", "3");
        Assert.Equal("1,2,3", await ReadPipe());
        await HasMessages("q", 0, left);
        Server.AdvanceTime(TimeSpan.FromSeconds(30)); // The visibility timeout: what failed is read again.
        if (left > 0)
            Assert.Equal(left == 1 ? "1" : "1,2,3", await ReadPipe());
    }

    /// <summary>A thrown exception is a failure of the whole batch.</summary>
    [Fact]
    public async Task ExceptionFailsTheWholeBatch()
    {
        await Prepare(Bodies + """ fail '{"errorMessage":"thrown"}'""", "q", reports: true);
        await SendMessages("q", "1", "2");
        Assert.Equal("1,2", await ReadPipe());
        await HasMessages("q", 0, 2);
    }

    private async Task Prepare(string handler, string queue, bool reports)
    {
        await MakePipe();
        await MakeFunctionRole();
        await MakeQueue(queue);
        await Create("f", handler, PipeVariable);
        Assert.Equal(202, (await Map(queue, reports ? ",\"FunctionResponseTypes\":[\"ReportBatchItemFailures\"]" : "")).Status);
    }
}
