using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.Facts;

/// <summary>PutEvents. Source: LocalStack's test_events.snapshot.json, recorded from AWS on 2025-01-08; sizes: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-putevent-size.</summary>
public sealed class PutEventsFacts : FactTest
{
    [Fact]
    public async Task EventForABusThatDoesNotExistIsAcceptedAndDropped()
    {
        await MakeQueue("q");
        await RuleWith(QueueTarget("q"));
        JsonElement answer = await PutEvents(Entry(more: ",\"EventBusName\":\"nowhere\""));
        Assert.Equal(0, answer.GetProperty("FailedEntryCount").GetInt32());
        Assert.Equal(36, answer.GetProperty("Entries")[0].GetProperty("EventId").GetString()!.Length);
        Assert.Empty(Server.Deliveries);
    }

    [Fact]
    public async Task ElevenEntriesFailTheWholeCall()
    {
        await MakeQueue("q");
        await RuleWith(QueueTarget("q"));
        (await Aws.Events("PutEvents", $$"""{"Entries":[{{string.Join(",", Enumerable.Repeat(Entry(), 11))}}]}""")).Failed(400, "ValidationException");
        Assert.Empty(Server.Deliveries);
    }

    [Theory]
    [InlineData("Source")]
    [InlineData("DetailType")]
    [InlineData("Detail")]
    public async Task MissingMemberIsTheErrorOfItsEntry(string missing)
    {
        string bad = Entry().Replace($"\"{missing}\":", "\"Resources\":[],\"TraceHeader\":", StringComparison.Ordinal);
        JsonElement answer = await PutEvents(bad, Entry());
        Assert.Equal(1, answer.GetProperty("FailedEntryCount").GetInt32());
        Assert.Equal("InvalidArgument", answer.GetProperty("Entries")[0].GetProperty("ErrorCode").GetString());
        Assert.True(answer.GetProperty("Entries")[1].TryGetProperty("EventId", out _));
    }

    [Theory]
    [InlineData("\"text\"")]
    [InlineData("[1]")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("not json")]
    public async Task DetailThatIsNoObjectIsMalformedAndTheErrorOfItsEntry(string detail)
    {
        JsonElement answer = await PutEvents(Entry(detail), Entry());
        Assert.Equal("MalformedDetail", answer.GetProperty("Entries")[0].GetProperty("ErrorCode").GetString());
        Assert.True(answer.GetProperty("Entries")[1].TryGetProperty("EventId", out _));
    }

    [Fact]
    public async Task SizeIsThatOfSourceDetailTypeDetailAndResourcesInUtf8And14BytesForATime()
    {
        const int Most = 1024 * 1024;
        string time = ",\"Time\":0";
        string resources = ",\"Resources\":[\"éé\"]"; // Four bytes.
        Assert.Equal(200, (await Put(Most - 2, "")).Status);
        await TooLarge(Most - 1, "");
        Assert.Equal(200, (await Put(Most - 2 - 14, time)).Status);
        await TooLarge(Most - 1 - 14, time);
        Assert.Equal(200, (await Put(Most - 2 - 4, resources)).Status);
        await TooLarge(Most - 1 - 4, resources);

        async Task TooLarge(int detail, string more) =>
            (await Put(detail, more)).Failed(400, "ValidationException", "Total size of the entries in the request is over the limit.");

        Task<Answer> Put(int detail, string more) =>
            Aws.Events("PutEvents", $$"""{"Entries":[{{Entry($$"""{"x":"{{new string('x', detail - 8)}}"}""", more)}}]}""");
    }
}
