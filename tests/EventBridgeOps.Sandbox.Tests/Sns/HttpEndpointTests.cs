using System.Text.Json;
using System.Threading.Channels;

namespace EventBridgeOps.Sandbox.Tests.Sns;

/// <summary>HTTP endpoints. https://docs.aws.amazon.com/sns/latest/dg/sns-http-https-endpoint-as-subscriber.html.</summary>
public sealed class HttpEndpointTests : SnsTest
{
    private readonly Channel<StubRequest> posts = Channel.CreateUnbounded<StubRequest>();

    [Fact]
    public async Task EndpointConfirmsAndIsNotified()
    {
        using StubServer endpoint = Endpoint(_ => 200);
        await MakeTopic("t");
        Answer subscribed = (await Sns("Subscribe", $"&TopicArn={TopicArn}t&Protocol=http&Endpoint={endpoint.Url}/here")).Succeeded();
        Assert.Equal("pending confirmation", One(subscribed, "SubscriptionArn"));
        Assert.Equal("PendingConfirmation", One(await Sns("ListSubscriptions"), "SubscriptionArn"));
        await Publish("t", "too early");

        StubRequest asked = await Next();
        Assert.Equal(("/here", "SubscriptionConfirmation"), (asked.Path, asked.Headers["x-amz-sns-message-type"]));
        JsonElement confirmation = JsonDocument.Parse(asked.Body).RootElement;
        using HttpClient http = new();
        Assert.True((await http.GetAsync(new Uri(confirmation.GetProperty("SubscribeURL").GetString()!), Token)).IsSuccessStatusCode);
        string arn = One(await Sns("ListSubscriptionsByTopic", $"&TopicArn={TopicArn}t"), "SubscriptionArn");

        await Publish("t", "m");
        StubRequest notified = await Next();
        Assert.Equal(("Notification", TopicArn + "t", arn), (notified.Headers["x-amz-sns-message-type"], notified.Headers["x-amz-sns-topic-arn"], notified.Headers["x-amz-sns-subscription-arn"]));
        Assert.Equal("text/plain; charset=UTF-8", notified.Headers["Content-Type"]);
        Assert.Equal(notified.Headers["x-amz-sns-message-id"], JsonDocument.Parse(notified.Body).RootElement.GetProperty("MessageId").GetString());
    }

    [Fact]
    public async Task FailureOfTheServerIsRetriedThreeTimesAndThenDeadLettered()
    {
        using StubServer endpoint = Endpoint(number => number == 0 ? 200 : 503);
        await MakeQueue("dead");
        await Confirmed(endpoint);
        await Publish("t", "m");
        for (int i = 0; i < 4; i++)
        {
            Server.AdvanceTime(TimeSpan.FromSeconds(20));
            Assert.Equal("Notification", (await Next(advance: false)).Headers["x-amz-sns-message-type"]);
        }

        Assert.Contains("\"Message\" : \"m\"", await Eventually("dead"));
    }

    [Fact]
    public async Task RefusalIsNotRetried()
    {
        using StubServer endpoint = Endpoint(number => number == 0 ? 200 : 404);
        await MakeQueue("dead");
        await Confirmed(endpoint);
        await Publish("t", "m");
        await Next();
        Assert.Contains("\"Message\" : \"m\"", await Eventually("dead"));
        Server.AdvanceTime(TimeSpan.FromMinutes(1));
        Assert.Equal(2, endpoint.Requests.Count);
    }

    [Theory]
    [InlineData("http", "http://example.com/")]
    [InlineData("http", "http://169.254.169.254/latest/meta-data")]
    [InlineData("http", "http://127.0.0.1.example.com/")]
    [InlineData("http", "http://user:secret@127.0.0.1/")]
    [InlineData("http", "https://127.0.0.1/")]
    [InlineData("email", "a@example.com")]
    [InlineData("lambda", "arn:aws:lambda:eu-west-1:123456789012:function:f")]
    [InlineData("pigeon", "coo")]
    [InlineData("sqs", "arn:aws:sqs:us-east-1:123456789012:q")]
    public async Task OtherEndpointsAreRefused(string protocol, string endpoint)
    {
        await MakeTopic("t");
        await Fails(400, "InvalidParameter", "Subscribe", $"&TopicArn={TopicArn}t&Protocol={protocol}&Endpoint={Uri.EscapeDataString(endpoint)}");
    }

    private StubServer Endpoint(Func<int, int> status) => new((request, number) =>
    {
        posts.Writer.TryWrite(request);
        return new StubAnswer(status(number), "");
    });

    private async Task Confirmed(StubServer endpoint)
    {
        await MakeTopic("t");
        string redrive = Uri.EscapeDataString($$"""{"deadLetterTargetArn":"{{QueueArn}}dead"}""");
        (await Sns("Subscribe", $"&TopicArn={TopicArn}t&Protocol=http&Endpoint={endpoint.Url}/&Attributes.entry.1.key=RedrivePolicy&Attributes.entry.1.value={redrive}")).Succeeded();
        string token = JsonDocument.Parse((await Next()).Body).RootElement.GetProperty("Token").GetString()!;
        (await Sns("ConfirmSubscription", $"&TopicArn={TopicArn}t&Token={token}")).Succeeded();
    }

    /// <summary>The next request of the endpoint; the work is planned for now, and the clock of the test stands.</summary>
    private async Task<StubRequest> Next(bool advance = true)
    {
        if (advance)
            Server.AdvanceTime(TimeSpan.Zero);
        return await posts.Reader.ReadAsync(Token);
    }

    /// <summary>What arrives in a queue, of which the receiver waits for a message.</summary>
    private async Task<string?> Eventually(string queue)
    {
        JsonElement answer = (await Sqs("ReceiveMessage", $$"""{"QueueUrl":"http://localhost/123456789012/{{queue}}","WaitTimeSeconds":20}""")).Succeeded().Json;
        return answer.GetProperty("Messages")[0].GetProperty("Body").GetString();
    }
}
