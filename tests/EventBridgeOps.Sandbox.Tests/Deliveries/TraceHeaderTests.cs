using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EventBridgeOps.Sandbox.Deliveries;
using EventBridgeOps.Sandbox.Tests.Facts;

namespace EventBridgeOps.Sandbox.Tests.Deliveries;

/// <summary>The trace header of an entry goes along to targets, beside the event. Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-related-service-xray.html.</summary>
public sealed class TraceHeaderTests : FactTest
{
    private const string Trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
    private const string Other = "Root=1-00000000-111111111111111111111111;Sampled=0";
    private const string Traced = ",\"TraceHeader\":\"" + Trace + "\"";

    [Theory]
    [InlineData(Trace, null, Trace)]
    [InlineData(null, Other, Other)]
    [InlineData(Trace, Other, Trace)] // That of the entry overrides that of the request.
    [InlineData(null, null, null)]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a994272793", null, "Root=1-5759e988-bd862e3fe1be46a994272793")]
    [InlineData("Self=x;" + Trace + ";Lineage=1:2:3", null, "Self=x;" + Trace + ";Lineage=1:2:3")]
    [InlineData("Root=2-5759e988-bd862e3fe1be46a994272793", null, null)] // What is not valid is dropped, and the event is delivered.
    [InlineData("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=none", null, null)]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=yes", null, null)]
    [InlineData("Parent=53995c3f42cd8ad8", null, null)]
    [InlineData("anything", null, null)]
    [InlineData(null, "anything", null)]
    public async Task QueueReceivesItAsASystemAttributeAndNotInTheEvent(string? entry, string? request, string? received)
    {
        await MakeQueue("q");
        await RuleWith(QueueTarget("q"));
        await PutAsync(Entry("{}", entry is null ? "" : $",\"TraceHeader\":\"{entry}\""), request);
        Assert.Equal(DeliveryOutcome.Delivered, Delivery().Outcome);
        (JsonElement body, string? trace) = await ReceiveAsync("q");
        Assert.Equal(received, trace);
        Assert.DoesNotContain("Root=", body.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("trace", body.GetRawText(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(0, 400)]
    [InlineData(500, 200)]
    [InlineData(501, 400)]
    public async Task ItHas1To500Letters(int length, int status) =>
        Assert.Equal(status, (await Aws.Events("PutEvents", $$"""{"Entries":[{{Entry("{}", $",\"TraceHeader\":\"{new string('x', length)}\"")}}]}""")).Status);

    [Fact]
    public async Task ItDoesNotCountToTheSizeOfTheEntry()
    {
        const int Limit = 1024 * 1024;
        string detail = $$"""{"x":"{{new string('x', Limit - "{\"x\":\"\"}ad".Length)}}"}""";
        Assert.Equal(0, (await PutEvents(Entry(detail, Traced))).GetProperty("FailedEntryCount").GetInt32());
    }

    [Fact]
    public async Task DeadLetterHasIt()
    {
        await MakeQueue("dead");
        await RuleWith(QueueTarget("missing", Dead));
        await PutEvents(Entry("{}", Traced));
        Assert.Equal(DeliveryOutcome.DeadLettered, Delivery().Outcome);
        Assert.Equal(Trace, (await ReceiveAsync("dead")).Trace);
    }

    [Fact]
    public async Task RetryHasIt()
    {
        await MakeQueue("q");
        Server.Faults.Add(new() { Service = Faults.FaultRule.Delivery, Times = 1, Fault = Faults.Fault.Throttle() });
        await RuleWith(QueueTarget("q"));
        await PutEvents(Entry("{}", Traced));
        Assert.Equal(DeliveryOutcome.Retrying, Delivery().Outcome);
        Server.AdvanceTime(TimeSpan.FromMinutes(1));
        Assert.Equal(Trace, (await ReceiveAsync("q")).Trace);
    }

    [Fact]
    public async Task ReplayedEventHasNone()
    {
        (await Aws.Events("CreateArchive", $$"""{"ArchiveName":"a","EventSourceArn":"{{Bus}}default",{{Pattern("""{"source":["a"]}""")}}}""")).Succeeded();
        await MakeQueue("q");
        await RuleWith(QueueTarget("q"));
        await PutEvents(Entry("{}", Traced));
        Assert.Equal(Trace, (await ReceiveAsync("q")).Trace);
        string archive = (await Aws.Events("DescribeArchive", """{"ArchiveName":"a"}""")).Succeeded().Json.GetProperty("ArchiveArn").GetString()!;
        long now = Clock.GetUtcNow().ToUnixTimeSeconds();
        (await Aws.Events("StartReplay", $$"""{"ReplayName":"r","EventSourceArn":"{{archive}}","EventStartTime":{{now - 60}},"EventEndTime":{{now + 60}},"Destination":{"Arn":"{{Bus}}default"} }""")).Succeeded();
        Server.AdvanceTime(TimeSpan.FromMinutes(10));
        (JsonElement body, string? trace) = await ReceiveAsync("q");
        Assert.Equal(("r", null), (body.GetProperty("replay-name").GetString(), trace));
    }

    /// <summary>"X-Ray doesn't trace events that originate from AWS services", whoever made the call that the service reports.</summary>
    [Fact]
    public async Task EventOfAServiceHasNone()
    {
        await MakeQueue("q");
        (await PutAnyRule("r", Pattern("""{"source":["aws.ecr"]}"""))).Succeeded();
        (await PutTargets("r", QueueTarget("q"))).Succeeded();
        (await Aws.Ecr("CreateRepository", """{"repositoryName":"app"}""")).Succeeded();
        await SendAsync("ecr", "AmazonEC2ContainerRegistry_V20150921.PutImage", """{"repositoryName":"app","imageManifest":"{\"schemaVersion\":2,\"layers\":[]}"}""", Trace);
        Assert.Null((await ReceiveAsync("q")).Trace);
    }

    /// <summary>https://docs.aws.amazon.com/sns/latest/dg/sns-active-tracing.html: SNS passes a trace through to its subscribers.</summary>
    [Fact]
    public async Task TopicPassesItOn()
    {
        await MakeQueue("q");
        (await Sqs("SetQueueAttributes", $$"""{"QueueUrl":"http://localhost/123456789012/q","Attributes":{"Policy":"{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sqs:SendMessage\",\"Resource\":\"*\"} }"} }""")).Succeeded();
        const string Open = """{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sns:Publish","Resource":"*"}}""";
        await SnsAsync($"Action=CreateTopic&Name=t&Attributes.entry.1.key=Policy&Attributes.entry.1.value={Uri.EscapeDataString(Open)}");
        await SnsAsync($"Action=Subscribe&TopicArn={Topics}t&Protocol=sqs&Endpoint={Queues}q");
        await RuleWith($$"""{"Id":"t","Arn":"{{Topics}}t"}""");
        await PutEvents(Entry("{}", Traced));
        Assert.Equal(Trace, (await ReceiveAsync("q")).Trace);

        async Task SnsAsync(string form) => (await Aws.Send("sns", "/", null, form + "&Version=2010-03-31", "application/x-www-form-urlencoded")).Succeeded();
    }

    /// <summary>https://docs.aws.amazon.com/xray/latest/devguide/xray-services-sqs.html: the header of a request, unless the message has the attribute.</summary>
    [Theory]
    [InlineData("", Other)]
    [InlineData(",\"MessageSystemAttributes\":{\"AWSTraceHeader\":{\"DataType\":\"String\",\"StringValue\":\"" + Trace + "\"}}", Trace)]
    public async Task MessageHasThatOfItsRequest(string more, string received)
    {
        await MakeQueue("q");
        await SendAsync("sqs", "AmazonSQS.SendMessage", $$"""{"QueueUrl":"http://localhost/123456789012/q","MessageBody":"{}"{{more}}}""", Other);
        Assert.Equal(received, (await ReceiveAsync("q")).Trace);
    }

    private Task PutAsync(string entry, string? trace) => SendAsync("events", "AWSEvents.PutEvents", $$"""{"Entries":[{{entry}}]}""", trace);

    private async Task SendAsync(string service, string target, string input, string? trace)
    {
        using HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
        using HttpRequestMessage request = new(HttpMethod.Post, Server.Endpoint) { Content = new StringContent(input, Encoding.UTF8, "application/x-amz-json-1.1") };
        request.Headers.Authorization = new AuthenticationHeaderValue("AWS4-HMAC-SHA256", $"Credential=test/20260101/eu-west-1/{service}/aws4_request");
        request.Headers.Add("X-Amz-Target", target);
        if (trace is not null)
            request.Headers.Add("X-Amzn-Trace-Id", trace);
        using HttpResponseMessage response = await http.SendAsync(request, Token);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Token));
    }

    /// <summary>Takes the only message of a queue, with its trace header.</summary>
    private async Task<(JsonElement Body, string? Trace)> ReceiveAsync(string queue)
    {
        JsonElement message = Assert.Single((await Sqs("ReceiveMessage", $$"""{"QueueUrl":"http://localhost/123456789012/{{queue}}","MaxNumberOfMessages":10,"MessageSystemAttributeNames":["All"]}"""))
            .Succeeded().Json.GetProperty("Messages").EnumerateArray());
        (await Sqs("DeleteMessage", $$"""{"QueueUrl":"http://localhost/123456789012/{{queue}}","ReceiptHandle":"{{message.GetProperty("ReceiptHandle").GetString()}}"}""")).Succeeded();
        return (
            JsonDocument.Parse(message.GetProperty("Body").GetString()!).RootElement,
            message.GetProperty("Attributes").TryGetProperty("AWSTraceHeader", out JsonElement trace) ? trace.GetString() : null);
    }
}
