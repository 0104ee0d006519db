using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.Logs;

/// <summary>Metrics in logs: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html.</summary>
public sealed class EmbeddedMetricTests : SandboxTest
{
    private readonly ManualTimeProvider clock = new();

    public EmbeddedMetricTests() => clock.Advance(TimeSpan.FromDays(20_000)); // A year in which logs are.

    protected override SandboxOptions Options => new() { Seed = 1, TimeProvider = clock };

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (await Logs("CreateLogGroup", """{"logGroupName":"g"}""")).Succeeded();
        (await Logs("CreateLogStream", """{"logGroupName":"g","logStreamName":"s"}""")).Succeeded();
    }

    [Fact]
    public async Task ValuesOfAnEventAreMetricsOfEachDimensionSet()
    {
        await Put($$"""
            {"_aws":{"Timestamp":{{Now}},"CloudWatchMetrics":[{"Namespace":"shop","Dimensions":[["Task"],["Project","Task"],[]],
              "Metrics":[{"Name":"Duration","Unit":"Milliseconds","StorageResolution":1},{"Name":"Changes"}]}]},
             "Task":"Drift","Project":"p","Duration":[10,20,60],"Changes":2,"message":"and what else is in it"}
            """);
        string[] all = ["""[{"Name":"Task","Value":"Drift"}]""", """[{"Name":"Task","Value":"Drift"},{"Name":"Project","Value":"p"}]""", "[]"];
        foreach (string dimensions in all)
        {
            Assert.Equal("90", await Data("Duration", "Sum", dimensions));
            Assert.Equal("3", await Data("Duration", "SampleCount", dimensions));
            Assert.Equal("60", await Data("Duration", "Maximum", dimensions));
            Assert.Equal("2", await Data("Changes", "Sum", dimensions));
        }

        Assert.Equal(6, (await Cloud("ListMetrics", """{"Namespace":"shop"}""")).Json.GetProperty("Metrics").GetArrayLength());
        Assert.Equal("90", await Data("Duration", "Sum", "[]", ",\"Unit\":\"Milliseconds\""));
        Assert.Empty(await Data("Duration", "Sum", "[]", ",\"Unit\":\"Seconds\""));
    }

    [Fact]
    public async Task TimeOfTheDocumentCounts()
    {
        await Put(Document(time: Now - 600_000, value: "1"));
        await Put(Document(value: "2"));
        Assert.Equal("1 2", await Data("m", "Sum", "[]"));
    }

    [Fact]
    public async Task EachDirectiveHasANamespace()
    {
        await Put($$"""{"_aws":{"Timestamp":{{Now}},"CloudWatchMetrics":[{"Namespace":"shop","Dimensions":[[]],"Metrics":[{"Name":"m"}]},{"Namespace":"other","Dimensions":[[]],"Metrics":[{"Name":"n"}]}]},"m":1,"n":2}""");
        Assert.Equal("1", await Data("m", "Sum", "[]"));
        Assert.Equal("n", (await Cloud("ListMetrics", """{"Namespace":"other"}""")).Json.GetProperty("Metrics")[0].GetProperty("MetricName").GetString());
    }

    [Theory]
    [InlineData("not JSON: CloudWatchMetrics")]
    [InlineData("""["_aws","CloudWatchMetrics"]""")]
    [InlineData("""{"_aws":{"CloudWatchMetrics":[{"Namespace":"shop","Dimensions":[[]],"Metrics":[{"Name":"m"}]}]},"m":1}""")] // No time.
    [InlineData("""{"_aws":{"Timestamp":NOW,"CloudWatchMetrics":{}},"m":1}""")]
    [InlineData("""{"_aws":{"Timestamp":NOW,"CloudWatchMetrics":[{"Dimensions":[[]],"Metrics":[{"Name":"m"}]}]},"m":1}""")] // No namespace.
    [InlineData("""{"_aws":{"Timestamp":NOW,"CloudWatchMetrics":[{"Namespace":"AWS/Lambda","Dimensions":[[]],"Metrics":[{"Name":"m"}]}]},"m":1}""")]
    [InlineData("""{"_aws":{"Timestamp":NOW,"CloudWatchMetrics":[{"Namespace":"shop","Metrics":[{"Name":"m"}]}]},"m":1}""")] // No dimensions.
    [InlineData("""{"_aws":{"Timestamp":NOW,"CloudWatchMetrics":[{"Namespace":"shop","Dimensions":["Task"],"Metrics":[{"Name":"m"}]}]},"m":1,"Task":"t"}""")] // Not a list of sets.
    [InlineData("""{"_aws":{"Timestamp":NOW,"CloudWatchMetrics":[{"Namespace":"shop","Dimensions":[["Task"]],"Metrics":[{"Name":"m"}]}]},"m":1}""")] // The value of the dimension is missing.
    [InlineData("""{"_aws":{"Timestamp":NOW,"CloudWatchMetrics":[{"Namespace":"shop","Dimensions":[["Task"]],"Metrics":[{"Name":"m"}]}]},"m":1,"Task":7}""")]
    [InlineData("""{"_aws":{"Timestamp":NOW,"CloudWatchMetrics":[{"Namespace":"shop","Dimensions":[[]],"Metrics":[{"Name":"m"}]}]},"data":{"m":1}}""")] // The value is not at the root.
    [InlineData("""{"_aws":{"Timestamp":NOW,"CloudWatchMetrics":[{"Namespace":"shop","Dimensions":[[]],"Metrics":[{"Name":"m"}]}]},"m":"1"}""")]
    [InlineData("""{"_aws":{"Timestamp":NOW,"CloudWatchMetrics":[{"Namespace":"shop","Dimensions":[[]],"Metrics":[{"Name":"m"}]}]},"m":[1,"2"]}""")]
    [InlineData("""{"_aws":{"Timestamp":NOW,"CloudWatchMetrics":[{"Namespace":"shop","Dimensions":[[]],"Metrics":[{"Name":"m","Unit":"Bananas"}]}]},"m":1}""")]
    [InlineData("""{"_aws":{"Timestamp":NOW,"CloudWatchMetrics":[{"Namespace":"shop","Dimensions":[[]],"Metrics":[{"Name":"m","StorageResolution":5}]}]},"m":1}""")]
    [InlineData("""{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"shop","Dimensions":[[]],"Metrics":[{"Name":"m"}]}]},"m":1}""")] // Too old for a metric.
    [InlineData("""{"_aws":{"Timestamp":NOW,"CloudWatchMetrics":[{"Namespace":"shop","Dimensions":[[]],"Metrics":[{"Name":"m"}]}]},"m":1} and more""")]
    public async Task WhatIsNotInTheFormatIsOnlyALog(string message)
    {
        message = message.Replace("NOW", $"{Now}", StringComparison.Ordinal);
        await Put(message);
        Assert.Empty((await Cloud("ListMetrics", "{}")).Succeeded().Json.GetProperty("Metrics").EnumerateArray());
        Assert.Equal(message, (await Logs("FilterLogEvents", """{"logGroupName":"g"}""")).Succeeded().Json.GetProperty("events")[0].GetProperty("message").GetString());
    }

    [Fact]
    public async Task ThereIsALimitOfValuesMetricsAndDimensions()
    {
        string hundred = string.Join(',', Enumerable.Range(0, 100));
        await Put(Document(value: $"[{hundred},1]"));
        await Put($$"""{"_aws":{"Timestamp":{{Now}},"CloudWatchMetrics":[{"Namespace":"shop","Dimensions":[[]],"Metrics":[{{string.Join(',', Enumerable.Range(0, 101).Select(_ => """{"Name":"m"}"""))}}]}]},"m":1}""");
        string[] names = [.. Enumerable.Range(0, 31).Select(number => $"d{number}")];
        await Put($$"""{"_aws":{"Timestamp":{{Now}},"CloudWatchMetrics":[{"Namespace":"shop","Dimensions":[{{JsonSerializer.Serialize(names)}}],"Metrics":[{"Name":"m"}]}]},"m":1,{{string.Join(',', names.Select(name => $"\"{name}\":\"x\""))}}}""");
        Assert.Empty((await Cloud("ListMetrics", "{}")).Succeeded().Json.GetProperty("Metrics").EnumerateArray());
        await Put(Document(value: $"[{hundred}]"));
        Assert.Equal("100", await Data("m", "SampleCount", "[]"));
    }

    [Fact]
    public async Task AlarmOnAMetricOfTheLogGoesToAlarmAndBackByTheClockOfTheSandbox()
    {
        (await Cloud("PutMetricAlarm", """{"AlarmName":"drift","Namespace":"shop","MetricName":"m","Statistic":"Maximum","Period":300,"EvaluationPeriods":1,"Threshold":0,"ComparisonOperator":"GreaterThanThreshold","TreatMissingData":"notBreaching"}""")).Succeeded();
        await Put(Document(value: "3"));
        Server.AdvanceTime(TimeSpan.FromMinutes(1));
        Assert.Equal("ALARM", await State());
        Server.AdvanceTime(TimeSpan.FromMinutes(30)); // CloudWatch looks at several periods before it takes data as missing.
        Assert.Equal("OK", await State());
    }

    private string Document(string value, long? time = null) =>
        $$"""{"_aws":{"Timestamp":{{time ?? Now}},"CloudWatchMetrics":[{"Namespace":"shop","Dimensions":[[]],"Metrics":[{"Name":"m"}]}]},"m":{{value}}}""";

    private async Task Put(string message) =>
        (await Logs("PutLogEvents", $$"""{"logGroupName":"g","logStreamName":"s","logEvents":[{"timestamp":{{Now}},"message":{{JsonSerializer.Serialize(message)}}}]}""")).Succeeded();

    private async Task<string> Data(string metric, string statistic, string dimensions, string more = "") =>
        string.Join(' ', (await Cloud("GetMetricData", $$"""
            {"StartTime":{{(Now / 1000) - 3600}},"EndTime":{{(Now / 1000) + 60}},"ScanBy":"TimestampAscending",
             "MetricDataQueries":[{"Id":"a","MetricStat":{"Metric":{"Namespace":"shop","MetricName":"{{metric}}","Dimensions":{{dimensions}}},"Period":60,"Stat":"{{statistic}}"{{more}}} }]}
            """)).Succeeded().Json.GetProperty("MetricDataResults")[0].GetProperty("Values").EnumerateArray().Select(value => value.GetDouble()));

    private async Task<string> State() => (await Cloud("DescribeAlarms", "{}")).Succeeded().Json.GetProperty("MetricAlarms")[0].GetProperty("StateValue").GetString()!;

    private Task<Answer> Logs(string operation, string input) => Aws.Send("logs", "/", "Logs_20140328." + operation, input);

    private Task<Answer> Cloud(string operation, string input) => Aws.Send("monitoring", "/", "GraniteServiceVersion20100801." + operation, input, "application/x-amz-json-1.0");
}
