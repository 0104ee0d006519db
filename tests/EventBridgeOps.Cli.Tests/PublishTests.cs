using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Cli.Tests;

/// <summary>Projects that are deployed to a sandbox, changed, and removed.</summary>
public sealed class PublishTests : ProjectFixture
{
    [Theory]
    [InlineData("orchestrator")]
    [InlineData("mvp")]
    [InlineData("cicd")]
    [InlineData("ecr-batch")]
    [InlineData("empty")]
    public async Task A_sample_is_published_shown_and_removed(string sample)
    {
        await MakeAsync(sample);
        string[] before = await ListAsync();

        (await RunAsync(Time, "project", "test", Folder)).Ended(ExitCode.Done);
        Outcome published = (await PublishAsync("--output", "json")).Ended(ExitCode.Done);
        Assert.All(published.Json, change => Assert.Equal("Added", (string)change!["Status"]!));
        Assert.True(published.Json.Count > 0);

        (await ProjectAsync("status")).Ended(ExitCode.Done);
        Outcome again = (await PublishAsync("--output", "json")).Ended(ExitCode.Done);
        Assert.Empty(again.Json);
        (await RunAsync(Time, "project", "test", Folder, "--live")).Ended(ExitCode.Done);

        Outcome removed = (await ProjectAsync("unpublish", "--yes", "--discard", "Archive", "--output", "json")).Ended(ExitCode.Done);
        Assert.All(removed.Json, resource => Assert.Equal((string)resource!["Resource"]! == "JobTable" ? "Kept" : "Deleted", (string)resource["Status"]!)); // The project retains its table.
        // What only CloudFormation can be asked about says so.
        Assert.All(removed.Json.Where(resource => (string)resource!["Status"]! == "Deleted"), resource => Assert.Equal(
            (string)resource!["Kind"]! is "AWS::Events::EventBusPolicy" or "AWS::SQS::QueuePolicy" or "AWS::SNS::TopicPolicy" or "AWS::Logs::ResourcePolicy" or "AWS::Lambda::Permission" or "AWS::Lambda::EventSourceMapping"
                or "AWS::Batch::ComputeEnvironment" or "AWS::Batch::JobQueue" or "AWS::Batch::JobDefinition",
            resource["Reason"] is not null));
        Assert.Equal(before, await ListAsync());
        Assert.Contains("not found", (await ProjectAsync("status")).Ended(ExitCode.SomeFailed).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_written_by_what_if_and_without_consent()
    {
        await MakeAsync("orchestrator");
        string[] before = await ListAsync();

        Outcome seen = (await ProjectAsync("publish", "--what-if", "--output", "json")).Ended(ExitCode.Done);
        Assert.All(seen.Json, change => Assert.Equal("WouldAdd", (string)change!["Status"]!));
        (await ProjectAsync("publish")).Ended(ExitCode.Error);
        Assert.Equal(before, await ListAsync());

        (await PublishAsync()).Ended(ExitCode.Done);
        string[] after = await ListAsync();
        await ReplaceAsync(Path.Combine(Folder, "rules", "log-events.yaml"), "Logs all events.", "Logs each event.");
        Outcome changed = (await ProjectAsync("publish", "--what-if", "--output", "json")).Ended(ExitCode.Done);
        Assert.Equal("LogEventsRule WouldChange", Assert.Single(changed.Json.Select(change => $"{change!["Resource"]} {change["Status"]}")));
        Assert.Equal(after, await ListAsync());
    }

    [Fact]
    public async Task A_change_is_deployed_alone()
    {
        await MakeAsync("orchestrator");
        (await PublishAsync()).Ended(ExitCode.Done);
        await ReplaceAsync(Path.Combine(Folder, "rules", "welcome-users.yaml"), "\"template\": \"welcome\"", "\"template\": \"hello\"");
        await ReplaceAsync(Path.Combine(Folder, "rules", "welcome-users.yaml"), "template: welcome}", "template: hello}");

        Outcome changed = (await PublishAsync("--output", "json")).Ended(ExitCode.Done);

        Assert.Equal("WelcomeUsersRule Changed", Assert.Single(changed.Json.Select(change => $"{change!["Resource"]} {change["Status"]}")));
        JsonNode targets = await SendAsync("events", "AWSEvents.ListTargetsByRule", """{"Rule":"welcome-users","EventBusName":"development-application-events"}""");
        Assert.Contains("hello", targets.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_that_was_left_out_is_not_shown_as_done()
    {
        await MakeAsync("empty");
        (await PublishAsync("--skip-test")).Ended(ExitCode.Done);
        Assert.DoesNotContain("Test: done", (await ProjectAsync("status")).Ended(ExitCode.Done).Out, StringComparison.Ordinal);

        (await PublishAsync()).Ended(ExitCode.Done);
        Assert.Contains("Test: done", (await ProjectAsync("status")).Ended(ExitCode.Done).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_published_yet_is_shown()
    {
        await MakeAsync("orchestrator");
        (await PublishAsync("--skip-test")).Ended(ExitCode.Done);
        string rules = Path.Combine(Folder, "rules");
        File.Copy(Path.Combine(rules, "welcome-users.yaml"), Path.Combine(rules, "greet-users.yaml"));
        File.Delete(Path.Combine(rules, "index-text.yaml"));

        string said = (await ProjectAsync("status")).Ended(ExitCode.SomeFailed).Out;

        Assert.Matches("NG +GreetUsersRule \\(AWS::Events::Rule\\): in the project, but not in the stack", said);
        Assert.Matches("NG +IndexTextRule \\(AWS::Events::Rule\\): in the stack, but not in the project", said);
        (await PublishAsync("--skip-test")).Ended(ExitCode.Done);
        (await ProjectAsync("status")).Ended(ExitCode.Done);
    }

    [Fact]
    public async Task What_somebody_changed_is_shown()
    {
        await MakeAsync("orchestrator");
        (await PublishAsync()).Ended(ExitCode.Done);
        await SendAsync("events", "AWSEvents.DisableRule", """{"Name":"welcome-users","EventBusName":"development-application-events"}""");
        await SendAsync("events", "AWSEvents.RemoveTargets", """{"Rule":"index-text","EventBusName":"development-application-events","Ids":["index"]}""");

        (await Aws.Send("schemas", "/v1/registries/name/orchestrator-development/schemas/name/user-registered.v1", null, """{"Content":"{\"type\":\"object\"}"}""", method: HttpMethod.Put)).Succeeded();

        Outcome status = (await ProjectAsync("status")).Ended(ExitCode.SomeFailed);

        Assert.Contains("NG     UserRegisteredV1Schema (AWS::EventSchemas::Schema): the content of schema user-registered.v1 differs from the project", status.Out, StringComparison.Ordinal);
        Assert.Contains("NG     WelcomeUsersRule (AWS::Events::Rule): DISABLED, but ENABLED in the project", status.Out, StringComparison.Ordinal);
        Assert.Contains("NG     IndexTextRule (AWS::Events::Rule): has no target index", status.Out, StringComparison.Ordinal);
        Assert.Contains("OK     LogEventsRule (AWS::Events::Rule): as in the project", status.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_is_lost_only_where_it_was_named()
    {
        await MakeAsync("orchestrator");
        (await PublishAsync()).Ended(ExitCode.Done);
        await SendAsync("events", "AWSEvents.PutEvents", """{"Entries":[{"Source":"com.example.orchestrator","DetailType":"UserRegistered","Detail":"{\"userId\":\"u\",\"email\":\"a@example.com\"}","EventBusName":"development-application-events"}]}""");
        string archived = await File.ReadAllTextAsync(Settings, Token);
        await File.WriteAllTextAsync(Settings, archived.Replace("archive:\n  retentionDays: 30\n", "", StringComparison.Ordinal), Token);

        Outcome refused = (await PublishAsync()).Ended(ExitCode.Error);
        Assert.Contains("DataLoss: Stack orchestrator-development was not changed, because data would be lost: Archive (1 archived event)", refused.Error, StringComparison.Ordinal);
        Assert.Contains("archive orchestrator-development", await ListAsync());
        Outcome lost = (await PublishAsync("--discard", "Archive", "--output", "json")).Ended(ExitCode.Done);
        Assert.Equal("Archive Removed", Assert.Single(lost.Json.Select(change => $"{change!["Resource"]} {change["Status"]}")));

        // Another name is another event bus.
        await File.WriteAllTextAsync(Settings, (await File.ReadAllTextAsync(Settings, Token)).Replace("    region: eu-west-1\n", "    region: eu-west-1\n    bus: other\n", StringComparison.Ordinal), Token);
        Outcome replaced = (await PublishAsync()).Ended(ExitCode.Error);
        Assert.Contains("EventBus (the event bus, with rules and archives that others made on it)", replaced.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("bus other", await ListAsync());
    }

    [Fact]
    public async Task Messages_that_wait_are_not_deleted_unless_named()
    {
        await MakeAsync("orchestrator");
        (await PublishAsync()).Ended(ExitCode.Done);
        await SendAsync("sqs", "AmazonSQS.SendMessage", $$"""{"QueueUrl":"{{Server.Endpoint}}123456789012/development-application-events-index","MessageBody":"m"}""");

        Outcome refused = (await ProjectAsync("unpublish", "--yes", "--discard", "Archive")).Ended(ExitCode.Error);
        Assert.Contains("IndexQueue (1 message)", refused.Error, StringComparison.Ordinal);
        (await ProjectAsync("unpublish", "--yes", "--discard", "Archive", "--discard", "IndexQueue")).Ended(ExitCode.Done);
    }

    [Fact]
    public async Task From_an_empty_folder_to_an_account_without_a_trace()
    {
        await MakeAsync("orchestrator");
        string[] before = await ListAsync();
        (await RunAsync(Time, "project", "test", Folder)).Ended(ExitCode.Done);
        (await PublishAsync()).Ended(ExitCode.Done);
        (await ProjectAsync("status")).Ended(ExitCode.Done);
        (await RunAsync(Time, "project", "test", Folder, "--live")).Ended(ExitCode.Done);
        await RegisterUserAsync();

        Outcome replayed = (await ReplayAsync("--from", "1h")).Ended(ExitCode.Done);

        Assert.Equal("Completed", (string)Assert.Single(replayed.Json)!["State"]!);
        Assert.Equal("2", await WelcomesAsync());
        (await ProjectAsync("unpublish", "--yes", "--discard", "Archive", "--discard", "WelcomeQueue")).Ended(ExitCode.Done);
        Assert.Equal(before, await ListAsync());
    }

    [Theory]
    [InlineData("ListTargetsByRule")]
    [InlineData("StartReplay")]
    [InlineData("DescribeReplay")]
    public async Task A_replay_whose_command_was_killed_is_not_started_twice(string operation)
    {
        await MakeAsync("orchestrator");
        (await PublishAsync("--skip-test")).Ended(ExitCode.Done);
        await RegisterUserAsync();
        string[] window = ["--replay-name", "again", "--from", "2026-11-28T12:00:00Z", "--to", "2026-11-28T12:20:00Z"];
        Time.Advance(TimeSpan.FromMinutes(30));
        TimeSpan hang = TimeSpan.FromHours(2);
        Server.Faults.Add(new FaultRule { Operation = operation, Fault = Fault.Slow(hang) });
        using (EbopsProcess process = new([.. Replay, .. window, .. Session]))
        {
            await Time.SomebodyWaitsAsync(Token, length: hang);
            process.Kill();
            await process.ExitedAsync();
        }

        Server.Faults.Clear();
        Assert.Equal("Completed", (string)Assert.Single((await ReplayAsync(window)).Ended(ExitCode.Done).Json)!["State"]!);
        Outcome again = (await ReplayAsync(window)).Ended(ExitCode.Done);
        Assert.Contains("Replay again was started before, with the same events and rules. It was not started again.", again.Error, StringComparison.Ordinal);
        Assert.Equal("2", await WelcomesAsync());
        Assert.Contains("has or had the name again in the last 90 days.", (await ReplayAsync("--replay-name", "again", "--from", "1h")).Ended(ExitCode.Error).Error, StringComparison.Ordinal);
    }

    private static string[] Replay => ["replay", "start", Stack, "--rule", "welcome-users", "--wait", "--yes", "--output", "json"];

    private Task<Outcome> ReplayAsync(params string[] more) => RunAsync(Time, [.. Replay, .. more]);

    /// <summary>Sends an event, and waits until the archive certainly has it.</summary>
    private async Task RegisterUserAsync()
    {
        await SendAsync("events", "AWSEvents.PutEvents", """{"Entries":[{"Source":"com.example.orchestrator","DetailType":"UserRegistered","Detail":"{\"userId\":\"u\",\"email\":\"a@example.com\"}","EventBusName":"development-application-events"}]}""");
        Time.Advance(TimeSpan.FromMinutes(11));
    }

    private async Task<string> WelcomesAsync() =>
        (string)(await SendAsync("sqs", "AmazonSQS.GetQueueAttributes", $$"""{"QueueUrl":"{{Server.Endpoint}}123456789012/development-application-events-welcome","AttributeNames":["ApproximateNumberOfMessages"]}"""))["Attributes"]!["ApproximateNumberOfMessages"]!;

    [Fact]
    public async Task A_deployment_that_failed_is_rolled_back_and_run_again()
    {
        await MakeAsync("orchestrator");
        string[] before = await ListAsync();
        await SendAsync("logs", "Logs_20140328.CreateLogGroup", """{"logGroupName":"/aws/events/development-application-events"}""");

        Outcome failed = (await PublishAsync("--skip-preflight")).Ended(ExitCode.Error);
        Assert.Contains("StackFailed: EventLog (AWS::Logs::LogGroup) failed: ", failed.Error, StringComparison.Ordinal);
        Outcome status = (await ProjectAsync("status")).Ended(ExitCode.SomeFailed);
        Assert.Contains("NG       Apply: EventLog", status.Out, StringComparison.Ordinal);
        Assert.Contains(" ERROR apply: EventLog", await File.ReadAllTextAsync(Path.Combine(Folder, ".ebproject", "development", "errors.log"), Token), StringComparison.Ordinal);

        await SendAsync("logs", "Logs_20140328.DeleteLogGroup", """{"logGroupName":"/aws/events/development-application-events"}""");
        Outcome again = (await PublishAsync("--verbose")).Ended(ExitCode.Done);
        Assert.Contains("Preflight: done by the run before", again.Error, StringComparison.Ordinal);
        (await ProjectAsync("unpublish", "--yes", "--discard", "Archive")).Ended(ExitCode.Done);
        Assert.Equal(before, await ListAsync());
    }

    [Theory]
    [InlineData("publish", "DescribeStacks")]
    [InlineData("publish", "CreateChangeSet")]
    [InlineData("publish", "ExecuteChangeSet")]
    [InlineData("publish", "DescribeStackEvents")]
    [InlineData("publish", "DescribeRule")]
    [InlineData("publish", "PutEvents")]
    [InlineData("unpublish", "DeleteStack")]
    [InlineData("unpublish", "DescribeStackEvents")]
    [InlineData("unpublish", "ListStackResources")]
    public async Task A_command_that_was_killed_comes_to_the_same_end(string command, string operation)
    {
        await MakeAsync("orchestrator");
        string[] before = await ListAsync();
        if (command == "unpublish")
            (await PublishAsync()).Ended(ExitCode.Done);
        TimeSpan hang = TimeSpan.FromHours(2);
        Server.Faults.Add(new FaultRule { Operation = operation, Fault = Fault.Slow(hang) });
        using (EbopsProcess process = new(["project", command, Folder, "--discard", "Archive", "--yes", .. Session]))
        {
            // A command that ends by itself does not come so far.
            await (await Task.WhenAny(Time.SomebodyWaitsAsync(Token, length: hang), process.ExitedAsync()));
            Assert.False(process.HasExited);
            process.Kill();
            await process.ExitedAsync();
        }

        Server.Faults.Clear();
        if (command == "publish")
        {
            (await PublishAsync()).Ended(ExitCode.Done);
            (await ProjectAsync("status")).Ended(ExitCode.Done);
        }

        Outcome removed = await ProjectAsync("unpublish", "--yes", "--discard", "Archive");
        Assert.True(removed.Code == ExitCode.Done || removed.Error.Contains("There is no stack", StringComparison.Ordinal), removed.Error);
        Assert.Equal(before, await ListAsync());
    }

    [Fact]
    public async Task One_run_at_aTime_publishes_from_a_folder()
    {
        await MakeAsync("empty");
        string folder = Directory.CreateDirectory(Path.Combine(Folder, ".ebproject", "development")).FullName;
        using FileStream held = new(Path.Combine(folder, "run.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        Outcome refused = (await PublishAsync()).Ended(ExitCode.Error);

        Assert.Contains("WorkInProgress: Another run publishes environment development from this folder.", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".ebproject")]
    [InlineData(".ebproject/development")]
    [InlineData(".ebproject/development/check.log")]
    public async Task A_log_that_is_a_link_is_refused(string path)
    {
        await MakeAsync("empty");
        string elsewhere = Path.Combine(Journal, "elsewhere"), link = Path.Combine(Folder, path);
        if (path.EndsWith(".log", StringComparison.Ordinal))
            await File.WriteAllTextAsync(elsewhere, "mine", Token);
        else
            Directory.CreateDirectory(elsewhere);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, elsewhere);

        Outcome refused = (await PublishAsync()).Ended(ExitCode.Error);

        Assert.Contains("symbolic link, which could lead out of the project folder", refused.Error, StringComparison.Ordinal);
        if (File.Exists(elsewhere))
            Assert.Equal("mine", await File.ReadAllTextAsync(elsewhere, Token));
        else
            Assert.Empty(Directory.GetFileSystemEntries(elsewhere));
    }

    [Fact]
    public async Task What_would_fail_is_said_before()
    {
        await MakeAsync("orchestrator");
        await SendAsync("events", "AWSEvents.CreateEventBus", """{"Name":"development-application-events"}""");

        Outcome taken = (await PublishAsync()).Ended(ExitCode.Error);
        Assert.Contains("NG   name development-application-events (AWS::Events::EventBus): exists already, and not in the stack of the project", taken.Error, StringComparison.Ordinal);
        Assert.Contains("PreflightFailed: Environment development is not ready: name development-application-events (AWS::Events::EventBus).", taken.Error, StringComparison.Ordinal);

        await ReplaceAsync(Settings, "123456789012", "444455556666");
        Outcome other = (await PublishAsync()).Ended(ExitCode.Error);
        Assert.Contains("error: WrongAccountOrRegion: Environment development is in account 444455556666, but the credentials are of account 123456789012.", other.Error, StringComparison.Ordinal);
        (await PublishAsync("--environment", "production")).Ended(ExitCode.Error);
    }

    [Fact]
    public async Task A_name_that_is_not_checked_is_not_called_free()
    {
        await MakeAsync("empty");
        string resources = Directory.CreateDirectory(Path.Combine(Folder, "resources")).FullName;
        await File.WriteAllTextAsync(Path.Combine(resources, "bucket.yaml"), "Resources:\n  Uploads:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: shop-uploads-try\n", Token);

        Outcome seen = (await ProjectAsync("publish", "--what-if")).Ended(ExitCode.Done);

        Assert.Contains("SKIP name shop-uploads-try (AWS::S3::Bucket): unknown, because EventBridgeOps does not check names of this type", seen.Error + seen.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stack_of_somebody_else_is_left_alone()
    {
        await MakeAsync("empty");
        await SendAsync("cloudformation", null, "Action=CreateStack&Version=2010-05-15&StackName=project-development&TemplateBody=" + Uri.EscapeDataString("""{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}}}"""));

        Assert.Contains("is not that of this project and environment", (await PublishAsync()).Ended(ExitCode.Error).Error, StringComparison.Ordinal);
        Assert.Contains("is not that of this project and environment", (await ProjectAsync("unpublish", "--yes", "--discard", "Archive")).Ended(ExitCode.Error).Error, StringComparison.Ordinal);
    }
}
