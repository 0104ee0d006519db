using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.Logs;

/// <summary>CloudWatch Logs: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_Operations.html.</summary>
public sealed class LogTests : SandboxTest
{
    private readonly ManualTimeProvider clock = new();

    public LogTests() => clock.Advance(TimeSpan.FromDays(20_000)); // A year in which logs are.

    protected override SandboxOptions Options => new() { Seed = 1, TimeProvider = clock };

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    [Fact]
    public async Task StreamIsReadForwardAndBackward()
    {
        await Make("g", "s");
        await Put("g", "s", [.. Enumerable.Range(0, 7).Select(number => (Now - 7000 + (number * 1000), $"m{number}"))]);
        Assert.Equal("m5 m6", await Read("\"limit\":2"));
        JsonElement page = await Get("\"limit\":3,\"startFromHead\":true");
        Assert.Equal("m0 m1 m2", Messages(page));
        page = await Get($"\"limit\":3,\"nextToken\":{page.GetProperty("nextForwardToken").GetRawText()}");
        Assert.Equal("m3 m4 m5", Messages(page));
        JsonElement back = await Get($"\"limit\":2,\"nextToken\":{page.GetProperty("nextBackwardToken").GetRawText()}");
        Assert.Equal("m1 m2", Messages(back));
        page = await Get($"\"limit\":3,\"nextToken\":{page.GetProperty("nextForwardToken").GetRawText()}");
        Assert.Equal("m6", Messages(page));

        string end = page.GetProperty("nextForwardToken").GetRawText();
        page = await Get($"\"nextToken\":{end}");
        Assert.Equal("", Messages(page));
        Assert.Equal(end, page.GetProperty("nextForwardToken").GetRawText());
        Assert.Equal("m6", await Read($"\"limit\":1,\"nextToken\":{page.GetProperty("nextBackwardToken").GetRawText()}"));
        await Put("g", "s", (Now, "later"));
        Assert.Equal("later", await Read($"\"nextToken\":{end}"));
    }

    [Fact]
    public async Task RandomWalkThroughAStreamLosesNothing()
    {
        await Make("g", "s");
        Random random = new(3);
        List<string> sent = [];
        for (int i = 0; i < 60; i++)
        {
            await Put("g", "s", (Now + random.Next(5), $"m{i}")); // Many at the same time.
            sent.Add($"m{i}");
        }

        List<string> ordered = [.. Messages(await Get("\"startFromHead\":true")).Split(' ')];
        Assert.Equal(sent.Order(), ordered.Order());
        JsonElement page = await Get("\"limit\":7,\"startFromHead\":true");
        int at = 7;
        for (int step = 0; step < 40; step++)
        {
            int limit = random.Next(1, 9);
            bool forward = random.Next(2) == 0;
            int first = at - page.GetProperty("events").GetArrayLength();
            page = await Get($"\"limit\":{limit},\"nextToken\":{page.GetProperty(forward ? "nextForwardToken" : "nextBackwardToken").GetRawText()}");
            int begin = forward ? at : Math.Max(0, first - limit);
            int end = forward ? Math.Min(ordered.Count, at + limit) : first;
            Assert.Equal(ordered[begin..end], page.GetProperty("events").EnumerateArray().Select(one => one.GetProperty("message").GetString()));
            at = end;
        }
    }

    [Theory]
    [InlineData("", "one two|error: two|Error \\\"x y\\\"")]
    [InlineData("two", "one two|error: two")]
    [InlineData("one two", "one two")]
    [InlineData("\\\"x y\\\"", "Error \\\"x y\\\"")]
    [InlineData("two -error", "one two")]
    [InlineData("?one ?Error", "one two|Error \\\"x y\\\"")]
    public async Task TermsFilter(string pattern, string expected)
    {
        await Make("g", "s");
        await Put("g", "s", (Now, "one two"), (Now, "error: two"), (Now, "Error \"x y\""));
        JsonElement found = (await Logs("FilterLogEvents", $$"""{"logGroupName":"g","filterPattern":"{{pattern}}"}""")).Succeeded().Json;
        Assert.Equal(expected.Replace("\\\"", "\""), string.Join("|", found.GetProperty("events").EnumerateArray().Select(one => one.GetProperty("message").GetString())));
    }

    [Fact]
    public async Task StreamsAreFilteredTogetherInTheOrderOfTimes()
    {
        await Make("g", "a", "b");
        await Put("g", "a", (Now - 3000, "1"), (Now - 1000, "3"));
        await Put("g", "b", (Now - 2000, "2"), (Now, "4"));
        List<string> seen = await Pages(token => Logs("FilterLogEvents", $$"""{"logGroupName":"g","limit":3{{Continued("nextToken", token)}}}"""), "events", "message");
        Assert.Equal(["1", "2", "3", "4"], seen);
        Assert.Equal(["2"], await Pages(_ => Logs("FilterLogEvents", $$"""{"logGroupName":"g","logStreamNamePrefix":"b","endTime":{{Now}}}"""), "events", "message"));
        List<string> streams = await Pages(token => Logs("DescribeLogStreams", $$"""{"logGroupName":"g","orderBy":"LastEventTime","descending":true,"limit":1{{Continued("nextToken", token)}}}"""), "logStreams", "logStreamName");
        Assert.Equal(["b", "a"], streams);
    }

    [Fact]
    public async Task EventsOfTheWrongTimeAreRejectedAndOldOnesExpire()
    {
        await Make("g", "s");
        (await Logs("PutRetentionPolicy", """{"logGroupName":"g","retentionInDays":3}""")).Succeeded();
        Assert.Equal(
            """{"expiredLogEventEndIndex":1}""",
            (await PutRaw("g", "s", (Now - (4 * 86_400_000L), "old"), (Now - (4 * 86_400_000L) + 86_400_000L, "kept"))).Json.GetProperty("rejectedLogEventsInfo").GetRawText());
        Assert.Equal("""{"tooNewLogEventStartIndex":1}""", (await PutRaw("g", "s", (Now, "now"), (Now + 7_300_000, "new"))).Json.GetProperty("rejectedLogEventsInfo").GetRawText());
        Assert.Equal("""{"tooOldLogEventEndIndex":1,"expiredLogEventEndIndex":1}""", (await PutRaw("g", "s", (Now - (15 * 86_400_000L), "x"))).Json.GetProperty("rejectedLogEventsInfo").GetRawText());
        Assert.Equal("kept now", await Read("\"startFromHead\":true"));
        Server.AdvanceTime(TimeSpan.FromDays(1));
        Assert.Equal("now", await Read("\"startFromHead\":true"));
        Server.AdvanceTime(TimeSpan.FromDays(3));
        Assert.Equal("", await Read("\"startFromHead\":true"));
        Assert.Equal(0, (await Logs("DescribeLogGroups", "{}")).Json.GetProperty("logGroups")[0].GetProperty("storedBytes").GetInt64());
    }

    [Theory]
    [InlineData("CreateLogGroup", """{"logGroupName":"g"}""", "ResourceAlreadyExistsException")]
    [InlineData("CreateLogGroup", """{"logGroupName":"a b"}""", "InvalidParameterException")]
    [InlineData("CreateLogGroup", """{"logGroupName":"h","logGroupClass":"INFREQUENT_ACCESS"}""", "InvalidParameterException")]
    [InlineData("CreateLogGroup", """{"logGroupName":"h","kmsKeyId":"k"}""", "InvalidParameterException")]
    [InlineData("CreateLogStream", """{"logGroupName":"g","logStreamName":"s"}""", "ResourceAlreadyExistsException")]
    [InlineData("CreateLogStream", """{"logGroupName":"none","logStreamName":"s"}""", "ResourceNotFoundException")]
    [InlineData("PutRetentionPolicy", """{"logGroupName":"g","retentionInDays":2}""", "InvalidParameterException")]
    [InlineData("PutLogEvents", """{"logGroupName":"g","logStreamName":"s","logEvents":[{"timestamp":2,"message":"a"},{"timestamp":1,"message":"a"}]}""", "InvalidParameterException")]
    [InlineData("PutLogEvents", """{"logGroupName":"g","logStreamName":"s","logEvents":[{"timestamp":1,"message":"a"},{"timestamp":86400002,"message":"a"}]}""", "InvalidParameterException")]
    [InlineData("PutLogEvents", """{"logGroupName":"g","logStreamName":"t","logEvents":[{"timestamp":1,"message":"a"}]}""", "ResourceNotFoundException")]
    [InlineData("PutLogEvents", """{"logGroupName":"g","logStreamName":"s","logEvents":[]}""", "InvalidParameterException")]
    [InlineData("GetLogEvents", """{"logGroupName":"g","logStreamName":"s","nextToken":"x"}""", "InvalidParameterException")]
    [InlineData("FilterLogEvents", """{"logGroupName":"g","filterPattern":"{ $.a = 1 }"}""", "InvalidParameterException")]
    [InlineData("FilterLogEvents", """{"logGroupName":"g","filterPattern":"[a, b]"}""", "InvalidParameterException")]
    [InlineData("FilterLogEvents", """{"logGroupName":"g","filterPattern":"a:b"}""", "InvalidParameterException")]
    [InlineData("PutResourcePolicy", """{"policyName":"p","policyDocument":"{"}""", "InvalidParameterException")]
    [InlineData("DeleteResourcePolicy", """{"policyName":"p"}""", "ResourceNotFoundException")]
    [InlineData("StartQuery", "{}", "UnknownOperationException")]
    public async Task WhatCannotBeTakenIsRefused(string operation, string input, string code)
    {
        await Make("g", "s");
        (await Logs(operation, input)).Failed(400, code);
    }

    [Fact]
    public async Task GroupsAreListedTaggedAndDeletedWithTheirStreams()
    {
        await Make("/a/one", "s");
        await Make("/a/two");
        await Make("/b");
        await Put("/a/one", "s", (Now, "x"));
        Assert.Equal(["/a/one", "/a/two"], await Pages(token => Logs("DescribeLogGroups", $$"""{"logGroupNamePrefix":"/a","limit":1{{Continued("nextToken", token)}}}"""), "logGroups", "logGroupName"));
        Assert.Equal(["/a/two"], await Pages(_ => Logs("DescribeLogGroups", """{"logGroupNamePattern":"wo"}"""), "logGroups", "logGroupName"));
        const string Arn = "arn:aws:logs:eu-west-1:123456789012:log-group:/a/one";
        (await Logs("TagResource", $$$"""{"resourceArn":"{{{Arn}}}","tags":{"k":"v","l":"w"} }""")).Succeeded();
        (await Logs("UntagResource", $$"""{"resourceArn":"{{Arn}}","tagKeys":["l"]}""")).Succeeded();
        Assert.Equal("""{"tags":{"k":"v"}}""", (await Logs("ListTagsForResource", $$"""{"resourceArn":"{{Arn}}"}""")).Succeeded().Text);
        (await Logs("DeleteLogGroup", """{"logGroupName":"/a/one"}""")).Succeeded();
        Assert.DoesNotContain("/a/one", (await Aws.Admin(HttpMethod.Get, "state")).Text);
    }

    private static string Messages(JsonElement page) => string.Join(" ", page.GetProperty("events").EnumerateArray().Select(one => one.GetProperty("message").GetString()));

    private Task<Answer> Logs(string operation, string input) => Aws.Send("logs", "/", "Logs_20140328." + operation, input);

    private async Task Make(string group, params string[] streams)
    {
        (await Logs("CreateLogGroup", $$"""{"logGroupName":"{{group}}"}""")).Succeeded();
        foreach (string stream in streams)
            (await Logs("CreateLogStream", $$"""{"logGroupName":"{{group}}","logStreamName":"{{stream}}"}""")).Succeeded();
    }

    private async Task<Answer> PutRaw(string group, string stream, params (long Time, string Message)[] events)
    {
        string list = string.Join(",", events.Select(one => $$"""{"timestamp":{{one.Time}},"message":{{JsonSerializer.Serialize(one.Message)}}}"""));
        return (await Logs("PutLogEvents", $$"""{"logGroupName":"{{group}}","logStreamName":"{{stream}}","logEvents":[{{list}}]}""")).Succeeded();
    }

    private async Task Put(string group, string stream, params (long Time, string Message)[] events) =>
        Assert.False((await PutRaw(group, stream, events)).Json.TryGetProperty("rejectedLogEventsInfo", out _));

    private async Task<JsonElement> Get(string more) => (await Logs("GetLogEvents", $$"""{"logGroupName":"g","logStreamName":"s",{{more}}}""")).Succeeded().Json;

    private async Task<string> Read(string more) => Messages(await Get(more));
}
