using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.Lambda;

/// <summary>Queues whose messages functions get. https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html.</summary>
public sealed class EventSourceTests : QueueFunctionTest
{
    [Fact]
    public async Task FunctionGetsTheMessageAsARecordAndTheQueueIsEmptyAfterwards()
    {
        await Prepare("""echo "$event" > "$PIPE"; respond null""");
        Assert.Equal(202, (await Map("q")).Status);
        (await Sqs("SendMessage", $$$"""{"QueueUrl":"{{{Url("q")}}}","MessageBody":"hello","MessageAttributes":{"a":{"DataType":"String","StringValue":"b"} } }""")).Succeeded();
        Server.AdvanceTime(TimeSpan.Zero);
        JsonElement record = JsonDocument.Parse(await ReadPipe()).RootElement.GetProperty("Records")[0];
        Assert.Equal(
            ("hello", "aws:sqs", Queues + "q", "eu-west-1", "b", "1"),
            (Text("body"), Text("eventSource"), Text("eventSourceARN"), Text("awsRegion"), record.GetProperty("messageAttributes").GetProperty("a").GetProperty("stringValue").GetString(),
                record.GetProperty("attributes").GetProperty("ApproximateReceiveCount").GetString()));
        await HasMessages("q", 0, 0);

        string Text(string name) => record.GetProperty(name).GetString()!;
    }

    [Fact]
    public async Task MessagesBeforeTheMappingAreReadTooAndNoneOfADisabledOne()
    {
        await Prepare(Bodies + " respond null");
        await SendMessages("q", "1", "2");
        string id = (await Map("q", ",\"Enabled\":false")).Json.GetProperty("UUID").GetString()!;
        Server.AdvanceTime(TimeSpan.FromMinutes(5));
        await HasMessages("q", 2, 0);
        Answer updated = await Lambda(HttpMethod.Put, "2015-03-31/event-source-mappings/" + id, """{"Enabled":true}""");
        Assert.Equal((202, "Updating"), (updated.Status, updated.Json.GetProperty("State").GetString()));
        Server.AdvanceTime(TimeSpan.Zero);
        Assert.Equal("1,2", await ReadPipe());
        Assert.Equal("Enabled", (await Lambda(HttpMethod.Get, "2015-03-31/event-source-mappings/" + id)).Succeeded().Json.GetProperty("State").GetString());
    }

    [Fact]
    public async Task FailedBatchComesBackAfterTheVisibilityTimeoutAndIsGivenUpByTheRedrivePolicy()
    {
        await MakeQueue("dead");
        await Prepare(Bodies + """ fail '{"errorMessage":"no"}'""", $$""" "RedrivePolicy":"{\"deadLetterTargetArn\":\"{{Queues}}dead\",\"maxReceiveCount\":2}" """);
        Assert.Equal(202, (await Map("q")).Status);
        await SendMessages("q", "x");
        Assert.Equal("x", await ReadPipe());
        await HasMessages("q", 0, 1);
        Server.AdvanceTime(TimeSpan.FromSeconds(30));
        Assert.Equal("x", await ReadPipe());
        Server.AdvanceTime(TimeSpan.FromSeconds(30));
        JsonElement dead = await Arrived("dead");
        Assert.Equal(("x", Queues + "q"), (dead.GetProperty("Body").GetString(), dead.GetProperty("Attributes").GetProperty("DeadLetterQueueSourceArn").GetString()));
        await HasMessages("q", 0, 0);
    }

    [Fact]
    public async Task WindowCollectsABatch()
    {
        await Prepare(Bodies + " respond null");
        Assert.Equal(202, (await Map("q", ",\"MaximumBatchingWindowInSeconds\":20,\"BatchSize\":100")).Status);
        await SendMessages("q", "1");
        Server.AdvanceTime(TimeSpan.FromSeconds(10));
        await SendMessages("q", "2");
        await HasMessages("q", 2, 0);
        Server.AdvanceTime(TimeSpan.FromSeconds(10));
        Assert.Equal("1,2", await ReadPipe());
    }

    [Theory]
    [InlineData("""{"body":{"kind":["a"]}}""", "{\"kind\":\"a\"}", "{\"kind\":\"b\"}")]
    [InlineData("""{"body":{"kind":[{"exists":true}]}}""", "{\"kind\":1}", "text")]
    [InlineData("""{"body":[{"prefix":"text"}]}""", "text one", "{\"kind\":\"text\"}")]
    [InlineData("""{"messageAttributes":{"none":[{"exists":false}]},"body":[{"anything-but":"b"}]}""", "a", "b")]
    public async Task WhatNoFilterWantsIsDeleted(string filter, string wanted, string other)
    {
        await Prepare("""echo "$event" > "$PIPE"; respond null""");
        string criteria = $$$""","FilterCriteria":{"Filters":[{"Pattern":{{{JsonSerializer.Serialize(filter)}}}}]}""";
        Assert.Equal(202, (await Map("q", criteria)).Status);
        await SendMessages("q", other, wanted);
        JsonElement records = JsonDocument.Parse(await ReadPipe()).RootElement.GetProperty("Records");
        Assert.Equal(wanted, Assert.Single(records.EnumerateArray()).GetProperty("body").GetString());
        await HasMessages("q", 0, 0);
    }

    [Theory]
    [InlineData("", "\"*\"", """ "VisibilityTimeout":"2" """, "Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds")]
    [InlineData(",\"BatchSize\":11", "\"*\"", "", "Maximum batch window in seconds must be greater than 0")]
    [InlineData("", "\"sqs:DeleteMessage\"", "", "does not have permissions to call ReceiveMessage on SQS")]
    [InlineData(",\"FilterCriteria\":{\"Filters\":[{\"Pattern\":\"{\"}]}", "\"*\"", "", "Invalid filter pattern definition.")]
    [InlineData(",\"StartingPosition\":\"LATEST\"", "\"*\"", "", "StartingPosition")]
    public async Task MappingThatCannotWorkIsRefused(string more, string actions, string attributes, string reason)
    {
        await Prepare("respond null", attributes, actions);
        Answer answer = await Map("q", more);
        Assert.Equal(400, answer.Status);
        Assert.Contains(reason, answer.Text);
        Assert.Empty((await Lambda(HttpMethod.Get, "2015-03-31/event-source-mappings/")).Succeeded().Json.GetProperty("EventSourceMappings").EnumerateArray());
    }

    [Fact]
    public async Task MappingHasTags()
    {
        await Prepare("respond null");
        string tags = "2017-03-31/tags/" + (await Map("q", ""","Tags":{"a":"1"}""")).Json.GetProperty("EventSourceMappingArn").GetString();
        Assert.Equal(204, (await Lambda(HttpMethod.Post, tags, """{"Tags":{"b":"2"}}""")).Status);
        Assert.Equal(204, (await Lambda(HttpMethod.Delete, tags + "?tagKeys=a")).Status);
        Assert.Equal("""{"b":"2"}""", (await Lambda(HttpMethod.Get, tags)).Succeeded().Json.GetProperty("Tags").GetRawText());
        (await Lambda(HttpMethod.Get, tags + "x")).Failed(404, "ResourceNotFoundException");
    }

    [Fact]
    public async Task QueueMustExistAndHaveTheFunctionOnce()
    {
        await Prepare("respond null");
        (await Map("none")).Failed(400, "InvalidParameterValueException");
        (await Map("q", function: "none")).Failed(404, "ResourceNotFoundException");
        string id = (await Map("q")).Json.GetProperty("UUID").GetString()!;
        (await Map("q")).Failed(409, "ResourceConflictException");
        (await Lambda(HttpMethod.Put, "2015-03-31/functions/f/configuration", """{"Timeout":31}""")).Failed(400, "InvalidParameterValueException");
        Assert.Equal("Deleting", (await Lambda(HttpMethod.Delete, "2015-03-31/event-source-mappings/" + id)).Json.GetProperty("State").GetString());
        (await Lambda(HttpMethod.Get, "2015-03-31/event-source-mappings/" + id)).Failed(404, "ResourceNotFoundException");
        await SendMessages("q", "left");
        await HasMessages("q", 1, 0);
    }

    [Fact]
    public async Task WithoutPermissionTheMessagesStay()
    {
        await Prepare(Bodies + " respond null");
        Assert.Equal(202, (await Map("q")).Status);
        (await Iam("DeleteRolePolicy", "&RoleName=f&PolicyName=p")).Succeeded();
        await SendMessages("q", "x");
        Server.AdvanceTime(TimeSpan.FromHours(1));
        await HasMessages("q", 1, 0);
    }

    private async Task Prepare(string handler, string attributes = "", string actions = "\"*\"")
    {
        await MakePipe();
        await MakeFunctionRole(actions);
        await MakeQueue("q", attributes);
        await Create("f", handler, PipeVariable);
    }
}
