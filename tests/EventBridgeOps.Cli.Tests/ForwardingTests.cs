using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Sandbox;

namespace EventBridgeOps.Cli.Tests;

/// <summary>Two projects in two accounts that forward events to each other.</summary>
public sealed class ForwardingTests : CliTest
{
    private const string Uploads = "123456789012", Analytics = "444455556666";

    private readonly ManualTimeProvider _time = new() { AutoAdvance = true, Origin = new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero) };

    protected override SandboxOptions Options => new() { TimeProvider = _time };

    [Fact]
    public async Task Events_pass_in_both_directions()
    {
        string uploads = await MakeAsync("uploads", Uploads, "file-uploaded", "report-ready", "analytics", Analytics);
        string analytics = await MakeAsync("analytics", Analytics, "report-ready", "file-uploaded", "uploads", Uploads);
        Outcome pair = (await Ebops.RunAsync(["project", "test", uploads, "--with", analytics, "--output", "json"])).Ended(ExitCode.Done);
        Assert.Equal(["uploads to analytics", "analytics to uploads"], pair.Json.Where(finding => (string)finding!["Check"]! == "Pair").Select(finding => (string)finding!["Item"]!));

        (await ProjectAsync("publish", uploads, Uploads)).Ended(ExitCode.Done);
        (await ProjectAsync("publish", analytics, Analytics)).Ended(ExitCode.Done);
        await PutAsync(Uploads, "uploads", "FileUploaded");
        await PutAsync(Analytics, "analytics", "ReportReady");
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal((Uploads, "com.example.uploads"), await ReceivedAsync(Analytics, "analytics-received"));
        Assert.Equal((Analytics, "com.example.analytics"), await ReceivedAsync(Uploads, "uploads-received"));
        foreach ((string folder, string account) in new[] { (uploads, Uploads), (analytics, Analytics) })
        {
            (await ProjectAsync("status", folder, account)).Ended(ExitCode.Done);
            (await ProjectAsync("unpublish", folder, account, "--discard", "Received")).Ended(ExitCode.Done);
        }
    }

    /// <summary>A project that sends one kind of events to the other, and puts those of the other into a queue.</summary>
    private async Task<string> MakeAsync(string name, string account, string sends, string takes, string other, string otherAccount)
    {
        string folder = Path.Combine(Journal, name);
        (await Ebops.RunAsync(["project", "new", folder, "--name", name])).Ended(ExitCode.Done);
        await WriteAsync(folder, "ebproject.yaml", $$"""
            name: {{name}}
            environments:
              development: {account: "{{account}}", region: eu-west-1}
            defaults: {source: com.example.{{name}}, deadLetterQueue: {name: "${EventBusName}-dead-letters"} }
            consumers:
              {{other}}: {account: "{{otherAccount}}", bus: "arn:aws:events:eu-west-1:{{otherAccount}}:event-bus/{{other}}", events: [{{sends}}.v1]}
            producers:
              {{other}}: {bus: "arn:aws:events:eu-west-1:{{otherAccount}}:event-bus/{{other}}", sources: [com.example.{{other}}]}

            """);
        foreach ((string schema, string source) in new[] { (sends, name), (takes, other) })
        {
            await WriteAsync(folder, $"schemas/{schema}.v1.json", $$"""{"x-amazon-events-source": "com.example.{{source}}", "type": "object", "required": ["id"], "properties": {"id": {"type": "string"} } }""");
            await WriteAsync(folder, $"examples/{schema}.v1/one.json", """{"id": "1"}""");
        }

        await WriteAsync(folder, "rules/receive.yaml", $$"""
            pattern: {source: [com.example.{{other}}]}
            targets:
              queue: {arn: !GetAtt Received.Arn}

            """);
        await WriteAsync(folder, "resources/queue.yaml", """
            Resources:
              Received:
                Type: AWS::SQS::Queue
                Properties: {QueueName: !Sub "${EventBusName}-received"}

            """);
        return folder;
    }

    private static async Task WriteAsync(string folder, string file, string text)
    {
        string path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text, Token);
    }

    private Task<Outcome> ProjectAsync(string command, string folder, string account, params string[] more)
    {
        string[] session = [.. Session];
        session[Array.IndexOf(session, "--access-key") + 1] = account; // A key that is the ID of an account is one of this account.
        return Ebops.RunAsync(["project", command, folder, .. command == "status" ? Array.Empty<string>() : ["--yes"], .. more, .. session], time: _time);
    }

    private async Task PutAsync(string account, string bus, string detailType)
    {
        using AwsClient aws = new(Server.Endpoint, accessKey: account);
        (await aws.Events("PutEvents", new JsonObject { ["Entries"] = new JsonArray(new JsonObject { ["EventBusName"] = bus, ["Source"] = "com.example." + bus, ["DetailType"] = detailType, ["Detail"] = """{"id": "1"}""" }) }.ToJsonString())).Succeeded();
    }

    /// <summary>The account and the source of the only event in a queue.</summary>
    private async Task<(string?, string?)> ReceivedAsync(string account, string queue)
    {
        using AwsClient aws = new(Server.Endpoint, accessKey: account);
        string url = (await SqsAsync("GetQueueUrl", $$"""{"QueueName": "{{queue}}"}""")).GetProperty("QueueUrl").GetString()!;
        JsonElement message = Assert.Single((await SqsAsync("ReceiveMessage", $$"""{"QueueUrl": "{{url}}", "MaxNumberOfMessages": 10}""")).GetProperty("Messages").EnumerateArray());
        JsonNode body = JsonNode.Parse(message.GetProperty("Body").GetString()!)!;
        return ((string?)body["account"], (string?)body["source"]);

        async Task<JsonElement> SqsAsync(string operation, string input) => (await aws.Send("sqs", "/", "AmazonSQS." + operation, input, "application/x-amz-json-1.0")).Succeeded().Json;
    }
}
