using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.EventBridge;

/// <summary>No entry, however strange, makes PutEvents fail for a reason of the sandbox's own.</summary>
public sealed class HostileEntryTests : SandboxTest
{
    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"a":1e999999}""")]
    [InlineData("deep")]
    [InlineData("digits")]
    public async Task Detail(string detail)
    {
        await PutRule("r");
        detail = detail switch
        {
            "deep" => string.Concat(Enumerable.Repeat("{\"a\":", 1200)) + "1" + new string('}', 1200),
            "digits" => $$"""{"a":{{new string('9', 2000)}}}""",
            _ => detail,
        };
        Answer answer = await Aws.Events("PutEvents", $$"""{"Entries":[{"Source":"a","DetailType":"d","Detail":{{JsonSerializer.Serialize(detail)}} },{"Source":"a","DetailType":"d","Detail":"{}"}]}""");
        Assert.Equal(200, answer.Status);
        JsonElement entries = answer.Json.GetProperty("Entries");
        Assert.True(entries[1].TryGetProperty("EventId", out _));
        if (entries[0].TryGetProperty("ErrorCode", out JsonElement code))
            Assert.Equal("MalformedDetail", code.GetString());
    }

    /// <summary>What an object costs grows with the number of its members, not with its square: a test that takes minutes says otherwise.</summary>
    [Fact]
    public async Task ManyMembers()
    {
        await PutRule("r");
        string many = "{" + string.Join(',', Enumerable.Range(0, 60_000).Select(i => $"\"k{i}\":1")) + "}";
        (await Aws.Events("ListRules", many)).Failed(400, "ValidationException");
        Answer answer = (await Aws.Events("PutEvents", $$"""{"Entries":[{"Source":"a","DetailType":"d","Detail":{{JsonSerializer.Serialize(many)}} }]}""")).Succeeded();
        Assert.Equal(0, answer.Json.GetProperty("FailedEntryCount").GetInt32());
    }

    [Theory]
    [InlineData("\"Time\":\"yesterday\"")]
    [InlineData("\"Time\":1e300")]
    [InlineData("\"Resources\":[1]")]
    [InlineData("\"Resources\":\"x\"")]
    public async Task OtherMember(string member)
    {
        Answer answer = await Aws.Events("PutEvents", $$"""{"Entries":[{"Source":"a","DetailType":"d","Detail":"{}",{{member}} }]}""");
        answer.Failed(400, "SerializationException");
    }
}
