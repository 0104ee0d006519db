using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.CloudTrail;

/// <summary>Events of CloudTrail: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html.</summary>
public sealed class TrailTests : QueueTest
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await MakeQueue("q");
        (await PutAnyRule("calls", """ "EventPattern":"{\"detail-type\":[\"AWS API Call via CloudTrail\"],\"detail\":{\"eventSource\":[\"batch.amazonaws.com\"],\"eventName\":[\"RegisterJobDefinition\",\"DeregisterJobDefinition\"]}}" """)).Succeeded();
        (await PutTargets("calls", QueueTarget("q"))).Succeeded();
    }

    [Fact]
    public async Task A_trail_that_logs_sends_the_changes_of_job_definitions()
    {
        await Register("before"); // No trail, no event.
        (await Trail("CreateTrail", """{"Name":"main","S3BucketName":"logs"}""")).Succeeded();
        await Register("created"); // It does not log yet.
        Assert.Empty(await Take("q"));

        (await Trail("StartLogging", """{"Name":"main"}""")).Succeeded();
        await Register("job");
        (await Aws.Batch("DeregisterJobDefinition", """{"jobDefinition":"job:1"}""")).Succeeded();
        (await Aws.Batch("DeregisterJobDefinition", """{"jobDefinition":"other:1"}""")).Failed(400, "ClientException");
        List<JsonElement> sent = await Take("q");
        Assert.Equal(2, sent.Count);
        Assert.Equal(("aws.batch", "eu-west-1", 0), (Text(sent[0], "source"), Text(sent[0], "region"), sent[0].GetProperty("resources").GetArrayLength()));
        JsonElement detail = sent[0].GetProperty("detail");
        Assert.Equal(("RegisterJobDefinition", "batch.amazonaws.com", "AwsApiCall", "123456789012"), (Text(detail, "eventName"), Text(detail, "eventSource"), Text(detail, "eventType"), Text(detail, "recipientAccountId")));
        Assert.Equal((false, true), (detail.GetProperty("readOnly").GetBoolean(), detail.GetProperty("managementEvent").GetBoolean()));
        Assert.Equal("busybox", Text(detail.GetProperty("requestParameters").GetProperty("containerProperties"), "image"));
        Assert.Equal("arn:aws:batch:eu-west-1:123456789012:job-definition/job:1", Text(detail.GetProperty("responseElements"), "jobDefinitionArn"));
        Assert.Equal("job:1", Text(sent[1].GetProperty("detail").GetProperty("requestParameters"), "jobDefinition"));
        Assert.Equal(JsonValueKind.Null, sent[1].GetProperty("detail").GetProperty("responseElements").ValueKind);

        (await Trail("StopLogging", """{"Name":"main"}""")).Succeeded();
        await Register("job");
        Assert.Empty(await Take("q"));
    }

    [Theory]
    [InlineData(""" "EventSelectors":[{"ReadWriteType":"WriteOnly"}] """, true)]
    [InlineData(""" "EventSelectors":[{"ReadWriteType":"ReadOnly","IncludeManagementEvents":true}] """, false)]
    [InlineData(""" "EventSelectors":[{"IncludeManagementEvents":false}] """, false)]
    [InlineData(""" "AdvancedEventSelectors":[{"FieldSelectors":[{"Field":"eventCategory","Equals":["Management"]},{"Field":"readOnly","Equals":["false"]}]}] """, true)]
    [InlineData(""" "AdvancedEventSelectors":[{"FieldSelectors":[{"Field":"eventCategory","Equals":["Management"]},{"Field":"eventSource","NotEquals":["batch.amazonaws.com"]}]}] """, false)]
    public async Task The_selectors_of_the_trail_decide(string selectors, bool isSent)
    {
        await LoggingTrail();
        Answer put = (await Trail("PutEventSelectors", $$"""{"TrailName":"main",{{selectors}}}""")).Succeeded();
        Assert.Equal(put.Text, (await Trail("GetEventSelectors", """{"TrailName":"main"}""")).Succeeded().Text);
        await Register("job");
        Assert.Equal(isSent ? 1 : 0, (await Take("q")).Count);
    }

    [Fact]
    public async Task Large_parameters_are_left_out()
    {
        await LoggingTrail();
        await Register("large", new string('x', 110_000));
        Assert.Equal(JsonValueKind.Null, Assert.Single(await Take("q")).GetProperty("detail").GetProperty("requestParameters").ValueKind);
    }

    [Fact]
    public async Task The_history_needs_no_trail_and_ends_after_90_days()
    {
        await Register("a");
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Register("b");
        JsonElement all = (await Trail("LookupEvents", """{"LookupAttributes":[{"AttributeKey":"EventSource","AttributeValue":"batch.amazonaws.com"}]}""")).Succeeded().Json.GetProperty("Events");
        Assert.Equal(["b", "a"], all.EnumerateArray().Select(found => Text(JsonDocument.Parse(Text(found, "CloudTrailEvent")).RootElement.GetProperty("requestParameters"), "jobDefinitionName")));
        Assert.Equal(("RegisterJobDefinition", "false", "sandbox"), (Text(all[0], "EventName"), Text(all[0], "ReadOnly"), Text(all[0], "Username")));
        Assert.Equal("calls", Text(JsonDocument.Parse(Text((await Lookup("PutTargets"))[0], "CloudTrailEvent")).RootElement.GetProperty("requestParameters"), "rule"));
        Assert.Equal(4, (await Pages(token => Trail("LookupEvents", $$"""{"MaxResults":3{{Continued("NextToken", token)}}}"""), "Events", "EventId")).Distinct().Count());
        (await Trail("LookupEvents", """{"LookupAttributes":[{"AttributeKey":"ResourceName","AttributeValue":"a"}]}""")).Failed(400, "InvalidLookupAttributesException");
        Server.AdvanceTime(TimeSpan.FromDays(90));
        Assert.Single(await Lookup("RegisterJobDefinition"));
        Server.AdvanceTime(TimeSpan.FromDays(1));
        Assert.Empty(await Lookup("RegisterJobDefinition"));
    }

    [Fact]
    public async Task A_trail_has_a_life()
    {
        const string Arn = "arn:aws:cloudtrail:eu-west-1:123456789012:trail/main";
        Assert.Equal(Arn, Text((await Trail("CreateTrail", """{"Name":"main","S3BucketName":"logs","IsMultiRegionTrail":true}""")).Succeeded().Json, "TrailARN"));
        (await Trail("CreateTrail", """{"Name":"main","S3BucketName":"logs"}""")).Failed(400, "TrailAlreadyExistsException");
        (await Trail("CreateTrail", """{"Name":"-x-","S3BucketName":"logs"}""")).Failed(400, "InvalidTrailNameException");
        (await Trail("CreateTrail", """{"Name":"org","S3BucketName":"logs","IsOrganizationTrail":true}""")).Failed(400, "InvalidParameterException");
        Assert.Equal("main", Text((await Trail("DescribeTrails", "{}")).Succeeded().Json.GetProperty("trailList")[0], "Name"));
        Assert.False((await Trail("GetTrailStatus", $$"""{"Name":"{{Arn}}"}""")).Succeeded().Json.GetProperty("IsLogging").GetBoolean());
        (await Trail("StartLogging", $$"""{"Name":"{{Arn}}"}""")).Succeeded();
        Assert.True((await Trail("GetTrailStatus", """{"Name":"main"}""")).Succeeded().Json.GetProperty("IsLogging").GetBoolean());
        (await Trail("PutEventSelectors", """{"TrailName":"main","EventSelectors":[{"DataResources":[{"Type":"AWS::S3::Object"}]}]}""")).Failed(400, "InvalidEventSelectorsException");
        (await Trail("DeleteTrail", """{"Name":"main"}""")).Succeeded();
        (await Trail("GetTrail", """{"Name":"main"}""")).Failed(400, "TrailNotFoundException", "Unknown trail: main for the user: 123456789012");
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private Task<Answer> Trail(string operation, string input) => Aws.Send("cloudtrail", "/", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101." + operation, input);

    private async Task LoggingTrail()
    {
        (await Trail("CreateTrail", """{"Name":"main","S3BucketName":"logs"}""")).Succeeded();
        (await Trail("StartLogging", """{"Name":"main"}""")).Succeeded();
    }

    private async Task<List<JsonElement>> Lookup(string name) =>
        [.. (await Trail("LookupEvents", $$"""{"LookupAttributes":[{"AttributeKey":"EventName","AttributeValue":"{{name}}"}]}""")).Succeeded().Json.GetProperty("Events").EnumerateArray()];
}
