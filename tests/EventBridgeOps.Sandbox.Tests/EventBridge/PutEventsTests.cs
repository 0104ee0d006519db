using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests;

public sealed class PutEventsTests : SandboxTest
{
    private const string Good = """{"Source":"a","DetailType":"b","Detail":"{}"}""";

    [Fact]
    public async Task Bad_entries_fail_alone()
    {
        JsonElement answer = (await Put(
            Good,
            """{"DetailType":"b","Detail":"{}"}""",
            """{"Source":"a","DetailType":"b","Detail":"{"}""",
            """{"Source":"aws.s3","DetailType":"b","Detail":"{}"}""",
            """{"Source":"a","DetailType":"b","Detail":"{}","EventBusName":"nowhere"}""")).Succeeded().Json;
        Assert.Equal(3, answer.GetProperty("FailedEntryCount").GetInt32());
        Assert.Equal([null, "InvalidArgument", "MalformedDetail", "NotAuthorizedForSourceException", null],
            answer.GetProperty("Entries").EnumerateArray().Select(entry => entry.TryGetProperty("ErrorCode", out JsonElement code) ? code.GetString() : null));
    }

    [Fact]
    public async Task Ten_entries_and_a_megabyte_are_the_most()
    {
        (await Put([.. Enumerable.Repeat(Good, 11)])).Failed(400, "ValidationException");
        (await Put()).Failed(400, "ValidationException");
        string big = $$"""{"Source":"a","DetailType":"b","Detail":"{\"x\":\"{{new string('x', 600 * 1024)}}\"}"}""";
        (await Put(big)).Succeeded();
        (await Put(big, big)).Failed(400, "ValidationException", "Total size of the entries in the request is over the limit.");
    }

    private Task<Answer> Put(params string[] entries) => Aws.Events("PutEvents", $$"""{"Entries":[{{string.Join(",", entries)}}]}""");
}
