using System.Text.Json.Nodes;
using System.Xml.Linq;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Cli.Tests;

/// <summary>Projects on the command line, tested live on a sandbox.</summary>
public sealed class LiveProjectTests : CliTest
{
    private readonly ManualTimeProvider _time = new() { AutoAdvance = true, Origin = new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero) };

    private string Folder => Path.Combine(Journal, "project");

    // The sandbox and the command have one clock, so that nobody waits.
    protected override SandboxOptions Options => new() { TimeProvider = _time };

    [Theory]
    [InlineData("orchestrator", "transcribe-uploads")]
    [InlineData("mvp", "mvp-requests")]
    [InlineData("cicd", "deployment-ready")]
    [InlineData("ecr-batch", null)]
    [InlineData("empty", null)]
    public async Task Each_sample_passes_and_leaves_nothing(string sample, string? rule)
    {
        await MakeAsync(sample);
        string[] before = await ListAsync();

        Outcome live = (await LiveAsync("--output", "json")).Ended(ExitCode.Done);

        Assert.Equal(rule is not null, live.Json.Any(result => (string)result!["RuleName"]! == rule && (string)result["State"]! == "Passed"));
        Assert.DoesNotContain(live.Json, result => (string)result!["State"]! is "Failed" or "Unknown");
        Assert.Equal(rule is not null, live.Error.Contains("Latency: p50", StringComparison.Ordinal));
        Assert.Equal(before, await ListAsync());
    }

    [Fact]
    public async Task Reports_have_what_failed()
    {
        await MakeAsync("orchestrator");
        Server.Faults.Add(new FaultRule { Operation = "PutEvents", Fault = Fault.PartialFailure("NotAuthorizedForSourceException") });
        string junit = Path.Combine(Journal, "live.xml");

        Outcome live = (await LiveAsync("--report", "junit=" + junit, "--output", "markdown")).Ended(ExitCode.Error);

        XElement suites = XDocument.Load(junit).Root!;
        Assert.True((int)suites.Attribute("failures")! > 0);
        Assert.Contains("transcribe-uploads/transcription", suites.ToString(), StringComparison.Ordinal);
        Assert.Contains("The event was not sent: ", live.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_killed_test_left_is_deleted_by_the_next()
    {
        await MakeAsync("orchestrator");
        string[] before = await ListAsync();
        await KillTestAsync();
        string[] left = await ListAsync();

        Outcome next = (await LiveAsync()).Ended(ExitCode.Done);

        Assert.Contains(left.Except(before), name => name.StartsWith("rule ebops-test-", StringComparison.Ordinal));
        Assert.Contains(left.Except(before), name => name.StartsWith("bus ebops-test-", StringComparison.Ordinal));
        Assert.Contains(left.Except(before), name => name.StartsWith("queue ebops-test-", StringComparison.Ordinal));
        Assert.Contains("An earlier live test was interrupted.", next.Error, StringComparison.Ordinal);
        Assert.Equal(before, await ListAsync());
    }

    [Fact]
    public async Task What_a_killed_test_left_is_deleted_with_the_stack()
    {
        await MakeAsync("orchestrator");
        string[] before = await ListAsync();
        (await RunAsync(_time, "project", "publish", Folder, "--skip-test", "--yes")).Ended(ExitCode.Done);
        await KillTestAsync();
        Assert.Contains(await ListAsync(), name => name.StartsWith("bus ebops-test-", StringComparison.Ordinal));

        (await RunAsync(_time, "project", "unpublish", Folder, "--discard", "Archive", "--yes")).Ended(ExitCode.Done);

        Assert.Equal(before, await ListAsync());
    }

    [Fact]
    public async Task Targets_are_invoked_after_confirmation_only()
    {
        await MakeAsync("orchestrator");
        await DeployAsync();
        string[] before = await ListAsync();

        (await LiveAsync("--invoke-targets", "welcome-users")).Ended(ExitCode.Error); // It asks, and no terminal is here.
        Outcome seen = (await LiveAsync("--invoke-targets", "welcome-users", "--what-if")).Ended(ExitCode.Done);
        Assert.Equal(0, await CountAsync("welcome"));
        Outcome live = (await LiveAsync("--invoke-targets", "welcome-users", "--yes", "--output", "json")).Ended(ExitCode.Done);

        Assert.Contains("rule welcome-users (welcome)", seen.Error, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync("welcome"));
        Assert.Contains(live.Json, result => (string)result!["EventBusName"]! == "development-application-events" && result["TargetId"] is null && (string)result["State"]! == "Passed");
        Assert.Contains(live.Json, result => (string)result!["EventBusName"]! == "development-application-events" && (string?)result["TargetId"] == "welcome" && (string)result["State"]! == "Unknown");
        Assert.Equal(before, await ListAsync());
    }

    [Fact]
    public async Task Options_of_a_live_test_need_one()
    {
        await MakeAsync("orchestrator");

        Outcome unknown = (await LiveAsync("--environment", "production")).Ended(ExitCode.Error);
        Outcome alone = (await RunAsync("project", "test", Folder, "--environment", "development")).Ended(ExitCode.Error);
        Outcome watched = (await LiveAsync("--watch")).Ended(ExitCode.Error);
        Outcome rule = (await LiveAsync("--invoke-targets", "welcome-user", "--yes")).Ended(ExitCode.Error);

        Assert.Contains("The project has no environment production. Environments: development.", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("can only be specified with --live.", alone.Error, StringComparison.Ordinal);
        Assert.Contains("--live and --watch cannot be used together.", watched.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean welcome-users?", rule.Error, StringComparison.Ordinal);
    }

    private async Task MakeAsync(string sample)
    {
        (await Ebops.RunAsync(["project", "new", Folder, "--sample", sample])).Ended(ExitCode.Done);
        foreach (string file in Directory.GetFiles(Folder, "*.*", SearchOption.AllDirectories))
            await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Token)).Replace("111122223333", "123456789012", StringComparison.Ordinal), Token);
    }

    private Task<Outcome> LiveAsync(params string[] more) => RunAsync(_time, ["project", "test", Folder, "--live", .. more]);

    /// <summary>A live test that is killed while it sends.</summary>
    private async Task KillTestAsync()
    {
        TimeSpan hang = TimeSpan.FromHours(2);
        Server.Faults.Add(new FaultRule { Operation = "PutEvents", Fault = Fault.Slow(hang) });
        using (EbopsProcess process = new(["project", "test", Folder, "--live", .. Session]))
        {
            await _time.SomebodyWaitsAsync(Token, length: hang);
            process.Kill();
            await process.ExitedAsync();
        }

        Server.Faults.Clear();
    }

    private async Task DeployAsync()
    {
        await SendAsync("sqs", "AmazonSQS.CreateQueue", """{"QueueName":"welcome","Attributes":{"Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"events.amazonaws.com\"},\"Action\":\"sqs:SendMessage\",\"Resource\":\"*\"}]}"}}""");
        await SendAsync("events", "AWSEvents.CreateEventBus", """{"Name":"development-application-events"}""");
        await SendAsync("events", "AWSEvents.PutRule", """{"Name":"welcome-users","EventBusName":"development-application-events","EventPattern":"{\"detail-type\":[\"UserRegistered\"]}"}""");
        await SendAsync("events", "AWSEvents.PutTargets", """{"Rule":"welcome-users","EventBusName":"development-application-events","Targets":[{"Id":"welcome","Arn":"arn:aws:sqs:eu-west-1:123456789012:welcome"}]}""");
    }

    private async Task<int> CountAsync(string queue)
    {
        JsonNode answer = await SendAsync("sqs", "AmazonSQS.GetQueueAttributes", $$"""{"QueueUrl":"{{Server.Endpoint}}123456789012/{{queue}}","AttributeNames":["ApproximateNumberOfMessages"]}""");
        return int.Parse((string)answer["Attributes"]!["ApproximateNumberOfMessages"]!, null);
    }

    /// <summary>All event buses, rules and queues.</summary>
    private async Task<string[]> ListAsync()
    {
        List<string> names = [];
        foreach (string bus in (await SendAsync("events", "AWSEvents.ListEventBuses", "{}"))["EventBuses"]!.AsArray().Select(bus => (string)bus!["Name"]!))
        {
            names.Add("bus " + bus);
            JsonNode rules = await SendAsync("events", "AWSEvents.ListRules", new JsonObject { ["EventBusName"] = bus }.ToJsonString());
            names.AddRange(rules["Rules"]!.AsArray().Select(rule => $"rule {bus}/{(string)rule!["Name"]!}"));
        }

        names.AddRange((await SendAsync("sqs", "AmazonSQS.ListQueues", "{}"))["QueueUrls"]?.AsArray().Select(url => "queue " + ((string)url!).Split('/')[^1]) ?? []);
        return [.. names];
    }

    private async Task<JsonNode> SendAsync(string service, string target, string body) =>
        JsonNode.Parse((await Aws.Send(service, "/", target, body, service == "sqs" ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1")).Succeeded().Text is { Length: > 0 } text ? text : "{}")!;
}
