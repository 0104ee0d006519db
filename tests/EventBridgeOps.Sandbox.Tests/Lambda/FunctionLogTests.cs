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
        string[] lines = [.. (await Logs("FilterLogEvents", $$"""{"logGroupName":"{{group}}"}""")).Succeeded().Json.GetProperty("events").EnumerateArray().Select(one => one.GetProperty("message").GetString()!)];
        Assert.Equal(["START", "said", "END", "REPORT"], lines.Select(line => line.Split(' ')[0]));
        Assert.Equal(group, (await Lambda(HttpMethod.Get, "2015-03-31/functions/f/configuration")).Json.GetProperty("LoggingConfig").GetProperty("LogGroup").GetString());
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

    private Task<Answer> Logs(string operation, string input) => Aws.Send("logs", "/", "Logs_20140328." + operation, input);
}
