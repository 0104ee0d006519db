using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.Alarms;

/// <summary>What happens when an alarm changes its state. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html.</summary>
public sealed class AlarmActionTests : AlarmTest
{
    private const string Actions = $$""","TreatMissingData":"notBreaching","AlarmDescription":"Too much","AlarmActions":["{{Topic}}"],"OKActions":["{{Topic}}"]""";

    [Fact]
    public async Task TopicGetsTheMessageOfCloudWatch()
    {
        await MakeTopic();
        await PutAlarm(Actions);
        await Measure(5);
        Minutes(1);
        JsonElement note = Assert.Single(await Take("mail"));
        Assert.Equal("ALARM: \"a\" in EU (Ireland)", note.GetProperty("Subject").GetString());
        JsonElement message = JsonDocument.Parse(note.GetProperty("Message").GetString()!).RootElement;
        Assert.Equal(
            ("a", "Too much", "123456789012", "ALARM", "INSUFFICIENT_DATA", "1970-01-01T00:01:00.000+0000"),
            (Text("AlarmName"), Text("AlarmDescription"), Text("AWSAccountId"), Text("NewStateValue"), Text("OldStateValue"), Text("StateChangeTime")));
        JsonElement trigger = message.GetProperty("Trigger");
        Assert.Equal(("SUM", "m", 60, 1d), (trigger.GetProperty("Statistic").GetString(), trigger.GetProperty("MetricName").GetString(), trigger.GetProperty("Period").GetInt32(), trigger.GetProperty("Threshold").GetDouble()));
        Assert.Equal(["Successfully executed action " + Topic], await History("Action"));
        Assert.Equal(["Alarm updated from INSUFFICIENT_DATA to ALARM"], await History("StateUpdate"));

        string Text(string name) => message.GetProperty(name).GetString()!;
    }

    [Fact]
    public async Task DisabledActionsAndForeignTopicsStaySilentAndTheHistorySaysWhy()
    {
        await MakeTopic();
        await PutAlarm(Actions);
        (await CloudWatch("DisableAlarmActions", """{"AlarmNames":["a"]}""")).Succeeded();
        await Measure(5);
        Minutes(1);
        Assert.Empty(await Take("mail"));
        (await CloudWatch("EnableAlarmActions", """{"AlarmNames":["a"]}""")).Succeeded();
        await Sns("SetTopicAttributes", $"&TopicArn={Topic}&AttributeName=Policy&AttributeValue={Uri.EscapeDataString("""{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sns:Publish","Resource":"*"}}""")}");
        await Measure(0);
        Minutes(1);
        Assert.Equal("OK", await State());
        Assert.Empty(await Take("mail"));
        string failed = Assert.Single(await History("Action"));
        Assert.StartsWith("Failed to execute action " + Topic, failed);
        Assert.Contains("cloudwatch.amazonaws.com", failed);
    }

    [Fact]
    public async Task DefaultBusGetsTheEventOfTheAlarm()
    {
        await MakeQueue("q");
        (await Aws.Events("PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"aws.cloudwatch\"],\"detail-type\":[\"CloudWatch Alarm State Change\"],\"detail\":{\"state\":{\"value\":[\"ALARM\"]}}}"}""")).Succeeded();
        (await PutTargets("r", QueueTarget("q"))).Succeeded();
        await PutAlarm();
        await Measure(5);
        Minutes(1);
        JsonElement sent = Assert.Single(await Take("q"));
        Assert.Equal("arn:aws:cloudwatch:eu-west-1:123456789012:alarm:a", sent.GetProperty("resources")[0].GetString());
        JsonElement detail = sent.GetProperty("detail");
        Assert.Equal(("a", "INSUFFICIENT_DATA"), (detail.GetProperty("alarmName").GetString(), detail.GetProperty("previousState").GetProperty("value").GetString()));
        Assert.Equal("m", detail.GetProperty("configuration").GetProperty("metrics")[0].GetProperty("metricStat").GetProperty("metric").GetProperty("name").GetString());
    }

    [Fact]
    public async Task StateThatIsSetHoldsUntilTheNextData()
    {
        await MakeTopic();
        await PutAlarm(Actions);
        (await CloudWatch("SetAlarmState", """{"AlarmName":"a","StateValue":"ALARM","StateReason":"testing"}""")).Succeeded();
        Assert.Equal("testing", (await Described()).GetProperty("StateReason").GetString());
        Assert.Single(await Take("mail"));
        Minutes(1);
        Assert.Equal("OK", await State());
    }

    [Theory]
    [InlineData("\"Threshold\":1", "\"Threshold\":\"x\"", "InvalidParameterValueException")]
    [InlineData("\"Threshold\":1,", "", "MissingRequiredParameterException")]
    [InlineData("\"Period\":60", "\"Period\":61", "InvalidParameterValueException")]
    [InlineData("\"EvaluationPeriods\":1", "\"EvaluationPeriods\":1441", "ValidationException")]
    [InlineData("\"Statistic\":\"Sum\",", "", "ValidationException")]
    [InlineData("\"Statistic\":\"Sum\"", "\"ExtendedStatistic\":\"tm90\"", "InvalidParameterValueException")]
    [InlineData("\"Period\":60", "\"Period\":60,\"AlarmActions\":[\"arn:aws:automate:eu-west-1:ec2:stop\"]", "InvalidParameterValueException")]
    [InlineData("\"Period\":60", "\"Period\":60,\"Metrics\":[]", "InvalidParameterValueException")]
    [InlineData("\"Period\":60", "\"Period\":60,\"TreatMissingData\":\"never\"", "ValidationException")]
    [InlineData("GreaterThanOrEqualToThreshold", "GreaterThanUpperThreshold", "ValidationException")]
    public async Task AlarmThatCannotWorkIsRefused(string part, string changed, string code)
    {
        (await CloudWatch("PutMetricAlarm", Definition().Replace(part, changed))).Failed(400, code);
        Assert.Empty((await CloudWatch("DescribeAlarms", "{}")).Succeeded().Json.GetProperty("MetricAlarms").EnumerateArray());
    }

    [Fact]
    public Task Boto3SeesTheSameAsWithMoto() => EngineComparison.SameAsMoto(Server, "compare_alarms.py", new Dictionary<string, string>
    {
        ["disable"] = "moto fails with an internal error",
        ["disabled"] = "follows from the step before",
    });

    private async Task<List<string>> History(string type) =>
        [.. (await CloudWatch("DescribeAlarmHistory", $$"""{"AlarmName":"a","HistoryItemType":"{{type}}"}""")).Succeeded().Json.GetProperty("AlarmHistoryItems").EnumerateArray().Select(item => item.GetProperty("HistorySummary").GetString()!)];
}
