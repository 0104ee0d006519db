using System.Formats.Cbor;
using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Tests.CloudWatch;

/// <summary>Metrics: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html, API_GetMetricData.html, API_GetMetricStatistics.html and API_ListMetrics.html.</summary>
public sealed class MetricTests : SandboxTest
{
    private readonly ManualTimeProvider clock = new();

    public MetricTests() => clock.Advance(TimeSpan.FromDays(20_000)); // A year in which metrics are.

    protected override SandboxOptions Options => new() { Seed = 1, TimeProvider = clock };

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task ValuesOfAMinuteAreCombined()
    {
        await Put("""{"MetricName":"m","Value":1},{"MetricName":"m","Value":3.5},{"MetricName":"m","Values":[2,10],"Counts":[3,1]}""");
        JsonElement point = Assert.Single((await Statistics("m", """["Sum","SampleCount","Average","Minimum","Maximum"]""")).EnumerateArray());
        Assert.Equal(
            (20.5, 6, 20.5 / 6, 1, 10),
            (Figure(point, "Sum"), Figure(point, "SampleCount"), Figure(point, "Average"), Figure(point, "Minimum"), Figure(point, "Maximum")));
        Assert.Equal("None", point.GetProperty("Unit").GetString());
        Assert.Equal(Now / 60 * 60, point.GetProperty("Timestamp").GetInt64());
    }

    [Theory]
    [InlineData("p0", 1)]
    [InlineData("p50", 50)]
    [InlineData("p99.9", 100)]
    [InlineData("p100", 100)]
    public async Task PercentilesAreOfTheValuesThatWereMeasured(string percentile, double value)
    {
        await Put(string.Join(",", Enumerable.Range(1, 100).Select(number => $$"""{"MetricName":"m","Value":{{number}}}""")));
        Assert.Equal(value, (await Data($$"""{"Id":"a","MetricStat":{"Metric":{"Namespace":"n","MetricName":"m"},"Period":300,"Stat":"{{percentile}}"} }"""))[0].GetProperty("Values")[0].GetDouble());
    }

    [Fact]
    public async Task StatisticSetHasNoPercentile()
    {
        await Put("""{"MetricName":"m","StatisticValues":{"SampleCount":2,"Sum":4,"Minimum":1,"Maximum":3}}""");
        JsonElement results = await Data("""{"Id":"a","MetricStat":{"Metric":{"Namespace":"n","MetricName":"m"},"Period":60,"Stat":"p50"}},{"Id":"b","Label":"l","MetricStat":{"Metric":{"Namespace":"n","MetricName":"m"},"Period":60,"Stat":"Average"}}""");
        Assert.Equal(0, results[0].GetProperty("Values").GetArrayLength());
        Assert.Equal((2, "l"), (results[1].GetProperty("Values")[0].GetDouble(), results[1].GetProperty("Label").GetString()));
    }

    [Fact]
    public async Task PeriodsBeginAtTheStartAndAreReadPageByPage()
    {
        for (int minute = 0; minute < 10; minute++)
            await Put($$"""{"MetricName":"m","Value":{{minute}},"Timestamp":{{Now - (minute * 60)}}}""");
        string queries = """{"Id":"a","MetricStat":{"Metric":{"Namespace":"n","MetricName":"m"},"Period":120,"Stat":"Sum"}},{"Id":"b","ReturnData":false,"MetricStat":{"Metric":{"Namespace":"n","MetricName":"m"},"Period":60,"Stat":"Sum"}},{"Id":"c","MetricStat":{"Metric":{"Namespace":"n","MetricName":"m"},"Period":600,"Stat":"Sum"}}""";
        List<string> seen = [];
        string? token = null;
        do
        {
            Answer page = (await Cloud("GetMetricData", $$"""{"StartTime":{{Now - 540}},"EndTime":{{Now + 60}},"ScanBy":"TimestampAscending","MaxDatapoints":2,"MetricDataQueries":[{{queries}}]{{Continued("NextToken", token)}}}""")).Succeeded();
            foreach (JsonElement result in page.Json.GetProperty("MetricDataResults").EnumerateArray())
                seen.Add($"{result.GetProperty("Id")} {string.Join(" ", result.GetProperty("Values").EnumerateArray().Select(value => value.GetDouble()))} {result.GetProperty("StatusCode")}");
            token = page.NextToken;
        }
        while (token is not null);

        Assert.Equal(["a 17 13 PartialData", "a 9 5 PartialData", "a 1 Complete", "c 45 Complete"], seen);
    }

    [Fact]
    public async Task DimensionsAreInNoOrderAndAllOfThemCount()
    {
        await Put("""{"MetricName":"m","Value":1,"Unit":"Count","Dimensions":[{"Name":"b","Value":"2"},{"Name":"a","Value":"1"}]},{"MetricName":"m","Value":5},{"MetricName":"other","Value":5}""");
        Assert.Equal(1, (await Cloud("ListMetrics", """{"Namespace":"n","MetricName":"m","Dimensions":[{"Name":"a"}]}""")).Succeeded().Json.GetProperty("Metrics").GetArrayLength());
        Assert.Equal(3, (await Cloud("ListMetrics", "{}")).Succeeded().Json.GetProperty("Metrics").GetArrayLength());
        Assert.Equal(1, Figure((await Statistics("m", """["Sum"]""", ""","Dimensions":[{"Name":"a","Value":"1"},{"Name":"b","Value":"2"}]"""))[0], "Sum"));
        Assert.Equal(0, (await Statistics("m", """["Sum"]""", ""","Dimensions":[{"Name":"a","Value":"1"}]""")).GetArrayLength());
        Assert.Equal(0, (await Statistics("m", """["Sum"]""", ""","Unit":"Seconds" """)).GetArrayLength());
    }

    [Fact]
    public async Task MinutesAreGoneAfterFifteenDaysAndOutliveARestart()
    {
        await Put("""{"MetricName":"m","Value":1}""");
        Server.AdvanceTime(TimeSpan.FromDays(14));
        Assert.Equal(1, (await Cloud("ListMetrics", "{}")).Json.GetProperty("Metrics").GetArrayLength());
        Server.AdvanceTime(TimeSpan.FromDays(2));
        Assert.Equal(0, (await Cloud("ListMetrics", "{}")).Json.GetProperty("Metrics").GetArrayLength());
        string state = (await Aws.Admin(HttpMethod.Get, "state")).Succeeded().Text;
        Assert.DoesNotContain("metricHours", state);
    }

    [Theory]
    [InlineData("PutMetricData", """{"MetricData":[]}""", "MissingRequiredParameterException")]
    [InlineData("PutMetricData", """{"Namespace":"AWS/Events","MetricData":[{"MetricName":"m","Value":1}]}""", "InvalidParameterValueException")]
    [InlineData("PutMetricData", """{"Namespace":"n","MetricData":[{"MetricName":"m","Value":"NaN"}]}""", "InvalidParameterValueException")]
    [InlineData("PutMetricData", """{"Namespace":"n","MetricData":[{"MetricName":"m","Value":1,"Values":[1]}]}""", "InvalidParameterCombinationException")]
    [InlineData("PutMetricData", """{"Namespace":"n","MetricData":[{"MetricName":"m","Value":1,"Timestamp":"1969-01-01T00:00:00Z"}]}""", "InvalidParameterValueException")]
    [InlineData("PutMetricData", """{"Namespace":"n","MetricData":[{"MetricName":"m","Value":1,"StorageResolution":1}]}""", "InvalidParameterValueException")]
    [InlineData("PutMetricData", """{"Namespace":"n","MetricData":[{"MetricName":"m","Value":1,"Unit":"Apples"}]}""", "ValidationException")]
    [InlineData("GetMetricData", """{"StartTime":1,"EndTime":2,"MetricDataQueries":[{"Id":"a","Expression":"a+b"}]}""", "InvalidParameterValueException")]
    [InlineData("GetMetricStatistics", """{"Namespace":"n","MetricName":"m","StartTime":0,"EndTime":86460,"Period":60,"Statistics":["Sum"]}""", "InvalidParameterCombinationException")]
    [InlineData("GetMetricStatistics", """{"Namespace":"n","MetricName":"m","StartTime":0,"EndTime":60,"Period":60}""", "InvalidParameterCombinationException")]
    [InlineData("GetMetricStatistics", """{"Namespace":"n","MetricName":"m","StartTime":0,"EndTime":60,"Period":60,"ExtendedStatistics":["tm90"]}""", "InvalidParameterValueException")]
    [InlineData("PutMetricStream", "{}", "UnknownOperationException")]
    public async Task WhatCannotBeTakenIsRefused(string operation, string input, string code) => (await Cloud(operation, input)).Failed(400, code);

    [Fact]
    public async Task RandomBytesAreNeverMoreThanRefused()
    {
        Random random = new(7);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = new byte[random.Next(1, 60)];
            random.NextBytes(bytes);
            bytes[0] = (byte)(0xa0 + random.Next(0x20)); // A map.
            Cbor.TryRead(bytes);
        }

        CborWriter deep = new(CborConformanceMode.Lax);
        deep.WriteStartMap(1);
        deep.WriteTextString("a");
        for (int i = 0; i < 100_000; i++)
            deep.WriteStartArray(1);
        deep.WriteInt32(1);
        for (int i = 0; i < 100_000; i++)
            deep.WriteEndArray();
        deep.WriteEndMap();
        Assert.Null(Cbor.TryRead(deep.Encode()));
        await Task.CompletedTask;
    }

    [Fact]
    public void DocumentsSurviveCbor()
    {
        RawDocument document = RawDocument.Parse("""{"a":[1,-2,2.5,1.0,{"b":null,"c":true}],"Timestamp":1700000000,"t":"Äé","big":9223372036854775807}""");
        byte[] encoded = Cbor.Write(document, ["Timestamp"]);
        Assert.Contains("C11A6553F100", Convert.ToHexString(encoded)); // The tag 1, then the seconds.
        Assert.Equal(document.ToString(), Cbor.TryRead(encoded)!.ToString());
    }

    private static double Figure(JsonElement point, string name) => point.GetProperty(name).GetDouble();

    private Task<Answer> Cloud(string operation, string input) => Aws.Send("monitoring", "/", "GraniteServiceVersion20100801." + operation, input, "application/x-amz-json-1.0");

    private async Task Put(string data) => (await Cloud("PutMetricData", $$"""{"Namespace":"n","MetricData":[{{data}}]}""")).Succeeded();

    private async Task<JsonElement> Statistics(string metric, string names, string more = "") => (await Cloud(
        "GetMetricStatistics",
        $$"""{"Namespace":"n","MetricName":"{{metric}}","StartTime":{{Now - 600}},"EndTime":{{Now + 60}},"Period":60,"Statistics":{{names}}{{more}}}""")).Succeeded().Json.GetProperty("Datapoints");

    private async Task<JsonElement> Data(string queries) => (await Cloud(
        "GetMetricData", $$"""{"StartTime":{{Now - 600}},"EndTime":{{Now + 60}},"MetricDataQueries":[{{queries}}]}""")).Succeeded().Json.GetProperty("MetricDataResults");
}
