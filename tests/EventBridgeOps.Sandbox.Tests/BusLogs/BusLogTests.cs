using System.Text.Json;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Sandbox.Tests.BusLogs;

/// <summary>Logs of event buses: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-logs.html and eb-event-logs-schema.html.</summary>
public sealed class BusLogTests : SandboxTest
{
    private const string Bus = "arn:aws:events:eu-west-1:123456789012:event-bus/bus";
    private const string Group = "/aws/vendedlogs/events/event-bus/bus";
    private const string LogsArn = "arn:aws:logs:eu-west-1:123456789012:";
    private const string QueueArn = "arn:aws:sqs:eu-west-1:123456789012:q";

    [Theory]
    [InlineData("OFF", "")]
    [InlineData("ERROR", "")]
    [InlineData("INFO", "EVENT_INGEST_SUCCESS RULE_MATCH INVOCATION_SUCCESS")]
    [InlineData("TRACE", "EVENT_RECEIPT EVENT_INGEST_SUCCESS RULE_MATCH_START RULE_MATCH INVOCATION_START INVOCATION_ATTEMPT_START INVOCATION_ATTEMPT_SUCCESS INVOCATION_SUCCESS")]
    public async Task LevelOfTheBusDecidesWhichStepsAreLogged(string level, string steps)
    {
        await Setup(level);
        await Rule();
        await Send("a");
        Assert.Equal(steps, string.Join(" ", (await Records()).Select(Type)));
    }

    [Fact]
    public async Task SourceHasTheRecordsOfItsLevelOnly()
    {
        await Setup("TRACE", types: "INFO");
        await Rule();
        await Send("a");
        Assert.Equal("EVENT_INGEST_SUCCESS RULE_MATCH INVOCATION_SUCCESS", string.Join(" ", (await Records()).Select(Type)));
    }

    [Fact]
    public async Task EventThatMatchesNothingIsLogged()
    {
        await Setup("INFO");
        await Send("b");
        Assert.Equal("EVENT_INGEST_SUCCESS NO_STANDARD_RULES_MATCHED", string.Join(" ", (await Records()).Select(Type)));
    }

    [Fact]
    public async Task EventThatMatchesManagedRulesOnlyIsNotLogged()
    {
        await Setup("TRACE");
        (await Aws.Events("CreateArchive", $$"""{"ArchiveName":"archive","EventSourceArn":"{{Bus}}"}""")).Succeeded();
        await Send("a");
        Assert.Empty(await Records());
        await Rule();
        await Send("a");
        Assert.DoesNotContain(await Records(), record => record.GetRawText().Contains("archive", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(await Records(), record => Type(record) == "INVOCATION_SUCCESS");
    }

    [Fact]
    public async Task FailuresHaveTheirReasonAndEndInTheDeadLetterQueueOrNot()
    {
        Server.Faults.Add(new FaultRule { Service = FaultRule.Delivery, Fault = Fault.InternalError() });
        await Setup("ERROR");
        await Rule($$$""","RetryPolicy":{"MaximumRetryAttempts":1}""");
        await Send("a");
        Server.AdvanceTime(TimeSpan.FromMinutes(1));
        List<JsonElement> records = await Records();
        Assert.Equal("INVOCATION_ATTEMPT_RETRYABLE_FAILURE INVOCATION_ATTEMPT_RETRYABLE_FAILURE INVOCATION_FAILURE", string.Join(" ", records.Select(Type)));
        Assert.Equal("FIRST RETRY", string.Join(" ", records.Take(2).Select(record => record.GetProperty("details").GetProperty("attempt_type").GetString())));
        Assert.Equal(2, records[2].GetProperty("details").GetProperty("total_attempts").GetInt32());
        Assert.Equal("sqs", records[2].GetProperty("error").GetProperty("aws_service").GetString());
        Assert.Single(records.Select(record => record.GetProperty("invocation_id").GetString()).Distinct());
    }

    [Theory]
    [InlineData("FULL", true)]
    [InlineData("NONE", false)]
    public async Task DetailIsIncludedWhereTheBusSaysSo(string include, bool isThere)
    {
        await Setup("TRACE", include);
        await Rule();
        await Send("a");
        List<JsonElement> records = await Records();
        JsonElement details = records[0].GetProperty("details");
        Assert.Equal(isThere, details.TryGetProperty("event_detail", out JsonElement detail));
        if (isThere)
            Assert.Equal("""{"x": 1}""", detail.GetString());
        Assert.Equal("a", details.GetProperty("source").GetString());
        Assert.Equal(isThere, records.Single(record => Type(record) == "INVOCATION_SUCCESS").GetProperty("details").TryGetProperty("target_input", out _));
        Assert.Equal((Bus, "bus"), (records[0].GetProperty("resource_arn").GetString(), records[0].GetProperty("event_bus_name").GetString()));
    }

    [Fact]
    public async Task WithoutDeliveryOrPolicyNothingIsLogged()
    {
        await Setup("INFO", types: "");
        await Send("b");
        Assert.Empty(await Records());
        await Deliver("INFO");
        await Send("b");
        Assert.Equal(2, (await Records()).Count);
        (await Logs("DeleteResourcePolicy", """{"policyName":"AWSLogDeliveryWrite20150319"}""")).Succeeded();
        await Send("b");
        Assert.Equal(2, (await Records()).Count);
    }

    [Fact]
    public async Task DefaultBusIsLoggedToo()
    {
        (await Logs("CreateLogGroup", $$"""{"logGroupName":"{{Group}}"}""")).Succeeded();
        await Deliver("INFO", "arn:aws:events:eu-west-1:123456789012:event-bus/default");
        JsonElement updated = (await Aws.Events("UpdateEventBus", """{"Name":"default","LogConfig":{"Level":"INFO"}}""")).Succeeded().Json;
        Assert.Equal("INFO", updated.GetProperty("LogConfig").GetProperty("Level").GetString());
        (await Aws.Events("PutEvents", """{"Entries":[{"Source":"b","DetailType":"d","Detail":"{}"}]}""")).Succeeded();
        Assert.Equal(2, (await Records()).Count);
        (await Aws.Events("UpdateEventBus", """{"Name":"default","LogConfig":{"Level":"LOUD"}}""")).Failed(400, "ValidationException");
    }

    [Theory]
    [InlineData("PutDeliverySource", """{"name":"s","resourceArn":"arn:aws:bedrock:eu-west-1:123456789012:agent/a","logType":"APPLICATION_LOGS"}""", "ValidationException")]
    [InlineData("PutDeliverySource", """{"name":"s","resourceArn":"arn:aws:events:eu-west-1:123456789012:event-bus/none","logType":"INFO_LOGS"}""", "ResourceNotFoundException")]
    [InlineData("PutDeliverySource", """{"name":"s","resourceArn":"arn:aws:events:eu-west-1:123456789012:event-bus/bus","logType":"OTHER_LOGS"}""", "ValidationException")]
    [InlineData("PutDeliveryDestination", """{"name":"d","deliveryDestinationConfiguration":{"destinationResourceArn":"arn:aws:s3:::b"}}""", "ValidationException")]
    [InlineData("CreateDelivery", """{"deliverySourceName":"none","deliveryDestinationArn":"arn"}""", "ResourceNotFoundException")]
    [InlineData("CreateDelivery", """{"deliverySourceName":"source-INFO","deliveryDestinationArn":"arn:aws:logs:eu-west-1:123456789012:delivery-destination:destination-INFO"}""", "ConflictException")]
    [InlineData("DeleteDeliverySource", """{"name":"source-INFO"}""", "ConflictException")]
    [InlineData("DeleteDeliveryDestination", """{"name":"destination-INFO"}""", "ConflictException")]
    [InlineData("GetDelivery", """{"id":"none"}""", "ResourceNotFoundException")]
    public async Task WhatCannotBeDeliveredIsRefused(string operation, string input, string code)
    {
        await Setup("INFO");
        (await Logs(operation, input)).Failed(400, code);
    }

    private static string? Type(JsonElement record) => record.GetProperty("message_type").GetString();

    private Task<Answer> Logs(string operation, string input) => Aws.Send("logs", "/", "Logs_20140328." + operation, input);

    private async Task Setup(string level, string include = "NONE", string types = "ERROR INFO TRACE")
    {
        (await Aws.Events("CreateEventBus", $$$"""{"Name":"bus","LogConfig":{"Level":"{{{level}}}","IncludeDetail":"{{{include}}}"} }""")).Succeeded();
        (await Logs("CreateLogGroup", $$"""{"logGroupName":"{{Group}}"}""")).Succeeded();
        foreach (string type in types.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            await Deliver(type);
    }

    private async Task Deliver(string type, string resource = Bus)
    {
        (await Logs("PutDeliverySource", $$"""{"name":"source-{{type}}","resourceArn":"{{resource}}","logType":"{{type}}_LOGS"}""")).Succeeded();
        (await Logs("PutDeliveryDestination", $$$"""{"name":"destination-{{{type}}}","deliveryDestinationConfiguration":{"destinationResourceArn":"{{{LogsArn}}}log-group:{{{Group}}}"} }""")).Succeeded();
        string id = (await Logs("CreateDelivery", $$"""{"deliverySourceName":"source-{{type}}","deliveryDestinationArn":"{{LogsArn}}delivery-destination:destination-{{type}}"}"""))
            .Succeeded().Json.GetProperty("delivery").GetProperty("id").GetString()!;
        Assert.Equal("CWL", (await Logs("GetDelivery", $$"""{"id":"{{id}}"}""")).Succeeded().Json.GetProperty("delivery").GetProperty("deliveryDestinationType").GetString());
    }

    private async Task Rule(string more = "")
    {
        string open = JsonSerializer.Serialize("""{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*"} }""");
        (await Aws.Send("sqs", "/", "AmazonSQS.CreateQueue", $$$"""{"QueueName":"q","Attributes":{"Policy":{{{open}}}} }""", "application/x-amz-json-1.0")).Succeeded();
        await PutRule("r", "bus");
        (await Aws.Events("PutTargets", $$"""{"Rule":"r","EventBusName":"bus","Targets":[{"Id":"t","Arn":"{{QueueArn}}"{{more}}}]}""")).Succeeded();
    }

    private async Task Send(string source) =>
        (await Aws.Events("PutEvents", $$"""{"Entries":[{"Source":"{{source}}","DetailType":"d","Detail":"{\"x\": 1}","EventBusName":"bus"}]}""")).Succeeded();

    private async Task<List<JsonElement>> Records() =>
        [.. (await Logs("FilterLogEvents", $$"""{"logGroupName":"{{Group}}","logStreamNamePrefix":"EventBridge"}""")).Succeeded().Json
            .GetProperty("events").EnumerateArray().Select(one => JsonDocument.Parse(one.GetProperty("message").GetString()!).RootElement)];
}
