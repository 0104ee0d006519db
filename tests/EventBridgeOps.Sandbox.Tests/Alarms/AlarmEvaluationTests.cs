using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.Alarms;

/// <summary>When alarms change their state. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html.</summary>
public sealed class AlarmEvaluationTests : AlarmTest
{
    [Fact]
    public async Task DataOfAMinuteDecideAtItsEnd()
    {
        await PutAlarm(""","TreatMissingData":"notBreaching" """);
        Assert.Equal("INSUFFICIENT_DATA", await State());
        Minutes(1);
        JsonElement quiet = await Described();
        Assert.Equal(("OK", "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching]."), (quiet.GetProperty("StateValue").GetString(), quiet.GetProperty("StateReason").GetString()));
        await Measure(2);
        Assert.Equal("OK", await State());
        Minutes(1);
        JsonElement loud = await Described();
        Assert.Equal(
            ("ALARM", "Threshold Crossed: 1 out of the last 1 datapoints [2.0 (01/01/70 00:01:00)] was greater than or equal to the threshold (1.0) (minimum 1 datapoint for OK -> ALARM transition)."),
            (loud.GetProperty("StateValue").GetString(), loud.GetProperty("StateReason").GetString()));
        Minutes(2); // Older data stand for missing ones in the two periods before.
        Assert.Equal("ALARM", await State());
        Minutes(1);
        Assert.Equal("OK", await State());
    }

    [Fact]
    public async Task NextDataWithinTheThresholdEndTheAlarm()
    {
        await PutAlarm();
        await Measure(1);
        Minutes(1);
        Assert.Equal("ALARM", await State());
        await Measure(0);
        Minutes(1);
        JsonElement alarm = await Described();
        Assert.Equal(("OK", "Threshold Crossed: 1 datapoint [0.0 (01/01/70 00:01:00)] was not greater than or equal to the threshold (1.0)."), (alarm.GetProperty("StateValue").GetString(), alarm.GetProperty("StateReason").GetString()));
    }

    [Theory]
    [InlineData("breaching", "ALARM")]
    [InlineData("notBreaching", "OK")]
    [InlineData("missing", "INSUFFICIENT_DATA")]
    [InlineData("ignore", "INSUFFICIENT_DATA")]
    public async Task MissingDataAreTreatedAsTheAlarmSays(string treat, string state)
    {
        await PutAlarm($$""","TreatMissingData":"{{treat}}" """);
        Minutes(1);
        Assert.Equal(state, await State());
    }

    [Theory]
    [InlineData("1 0 1", 2, "ALARM")]
    [InlineData("1 0 0", 2, "OK")]
    [InlineData("0 1 1", 3, "OK")]
    [InlineData("1 1 1", 3, "ALARM")]
    [InlineData("1 - 1", 2, "ALARM")]
    public async Task SoManyDataMustBreachOfThoseThatAreLookedAt(string data, int least, string state)
    {
        (await CloudWatch("PutMetricAlarm", Definition($$""","DatapointsToAlarm":{{least}},"TreatMissingData":"notBreaching" """.TrimEnd()).Replace("\"EvaluationPeriods\":1", "\"EvaluationPeriods\":3"))).Succeeded();
        foreach (string value in data.Split(' '))
        {
            if (value != "-")
                await Measure(double.Parse(value, System.Globalization.CultureInfo.InvariantCulture));
            Minutes(1);
        }

        Assert.Equal(state, await State());
    }

    [Fact]
    public async Task QueueWithDeadLettersIsAlarmingUntilItIsEmpty()
    {
        await MakeQueue("dead");
        (await CloudWatch("PutMetricAlarm", """{"AlarmName":"a","Namespace":"AWS/SQS","MetricName":"ApproximateNumberOfMessagesVisible","Dimensions":[{"Name":"QueueName","Value":"dead"}],"Statistic":"Maximum","Period":60,"EvaluationPeriods":1,"Threshold":0,"ComparisonOperator":"GreaterThanThreshold","TreatMissingData":"notBreaching"}""")).Succeeded();
        (await CloudWatch("PutMetricAlarm", """{"AlarmName":"age","Namespace":"AWS/SQS","MetricName":"ApproximateAgeOfOldestMessage","Dimensions":[{"Name":"QueueName","Value":"dead"}],"Statistic":"Maximum","Period":60,"EvaluationPeriods":1,"Threshold":600,"ComparisonOperator":"GreaterThanOrEqualToThreshold","TreatMissingData":"notBreaching"}""")).Succeeded();
        Minutes(1);
        await PutRule("r");
        (await PutTargets("r", QueueTarget("dead"))).Succeeded();
        (await Aws.Events("PutEvents", """{"Entries":[{"Source":"a","DetailType":"d","Detail":"{}"}]}""")).Succeeded();
        Minutes(1);
        Assert.Equal(("ALARM", "OK"), (await State(), await State("age")));
        Minutes(10);
        Assert.Equal(("ALARM", "ALARM"), (await State(), await State("age")));
        Assert.Single(await Take("dead"));
        Minutes(1);
        Assert.Equal(("OK", "OK"), (await State(), await State("age")));
    }

    [Fact]
    public async Task MetricsOfEventBridgeReachAlarms()
    {
        (await CloudWatch("PutMetricAlarm", """{"AlarmName":"a","Namespace":"AWS/Events","MetricName":"FailedInvocations","Dimensions":[{"Name":"RuleName","Value":"r"}],"Statistic":"Sum","Period":300,"EvaluationPeriods":1,"Threshold":1,"ComparisonOperator":"GreaterThanOrEqualToThreshold","TreatMissingData":"notBreaching"}""")).Succeeded();
        await PutRule("r");
        (await PutTargets("r", QueueTarget("missing"))).Succeeded();
        (await Aws.Events("PutEvents", """{"Entries":[{"Source":"a","DetailType":"d","Detail":"{}"}]}""")).Succeeded();
        Minutes(1);
        Assert.Equal("ALARM", await State());
        Minutes(15);
        Assert.Equal("OK", await State());
    }

    /// <summary>Alarms without data are no work: a year passes at once.</summary>
    [Fact]
    public async Task YearWithoutDataPassesAtOnce()
    {
        await PutAlarm();
        Server.AdvanceTime(TimeSpan.FromDays(365));
        Assert.Equal("INSUFFICIENT_DATA", await State());
    }
}
