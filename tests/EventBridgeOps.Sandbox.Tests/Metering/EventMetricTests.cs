using System.Text.Json;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Sandbox.Tests.Metering;

/// <summary>The metrics of EventBridge: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html.</summary>
public sealed class EventMetricTests : SandboxTest
{
    private const string Account = "arn:aws:sqs:eu-west-1:123456789012:";
    private readonly ManualTimeProvider clock = new();

    public EventMetricTests() => clock.Advance(TimeSpan.FromDays(20_000)); // A year in which metrics are.

    protected override SandboxOptions Options => new() { Seed = 1, TimeProvider = clock };

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task WhereNothingHappenedThereIsNoData()
    {
        await PutRule("r");
        await Send("b");
        Assert.Equal(
            ["PutEventsApproximateCallCount", "PutEventsApproximateSuccessCount", "PutEventsEntriesCount"],
            await Names());
    }

    [Fact]
    public async Task DeliveredEventsCountOncePerTarget()
    {
        await MakeQueue("q");
        await PutRule("r");
        await PutRule("other");
        (await PutTargets("r", $$"""{"Id":"a","Arn":"{{Account}}q"}""", $$"""{"Id":"b","Arn":"{{Account}}q"}""")).Succeeded();
        await Send("a");
        await Send("a");
        Assert.Equal("2 2 4 4 4 -", await Sums("RuleName=r", "MatchedEvents", "TriggeredRules", "Invocations", "InvocationAttempts", "SuccessfulInvocationAttempts", "FailedInvocations"));
        Assert.Equal("2 2 - - - -", await Sums("RuleName=other", "MatchedEvents", "TriggeredRules", "Invocations", "InvocationAttempts", "SuccessfulInvocationAttempts", "FailedInvocations"));
        Assert.Equal("2 4 4 -", await Sums("EventBusName=default", "MatchedEvents", "TriggeredRules", "InvocationAttempts", "Invocations"));
        Assert.Equal("4 4 4 4 2", await Sums("", "TriggeredRules", "Invocations", "InvocationAttempts", "InvocationsCreated", "PutEventsEntriesCount"));
        Assert.Equal("-", await Sums("", "MatchedEvents"));
    }

    [Fact]
    public async Task RulesOfOtherBusesHaveBothDimensions()
    {
        (await Aws.Events("CreateEventBus", """{"Name":"bus"}""")).Succeeded();
        await PutRule("r", "bus");
        await Send("a", "bus");
        Assert.Equal("1", await Sums("EventBusName=bus,RuleName=r", "TriggeredRules"));
        Assert.Equal("-", await Sums("RuleName=r", "TriggeredRules"));
    }

    [Fact]
    public async Task RetriesAndDeadLettersAreCountedInTheirMinutes()
    {
        Server.Faults.Add(new FaultRule { Service = FaultRule.Delivery, Fault = Fault.Throttle() });
        await MakeQueue("dead");
        await PutRule("r");
        (await PutTargets(
            "r",
            $$$"""{"Id":"a","Arn":"{{{Account}}}q","DeadLetterConfig":{"Arn":"{{{Account}}}dead"},"RetryPolicy":{"MaximumRetryAttempts":3} }""",
            $$$"""{"Id":"b","Arn":"{{{Account}}}q","DeadLetterConfig":{"Arn":"{{{Account}}}none"},"RetryPolicy":{"MaximumRetryAttempts":0} }""",
            $$$"""{"Id":"c","Arn":"{{{Account}}}q","RetryPolicy":{"MaximumRetryAttempts":0} }""")).Succeeded();
        await Send("a");
        Assert.Equal("3 - 2 2 - 1", await Sums("RuleName=r", "InvocationAttempts", "RetryInvocationAttempts", "Invocations", "FailedInvocations", "InvocationsSentToDlq", "InvocationsFailedToBeSentToDlq"));
        Server.AdvanceTime(TimeSpan.FromMinutes(5));
        Assert.Equal("6 3 3 3 1 1", await Sums("RuleName=r", "InvocationAttempts", "RetryInvocationAttempts", "Invocations", "FailedInvocations", "InvocationsSentToDlq", "InvocationsFailedToBeSentToDlq"));
        Assert.Equal("-", await Sums("RuleName=r", "SuccessfulInvocationAttempts"));
    }

    [Fact]
    public async Task LatencyIsTheDelayOfTheFirstAttempt()
    {
        Server.Faults.Add(new FaultRule { Service = FaultRule.Delivery, Fault = Fault.Slow(TimeSpan.FromSeconds(45)) });
        await MakeQueue("q");
        await PutRule("r");
        (await PutTargets("r", $$"""{"Id":"a","Arn":"{{Account}}q"}""")).Succeeded();
        await Send("a");
        Server.AdvanceTime(TimeSpan.FromMinutes(1));
        Assert.Equal("45000 45000 45000", await Sums("RuleName=r", "IngestiontoInvocationStartLatency", "IngestiontoInvocationCompleteLatency", "IngestionToInvocationSuccessLatency"));
        Assert.Equal("45000", await Sums("", "IngestionToInvocationStartLatency"));
    }

    [Fact]
    public async Task RefusedRequestsAndEntriesAreCountedApart()
    {
        (await Aws.Events("PutEvents", """{"Entries":[{"Source":"a"},{"Source":"a","DetailType":"d","Detail":"{}"}]}""")).Succeeded();
        Assert.Equal(400, (await Aws.Events("PutEvents", """{"Entries":[]}""")).Status);
        Assert.Equal("2 1 1 2 1", await Sums(
            "", "PutEventsApproximateCallCount", "PutEventsApproximateSuccessCount", "PutEventsApproximateFailedCount", "PutEventsEntriesCount", "PutEventsFailedEntriesCount"));
    }

    [Fact]
    public async Task CountsOfTheMinuteAreInTheState()
    {
        await PutRule("r");
        await Send("a");
        string state = (await Aws.Admin(HttpMethod.Get, "state")).Succeeded().Text;
        (await Aws.Admin(HttpMethod.Post, "reset")).Succeeded();
        Assert.Equal("-", await Sums("RuleName=r", "MatchedEvents"));
        (await Aws.Admin(HttpMethod.Put, "state", state)).Succeeded();
        Assert.Equal("1", await Sums("RuleName=r", "MatchedEvents"));
        await Send("a");
        Assert.Equal("2", await Sums("RuleName=r", "MatchedEvents"));
    }

    private async Task<IEnumerable<string>> Names() =>
        (await Cloud("ListMetrics", """{"Namespace":"AWS/Events"}""")).Succeeded().Json.GetProperty("Metrics").EnumerateArray().Select(metric => metric.GetProperty("MetricName").GetString()!);

    /// <summary>The sums of metrics over an hour; "-" where there is no data.</summary>
    private async Task<string> Sums(string dimensions, params string[] metrics)
    {
        string list = string.Join(",", dimensions.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(one => $$"""{"Name":"{{one.Split('=')[0]}}","Value":"{{one.Split('=')[1]}}"}"""));
        string queries = string.Join(",", metrics.Select((metric, index) =>
            $$$"""{"Id":"m{{{index}}}","MetricStat":{"Metric":{"Namespace":"AWS/Events","MetricName":"{{{metric}}}","Dimensions":[{{{list}}}]},"Period":3600,"Stat":"Sum"} }"""));
        JsonElement results = (await Cloud("GetMetricData", $$"""{"StartTime":{{Now - 60}},"EndTime":{{Now + 3540}},"MetricDataQueries":[{{queries}}]}""")).Succeeded().Json.GetProperty("MetricDataResults");
        return string.Join(" ", results.EnumerateArray().Select(result => result.GetProperty("Values").EnumerateArray().Select(value => value.GetDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture)).SingleOrDefault() ?? "-"));
    }

    private Task<Answer> Cloud(string operation, string input) => Aws.Send("monitoring", "/", "GraniteServiceVersion20100801." + operation, input, "application/x-amz-json-1.0");

    private Task<Answer> Sqs(string operation, string input) => Aws.Send("sqs", "/", "AmazonSQS." + operation, input, "application/x-amz-json-1.0");

    private async Task MakeQueue(string name)
    {
        string open = JsonSerializer.Serialize($$$"""{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*"} }""");
        (await Sqs("CreateQueue", $$$"""{"QueueName":"{{{name}}}","Attributes":{"Policy":{{{open}}}} }""")).Succeeded();
    }

    private async Task Send(string source, string bus = "default") =>
        (await Aws.Events("PutEvents", $$"""{"Entries":[{"Source":"{{source}}","DetailType":"d","Detail":"{}","EventBusName":"{{bus}}"}]}""")).Succeeded();
}
