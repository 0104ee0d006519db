using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.Page;

public sealed class WorldTests : PageTest
{
    [Fact]
    public async Task EmptySandboxShowsNothing()
    {
        JsonElement world = await World();
        Assert.Equal(0, world.GetProperty("regions").GetProperty("items").GetArrayLength());
        Assert.Equal("eu-west-1", world.GetProperty("region").GetString());
        Assert.Equal("123456789012", world.GetProperty("accountId").GetString());
    }

    [Fact]
    public async Task RulesTargetsQueuesAndJobsAreShown()
    {
        await MakeQueue(Aws, "q");
        await MakeQueue(Aws, "dead");
        await MakeRule(Aws, "r", ToQueue("t", "q", $$""","InputPath":"$.detail","DeadLetterConfig":{"Arn":"{{Sqs}}dead"}"""));
        (await Aws.Batch("CreateJobQueue", """{"jobQueueName":"main","priority":1,"state":"ENABLED"}""")).Succeeded();
        await Register("job");
        (await Aws.Batch("SubmitJob", """{"jobName":"first","jobQueue":"main","jobDefinition":"job"}""")).Succeeded();
        (await Aws.Batch("SubmitJob", """{"jobName":"array","jobQueue":"main","jobDefinition":"job","arrayProperties":{"size":3}}""")).Succeeded();
        await SendEvents(Aws, 2);
        (await CallSqs(Aws, "ReceiveMessage", """{"QueueUrl":"http://localhost/123456789012/q"}""")).Succeeded();

        JsonElement region = Items((await World()).GetProperty("regions")).Single();
        JsonElement rule = Items(Items(region.GetProperty("buses")).Single().GetProperty("rules")).Single();
        Assert.Equal(("r", "ENABLED", """{"source":["a"]}"""), (Text(rule, "name"), Text(rule, "state"), Text(rule, "eventPattern")));
        JsonElement target = Items(rule.GetProperty("targets")).Single();
        Assert.Equal(("t", Sqs + "q", Sqs + "dead", "InputPath"), (Text(target, "id"), Text(target, "arn"), Text(target, "deadLetterQueue"), Text(target, "input")));

        List<JsonElement> queues = Items(region.GetProperty("queues"));
        Assert.Equal(["dead", "q"], queues.Select(queue => Text(queue, "name")));
        Assert.Equal((true, false), (queues[0].GetProperty("isDeadLetterQueue").GetBoolean(), queues[1].GetProperty("isDeadLetterQueue").GetBoolean()));
        Assert.Equal((1, 1), (queues[1].GetProperty("visible").GetInt32(), queues[1].GetProperty("inFlight").GetInt32()));

        List<JsonElement> jobs = Items(region.GetProperty("jobs"));
        Assert.Equal(["array", "first"], jobs.Select(job => Text(job, "name")).Order());
        Assert.All(jobs, job => Assert.Equal(("SUBMITTED", "job:1", "main"), (Text(job, "status"), Text(job, "definition"), Text(job, "queue"))));
    }

    [Theory]
    [InlineData("job:1", "INACTIVE")]
    [InlineData("job:7", "does not exist")]
    [InlineData("other", "does not exist")]
    [InlineData("job:2", null)]
    [InlineData("job", null)]
    [InlineData("arn:aws:batch:us-east-1:123456789012:job-definition/job:1", null)]
    public async Task RevisionIsMarkedIfItIsKnownToBeStale(string reference, string? problem)
    {
        (await Aws.Batch("CreateJobQueue", """{"jobQueueName":"main","priority":1,"state":"ENABLED"}""")).Succeeded();
        await Register("job");
        await Register("job");
        (await Aws.Batch("DeregisterJobDefinition", """{"jobDefinition":"job:1"}""")).Succeeded();
        await MakeRule(Aws, "r", Target("t", reference));
        JsonElement problems = await Problems();
        if (problem is null)
            Assert.Equal(0, problems.GetArrayLength());
        else
            Assert.Contains(problem, Assert.Single(problems.EnumerateArray()).GetString());
    }

    [Fact]
    public async Task MissingQueuesAreMarkedUnlessTheyAreElsewhere()
    {
        await MakeRule(Aws, "r", ToQueue("t", "none", $$""","DeadLetterConfig":{"Arn":"{{Sqs}}none"}"""));
        Assert.Equal(2, (await Problems()).GetArrayLength());
        await MakeRule(Aws, "r", """{"Id":"t","Arn":"arn:aws:sqs:eu-west-1:999999999999:none"}""");
        Assert.Equal(0, (await Problems()).GetArrayLength());
    }

    [Fact]
    public async Task ManyThingsAreCutAndTheRestIsCounted()
    {
        (await Aws.Batch("CreateJobQueue", """{"jobQueueName":"main","priority":1,"state":"ENABLED"}""")).Succeeded();
        await Register("job");
        for (int i = 0; i < 103; i++)
            (await Aws.Batch("SubmitJob", $$"""{"jobName":"j{{i}}","jobQueue":"main","jobDefinition":"job"}""")).Succeeded();
        for (int i = 0; i < 305; i++)
            await PutRule($"r{i}");
        JsonElement region = Items((await World()).GetProperty("regions")).Single();
        Assert.Equal((100, 3), Counts(region.GetProperty("jobs")));
        Assert.Equal((300, 5), Counts(Items(region.GetProperty("buses")).Single().GetProperty("rules")));
    }

    [Fact]
    public async Task StateThatIsNotWhatItShouldBeIsAnError()
    {
        (await Aws.Admin(HttpMethod.Put, "state", """{"version":1,"regions":{"eu-west-1":{"rules":{"x":{"Name":7}}}}}""")).Succeeded();
        Assert.Equal(500, (await Aws.Admin(HttpMethod.Get, "page/world")).Status);
    }

    [Theory]
    [InlineData("", "text/html")]
    [InlineData("page/page.css", "text/css")]
    [InlineData("page/app.js", "text/javascript")]
    [InlineData("page/icon.svg", "image/svg+xml")]
    [InlineData("page/world", "application/json")]
    public async Task PageComesWithAStrictPolicy(string path, string type)
    {
        using HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
        using HttpResponseMessage response = await http.GetAsync(new Uri(Server.Endpoint, "/_sandbox/" + path), Token);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        string policy = Header("Content-Security-Policy");
        Assert.StartsWith("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.Equal(("nosniff", "no-referrer"), (Header("X-Content-Type-Options"), Header("Referrer-Policy")));

        string Header(string name) => string.Join(",", response.Headers.GetValues(name));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site: cross-site\r\nSec-Fetch-Dest: empty\r\n")]
    [InlineData("Sec-Fetch-Site: cross-site\r\nSec-Fetch-Dest: iframe\r\n")]
    [InlineData("Sec-Fetch-Site: same-site\r\nSec-Fetch-Dest: image\r\n")]
    [InlineData("Origin: http://127.0.0.1\r\n")]
    public async Task OtherPagesReadNothing(string headers)
    {
        foreach (string path in new[] { "", "events", "page/world", "page/app.js", "deliveries" })
        {
            using RawConnection connection = await RawConnection.Open(Server.Endpoint);
            await connection.Say($"GET /_sandbox/{path} HTTP/1.1\r\nHost: localhost\r\n{headers}Connection: close\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 403 ", await connection.HearAll(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task LinkOfAnotherPageLeadsHere()
    {
        using RawConnection connection = await RawConnection.Open(Server.Endpoint);
        await connection.Say("GET /_sandbox/ HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Dest: document\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", await connection.HearAll(), StringComparison.Ordinal);
    }

    private static List<JsonElement> Items(JsonElement some) => [.. some.GetProperty("items").EnumerateArray()];

    private static (int Items, int More) Counts(JsonElement some) => (Items(some).Count, some.GetProperty("more").GetInt32());

    private static string? Text(JsonElement of, string member) => of.GetProperty(member).GetString();

    private async Task<JsonElement> World() => (await Aws.Admin(HttpMethod.Get, "page/world")).Succeeded().Json;

    private async Task<JsonElement> Problems()
    {
        JsonElement rule = Items(Items(Items((await World()).GetProperty("regions")).Single().GetProperty("buses")).Single().GetProperty("rules")).Single();
        return Items(rule.GetProperty("targets")).Single().GetProperty("problems");
    }
}
