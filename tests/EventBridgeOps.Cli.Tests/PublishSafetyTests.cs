using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Cli.Tests;

/// <summary>What must not happen by a command alone: work in another account, a loss that was not named, and a drift that is not seen.</summary>
public sealed class PublishSafetyTests : ProjectFixture
{
    private const string Archive = "Archive (its archived events, whose number is unknown, because EventBridge updates it within 24 hours)";

    [Theory]
    [InlineData("publish")]
    [InlineData("publish", "--skip-preflight")]
    [InlineData("unpublish")]
    [InlineData("status")]
    [InlineData("logs")]
    public async Task No_command_works_in_another_account(string command, params string[] more)
    {
        await MakeAsync("orchestrator");
        (await PublishAsync("--skip-test")).Ended(ExitCode.Done);
        await ReplaceAsync(Settings, "123456789012", "210987654321");
        string[] before = await ListAsync();

        Outcome refused = (await ProjectAsync(command, [.. more, .. command.EndsWith("publish", StringComparison.Ordinal) ? ["--yes"] : Array.Empty<string>()])).Ended(ExitCode.Error);

        Assert.Contains("error: WrongAccountOrRegion: Environment development is in account 210987654321, but the credentials are of account 123456789012.", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, await ListAsync());
    }

    [Fact]
    public async Task A_run_that_goes_on_with_other_credentials_checks_them()
    {
        await MakeAsync("orchestrator");
        Server.Faults.Add(new FaultRule { Operation = "PutEvents", Fault = Fault.Error(403, "AccessDenied", "User is not authorized.") });
        (await PublishAsync()).Ended(ExitCode.Error);
        Server.Faults.Clear();
        (await IamAsync("CreateRole", "RoleName=other&AssumeRolePolicyDocument=" + Uri.EscapeDataString("""{"Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}}"""))).Succeeded();

        string assumed = (await Aws.Sts("Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::123456789012:role/other&RoleSessionName=other-session")).Succeeded().Text;
        string[] session = [.. Session];
        (session[3], session[5]) = (Elements(assumed, "AccessKeyId")[0], Elements(assumed, "SecretAccessKey")[0]);
        string other = (await Ebops.RunAsync(["project", "publish", Folder, "--yes", .. session, "--session-token", Elements(assumed, "SessionToken")[0]], time: Time)).Ended(ExitCode.Error).Error;

        Assert.Contains("NG   permissions: not allowed: ", other, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_is_lost_only_if_it_is_named_whatever_its_count_says()
    {
        await MakeAsync("orchestrator");
        (await PublishAsync("--skip-test")).Ended(ExitCode.Done);

        Assert.Contains($"DataLoss: Stack {Stack} was not changed, because data would be lost: {Archive}", (await ProjectAsync("unpublish", "--yes")).Ended(ExitCode.Error).Error, StringComparison.Ordinal);
        await ReplaceAsync(Settings, "archive:\n  retentionDays: 30\n", "");
        Assert.Contains(Archive, (await PublishAsync("--skip-test")).Ended(ExitCode.Error).Error, StringComparison.Ordinal);
        (await PublishAsync("--skip-test", "--discard", "Archive")).Ended(ExitCode.Done);
    }

    [Fact]
    public async Task Events_that_were_to_be_kept_longer_are_lost_only_if_they_are_named()
    {
        await MakeAsync("orchestrator");
        await AddResourcesAsync("Resources:\n  Kept: {Type: AWS::SQS::Queue, Properties: {QueueName: kept, MessageRetentionPeriod: 86400}}\n");
        (await PublishAsync("--skip-test")).Ended(ExitCode.Done);
        // Nothing in it can be older.
        await ReplaceAsync(Settings, "archive:\n  retentionDays: 30\n", "archive:\n  retentionDays: 20\n");
        (await PublishAsync("--skip-test")).Ended(ExitCode.Done);

        Time.Advance(TimeSpan.FromDays(10));
        await ReplaceAsync(Settings, "archive:\n  retentionDays: 20\n", "archive:\n  retentionDays: 5\n");
        Assert.Contains("data would be lost: Archive (its archived events that are older than 5 days)", (await PublishAsync("--skip-test")).Ended(ExitCode.Error).Error, StringComparison.Ordinal);
        (await PublishAsync("--skip-test", "--discard", "Archive")).Ended(ExitCode.Done);

        await SendAsync("sqs", "AmazonSQS.SendMessage", """{"QueueUrl":"http://sqs.eu-west-1.amazonaws.com/123456789012/kept","MessageBody":"m"}""");
        await AddResourcesAsync("Resources:\n  Kept: {Type: AWS::SQS::Queue, Properties: {QueueName: kept, MessageRetentionPeriod: 3600}}\n");
        Assert.Contains("data would be lost: Kept (its messages that are older than 3600 seconds)", (await PublishAsync("--skip-test")).Ended(ExitCode.Error).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_that_a_consumer_has_received_count()
    {
        await MakeAsync("empty");
        await AddResourcesAsync("Resources:\n  Busy: {Type: AWS::SQS::Queue, Properties: {QueueName: busy}}\n");
        (await PublishAsync()).Ended(ExitCode.Done);
        const string Url = "\"QueueUrl\":\"http://sqs.eu-west-1.amazonaws.com/123456789012/busy\"";
        await SendAsync("sqs", "AmazonSQS.SendMessage", $$"""{ {{Url}},"MessageBody":"received"}""");
        await SendAsync("sqs", "AmazonSQS.ReceiveMessage", $$"""{ {{Url}},"VisibilityTimeout":600}""");
        await SendAsync("sqs", "AmazonSQS.SendMessage", $$"""{ {{Url}},"MessageBody":"delayed","DelaySeconds":600}""");

        Assert.Contains("data would be lost: Busy (2 messages)", (await ProjectAsync("unpublish", "--yes")).Ended(ExitCode.Error).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_service_names_otherwise_is_no_difference()
    {
        await MakeAsync("orchestrator");
        await AddResourcesAsync("Resources:\n  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: q, Arn: !GetAtt IndexQueue.Arn}]}}\n");
        await WriteAsync("rules/run-task.yaml", """
            pattern: {source: [com.example.orchestrator], detail-type: [AudioUploaded]}
            targets:
              task:
                arn: arn:aws:ecs:eu-west-1:123456789012:cluster/c
                roleArn: arn:aws:iam::123456789012:role/run-task
                ecsParameters:
                  taskDefinitionArn: arn:aws:ecs:eu-west-1:123456789012:task-definition/t
                  launchType: FARGATE
                  networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1], assignPublicIp: DISABLED}}
                  tags: [{key: team, value: audio}]
            """);
        (await PublishAsync("--skip-test")).Ended(ExitCode.Done);
        (await ProjectAsync("status")).Ended(ExitCode.Done);

        await ChangeTargetAsync("run-task", target => target["EcsParameters"]!["NetworkConfiguration"]!["awsvpcConfiguration"]!["Subnets"] = new JsonArray("subnet-2"));
        Assert.Matches(@"NG +RunTaskRule \(AWS::Events::Rule\): EcsParameters of target task differs", (await ProjectAsync("status")).Ended(ExitCode.SomeFailed).Out);
    }

    [Fact]
    public async Task A_target_that_is_another_resource_is_seen()
    {
        await MakeAsync("orchestrator");
        (await PublishAsync("--skip-test")).Ended(ExitCode.Done);

        await ChangeTargetAsync("index-text", target => target["Arn"] = ((string)target["Arn"]!).Replace("index", "welcome", StringComparison.Ordinal));

        Assert.Matches(@"NG +IndexTextRule \(AWS::Events::Rule\): Arn of target \S+ differs", (await ProjectAsync("status")).Ended(ExitCode.SomeFailed).Out);
    }

    [Fact]
    public async Task An_archive_that_is_retained_keeps_its_event_bus()
    {
        await MakeAsync("orchestrator");
        await File.AppendAllTextAsync(Settings, "retain: [archive]\n", Token);
        (await PublishAsync("--skip-test")).Ended(ExitCode.Done);

        Outcome removed = (await ProjectAsync("unpublish", "--yes", "--output", "json")).Ended(ExitCode.Done);

        Assert.Equal(["Archive", "EventBus"], removed.Json.Where(each => (string)each!["Status"]! == "Kept").Select(each => (string)each!["Resource"]!).Order(StringComparer.Ordinal));
        Assert.Contains($"archive {Stack}", await ListAsync());
    }

    [Fact]
    public async Task A_schema_that_is_in_the_registry_is_published_though_the_live_test_failed()
    {
        await MakeAsync("orchestrator");
        Server.Faults.Add(new FaultRule { Operation = "PutEvents", Fault = Fault.Error(403, "AccessDenied", "User is not authorized.") });
        (await PublishAsync()).Ended(ExitCode.Error);
        Server.Faults.Clear();

        await ReplaceAsync(Path.Combine(Folder, "schemas", "user-registered.v1.json"), "\"title\": \"", "\"title\": \"Edited: ");

        Assert.Contains("user-registered.v1", (await PublishAsync("--skip-test")).Ended(ExitCode.Error).Error, StringComparison.Ordinal);
    }

    private async Task ChangeTargetAsync(string rule, Action<JsonNode> change)
    {
        JsonArray targets = (await SendAsync("events", "AWSEvents.ListTargetsByRule", $$"""{"Rule":"{{rule}}","EventBusName":"development-application-events"}"""))["Targets"]!.AsArray();
        change(targets[0]!);
        await SendAsync("events", "AWSEvents.PutTargets", new JsonObject { ["Rule"] = rule, ["EventBusName"] = "development-application-events", ["Targets"] = targets.DeepClone() }.ToJsonString());
    }
}
