using System.Net.Http.Headers;
using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.Lambda;

/// <summary>Where the outcome of an event goes. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html.</summary>
public sealed class DestinationTests : QueueFunctionTest
{
    private const string Config = "2019-09-25/functions/f/event-invoke-config";

    [Fact]
    public async Task FailedEventGoesToItsDestinationAndIntoTheDeadLetterQueue()
    {
        await MakeFunctionRole();
        await MakeQueue("failed");
        await MakeQueue("dead");
        await Create("f", """fail '{"errorMessage":"no","errorType":"Bad"}'""", $$$""","DeadLetterConfig":{"TargetArn":"{{{Queues}}}dead"}""");
        (await Lambda(HttpMethod.Put, Config, $$$"""{"MaximumRetryAttempts":0,"DestinationConfig":{"OnFailure":{"Destination":"{{{Queues}}}failed"} } }""")).Succeeded();
        Assert.Equal(202, (await Invoke("f", """{"x":1}""", "Event")).Status);
        Server.AdvanceTime(TimeSpan.Zero);

        JsonElement record = JsonDocument.Parse((await Arrived("failed")).GetProperty("Body").GetString()!).RootElement;
        JsonElement context = record.GetProperty("requestContext");
        Assert.Equal(("1.0", "RetriesExhausted", Functions + "f:$LATEST", 1), (record.GetProperty("version").GetString(), context.GetProperty("condition").GetString(), context.GetProperty("functionArn").GetString(), context.GetProperty("approximateInvokeCount").GetInt32()));
        Assert.Equal("""{"x":1}""", record.GetProperty("requestPayload").GetRawText());
        Assert.Equal("Unhandled", record.GetProperty("responseContext").GetProperty("functionError").GetString());
        Assert.Equal("no", record.GetProperty("responsePayload").GetProperty("errorMessage").GetString());

        JsonElement letter = await Arrived("dead");
        Assert.Equal("""{"x":1}""", letter.GetProperty("Body").GetString());
        JsonElement attributes = letter.GetProperty("MessageAttributes");
        Assert.Equal(
            (context.GetProperty("requestId").GetString(), "200", "no"),
            (Attribute("RequestID"), Attribute("ErrorCode"), Attribute("ErrorMessage")));

        string? Attribute(string name) => attributes.GetProperty(name).GetProperty("StringValue").GetString();
    }

    [Fact]
    public async Task SuccessIsAnEventOnTheBus()
    {
        await MakeFunctionRole();
        string open = JsonSerializer.Serialize("""{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*"}}""");
        await MakeQueue("q", $"\"Policy\":{open}");
        (await Aws.Events("PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"lambda\"],\"detail-type\":[\"Lambda Function Invocation Result - Success\"],\"detail\":{\"responsePayload\":{\"done\":[true]}}}"}""")).Succeeded();
        (await PutTargets("r", $$"""{"Id":"t","Arn":"{{Queues}}q"}""")).Succeeded();
        await Create("f", """respond '{"done":true}'""");
        (await Lambda(HttpMethod.Put, Config, """{"DestinationConfig":{"OnSuccess":{"Destination":"arn:aws:events:eu-west-1:123456789012:event-bus/default"}}}""")).Succeeded();
        Assert.Equal(202, (await Invoke("f", "{}", "Event")).Status);
        Server.AdvanceTime(TimeSpan.Zero);
        JsonElement sent = JsonDocument.Parse((await Arrived("q")).GetProperty("Body").GetString()!).RootElement;
        Assert.Equal("Success", sent.GetProperty("detail").GetProperty("requestContext").GetProperty("condition").GetString());
    }

    [Theory]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:q", "\"sns:Publish\"", "SendMessage on SQS")]
    [InlineData("arn:aws:sns:eu-west-1:123456789012:t", "\"sqs:SendMessage\"", "Publish on SNS")]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:q.fifo", "\"*\"", "is invalid")]
    [InlineData("arn:aws:lambda:eu-west-1:123456789012:function:f", "\"*\"", "for itself")]
    [InlineData("arn:aws:s3:::bucket", "\"*\"", "sandbox")]
    public async Task DestinationThatCannotWorkIsRefused(string destination, string actions, string reason)
    {
        await MakeFunctionRole(actions);
        await Create("f", "respond null");
        Answer answer = await Lambda(HttpMethod.Put, Config, $$$"""{"DestinationConfig":{"OnFailure":{"Destination":"{{{destination}}}"} } }""");
        answer.Failed(400, "InvalidParameterValueException");
        Assert.Contains(reason, answer.Text);
        (await Lambda(HttpMethod.Get, Config)).Failed(404, "ResourceNotFoundException");
    }

    [Fact]
    public async Task FunctionWhoseDeadLettersCannotBeSentIsNotMade()
    {
        await MakeFunctionRole("\"logs:*\"");
        string more = $$$""","DeadLetterConfig":{"TargetArn":"{{{Queues}}}dead"}""";
        (await Lambda(HttpMethod.Post, "2015-03-31/functions", Definition("f", Zip("respond null"), more))).Failed(400, "InvalidParameterValueException");
        (await Lambda(HttpMethod.Get, "2015-03-31/functions/f")).Failed(404, "ResourceNotFoundException");
    }

    [Fact]
    public async Task MetricsCountInvocationsErrorsAndLostLetters()
    {
        await MakeFunctionRole();
        await MakeQueue("dead");
        await Create("f", """case "$event" in *bad*) fail '{"errorMessage":"no"}';; *) respond null;; esac""", $$$""","DeadLetterConfig":{"TargetArn":"{{{Queues}}}dead"}""");
        (await Sqs("DeleteQueue", $$"""{"QueueUrl":"{{Url("dead")}}"}""")).Succeeded();
        await MakeQueue("failed");
        (await Lambda(HttpMethod.Put, Config, $$$"""{"MaximumRetryAttempts":0,"DestinationConfig":{"OnFailure":{"Destination":"{{{Queues}}}failed"} } }""")).Succeeded();
        Assert.Null((await Invoke("f", "{}")).Error);
        await Invoke("f", "\"bad\"", "Event");
        Server.AdvanceTime(TimeSpan.Zero);
        await Arrived("failed");
        Assert.Equal((2d, 1d, 0d, 1d), (await Sum("Invocations"), await Sum("Errors"), await Sum("Throttles"), await Sum("DeadLetterErrors")));
    }

    [Fact]
    public async Task CodeComesFromABucket()
    {
        if (!File.Exists("/bin/bash"))
            Assert.Skip("SKIPPED: bash is needed for the bootstrap of the test.");
        using HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
        await Put("code-bucket", new StringContent("<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>"));
        await Put("code-bucket/p.zip", new ByteArrayContent(Convert.FromBase64String(Zip("respond 1"))));
        const string Code = "\"S3Bucket\":\"code-bucket\",\"S3Key\":\"p.zip\"";
        string definition = $$$"""{"FunctionName":"f","Runtime":"provided.al2023","Handler":"h","Role":"arn:aws:iam::123456789012:role/f","Code":{{{{Code}}}} }""";
        Assert.Equal(201, (await Lambda(HttpMethod.Post, "2015-03-31/functions", definition)).Status);
        Assert.Equal("1", (await Invoke("f")).Text);
        await Put("code-bucket/p.zip", new ByteArrayContent(Convert.FromBase64String(Zip("respond 2"))));
        (await Lambda(HttpMethod.Put, "2015-03-31/functions/f/code", $$"""{{{Code}}}""")).Succeeded();
        Assert.Equal("2", (await Invoke("f")).Text);
        Answer missing = await Lambda(HttpMethod.Put, "2015-03-31/functions/f/code", """{"S3Bucket":"code-bucket","S3Key":"none"}""");
        missing.Failed(400, "InvalidParameterValueException");
        Assert.Contains("S3 Error Code: NoSuchKey", missing.Text);

        async Task Put(string path, HttpContent content)
        {
            using HttpRequestMessage request = new(HttpMethod.Put, new Uri(Server.Endpoint, path)) { Content = content };
            request.Headers.Authorization = new AuthenticationHeaderValue("AWS4-HMAC-SHA256", "Credential=test/20260101/eu-west-1/s3/aws4_request");
            Assert.Equal(200, (int)(await http.SendAsync(request, Token)).StatusCode);
        }
    }

    private async Task<double> Sum(string metric)
    {
        const string Target = "GraniteServiceVersion20100801.GetMetricStatistics";
        string input = $$"""{"Namespace":"AWS/Lambda","MetricName":"{{metric}}","Dimensions":[{"Name":"FunctionName","Value":"f"}],"StartTime":0,"EndTime":3600,"Period":3600,"Statistics":["Sum"]}""";
        return (await Aws.Send("monitoring", "/", Target, input, "application/x-amz-json-1.0")).Succeeded().Json.GetProperty("Datapoints")[0].GetProperty("Sum").GetDouble();
    }
}
