namespace EventBridgeOps.Sandbox.Tests.Lambda;

/// <summary>What functions write is in their log group, as far as their role allows it. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html.</summary>
public sealed class FunctionLogTests : QueueFunctionTest
{
    [Theory]
    [InlineData("", "/aws/lambda/f")]
    [InlineData(",\"LoggingConfig\":{\"LogGroup\":\"app-logs\"}", "app-logs")]
    public async Task LinesOfAnInvocationAreInTheLogGroupOfTheFunction(string config, string group)
    {
        await MakeFunctionRole();
        await Create("f", "echo said; respond 1", config);
        Assert.Equal(200, (await Invoke("f")).Status);
        string[] lines = await Lines(group);
        Assert.Equal(["START", "said", "END", "REPORT"], lines.Select(line => line.Split(' ')[0]));
        Assert.Equal(group, (await Lambda(HttpMethod.Get, "2015-03-31/functions/f/configuration")).Json.GetProperty("LoggingConfig").GetProperty("LogGroup").GetString());
    }

    [Fact]
    public async Task AllThatIsSaidBeforeTheAnswerIsOfItsInvocation()
    {
        await MakeFunctionRole();
        await Create("f", "seq 3000; echo wrong >&2; printf rest; respond 1");
        Assert.Equal(200, (await Invoke("f")).Status);
        Assert.Equal(200, (await Invoke("f")).Status);
        string[] lines = [.. (await Lines("/aws/lambda/f")).Select(line => line.Split(' ')[0])];
        string[] expected = ["START", .. Enumerable.Range(1, 3000).Select(number => $"{number}"), "rest", "END", "REPORT"];
        Assert.Equal([.. expected, .. expected], lines.Where(line => line != "wrong"));
        Assert.Equal([true, true], lines.Where(line => line is "wrong" or "END").Chunk(2).Select(pair => pair is ["wrong", "END"]));
    }

    [Fact]
    public async Task RoleThatMayNotWriteLosesThem()
    {
        await MakeFunctionRole("\"sqs:*\"");
        (await Logs("CreateLogGroup", """{"logGroupName":"/aws/lambda/f"}""")).Succeeded();
        await Create("f", "echo said; respond 1");
        Assert.Equal(200, (await Invoke("f")).Status);
        Assert.Empty((await Logs("FilterLogEvents", """{"logGroupName":"/aws/lambda/f"}""")).Succeeded().Json.GetProperty("events").EnumerateArray());
    }

    [Fact]
    public async Task ClockThatIsAdvancedWaitsForTheFunctionThatItInvoked()
    {
        await MakeFunctionRole();
        await MakePipe();
        await Create("f", """read -r line < "$PIPE"; echo "$line"; respond 1""", PipeVariable);
        Assert.Equal(202, (await Invoke("f", type: "Event")).Status);
        Task<Answer> advanced = Aws.Admin(HttpMethod.Post, "time", """{"seconds":1}""");

        // Opening waits for the function.
        await using (StreamWriter line = await Task.Run(() => new StreamWriter(Pipe), Token))
        {
            Assert.False(advanced.IsCompleted);
            await line.WriteLineAsync("said");
        }

        Assert.Equal(200, (await advanced).Status);
        Assert.Contains("said", await Lines("/aws/lambda/f"));
    }

    private async Task<string[]> Lines(string group) =>
        [.. (await Logs("FilterLogEvents", $$"""{"logGroupName":"{{group}}"}""")).Succeeded().Json.GetProperty("events").EnumerateArray().Select(one => one.GetProperty("message").GetString()!)];

    private Task<Answer> Logs(string operation, string input) => Aws.Send("logs", "/", "Logs_20140328." + operation, input);
}
