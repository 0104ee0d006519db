using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Tests.Support;

namespace EventBridgeOps.Cli.Tests;

/// <summary>Publications that go on with an interrupted or failed run, and those that forget it.</summary>
public sealed class FreshStartTests : ProjectFixture
{
    private const string Name = "project-development";

    /// <summary>A table that cannot be deleted, a queue that waits for its deletion, and a log group that fails because its name is taken.</summary>
    private const string Obstacles = """
        Resources:
          Orders:
            Type: AWS::SQS::Queue
            Properties: {QueueName: fresh-orders}
          Items:
            Type: AWS::DynamoDB::Table
            DependsOn: Orders
            Properties:
              TableName: fresh-items
              BillingMode: PAY_PER_REQUEST
              DeletionProtectionEnabled: true
              AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
              KeySchema: [{AttributeName: id, KeyType: HASH}]
        """;

    private const string Failing = """

          Late:
            Type: AWS::Logs::LogGroup
            DependsOn: Items
            Properties: {LogGroupName: fresh-taken}
        """;

    [Theory]
    [InlineData("--yes")]
    [InlineData("--auto-approve")]
    public async Task A_stack_that_was_rolled_back_is_deployed_anew_and_the_run_is_forgotten(string consent)
    {
        await MakeAsync("empty");
        await AddResourcesAsync("Resources:\n  Late: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: fresh-taken}}\n");
        await LogGroupAsync("CreateLogGroup");
        (await PublishAsync("--skip-preflight")).Ended(ExitCode.Error);
        Assert.Equal("ROLLBACK_COMPLETE", await StatusOfAsync(Name));
        await LogGroupAsync("DeleteLogGroup");

        Outcome fresh = (await ProjectAsync("publish", consent, "--fresh-start")).Ended(ExitCode.Done);

        Assert.Equal("CREATE_COMPLETE", await StatusOfAsync(Name));
        Assert.DoesNotContain("skipped", fresh.Error, StringComparison.Ordinal);
        Assert.Contains("OK   credentials: ", fresh.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_goes_on_says_which_steps_it_skips()
    {
        await MakeAsync("empty");
        await AddResourcesAsync("Resources:\n  Late: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: fresh-taken}}\n");
        await LogGroupAsync("CreateLogGroup");
        (await PublishAsync("--skip-preflight")).Ended(ExitCode.Error);
        await LogGroupAsync("DeleteLogGroup");

        Outcome again = (await PublishAsync()).Ended(ExitCode.Done);

        Assert.Contains("Preflight: done by the run before, at ", again.Error, StringComparison.Ordinal);
        Assert.Contains("; skipped", again.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("credentials", again.Error, StringComparison.Ordinal);
        Assert.Contains("Preflight: done by the run before", await File.ReadAllTextAsync(Path.Combine(Folder, ".ebproject", "development", "preflight.log"), Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_could_not_be_rolled_back_is_deleted_if_its_data_are_named()
    {
        await MakeAsync("empty");
        await AddResourcesAsync(Obstacles + Failing);
        await LogGroupAsync("CreateLogGroup");
        (await PublishAsync("--skip-preflight")).Ended(ExitCode.Error);
        Assert.Equal("ROLLBACK_FAILED", await StatusOfAsync(Name));
        await LogGroupAsync("DeleteLogGroup");

        // The names of what is deleted before are not taken.
        Outcome refused = (await PublishAsync("--fresh-start")).Ended(ExitCode.Error);
        Assert.Contains("DataLoss: Stack project-development was not changed, because data would be lost: Items (its items)", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("NG   name", refused.Error, StringComparison.Ordinal);

        Outcome held = (await PublishAsync("--fresh-start", "--discard", "Items")).Ended(ExitCode.Error);
        Assert.Contains("Items (AWS::DynamoDB::Table): It is protected against deletion. Disable its deletion protection.", held.Error, StringComparison.Ordinal);
        Assert.Equal("DELETE_FAILED", await StatusOfAsync(Name));

        await UnprotectAsync();
        // The template protects the table, so what is deployed is protected again.
        (await PublishAsync("--fresh-start", "--discard", "Items")).Ended(ExitCode.Done);
        Assert.Equal("CREATE_COMPLETE", await StatusOfAsync(Name));
    }

    [Fact]
    public async Task Messages_in_a_stack_whose_deletion_failed_are_kept_until_they_are_named()
    {
        await MakeAsync("empty");
        await AddResourcesAsync(Obstacles);
        (await PublishAsync()).Ended(ExitCode.Done);
        await StacksAsync("Action=DeleteStack&StackName=" + Name);
        await SettledAsync("DELETE_FAILED");
        await SendAsync("sqs", "AmazonSQS.SendMessage", $$"""{"QueueUrl":"{{Server.Endpoint}}123456789012/fresh-orders","MessageBody":"m"}""");

        Assert.Contains("--fresh-start", (await PublishAsync()).Ended(ExitCode.Error).Error, StringComparison.Ordinal);
        Outcome refused = (await PublishAsync("--fresh-start", "--discard", "Items")).Ended(ExitCode.Error);
        Assert.Contains("Orders (1 message)", refused.Error, StringComparison.Ordinal);
        Assert.Contains("queue fresh-orders", await ListAsync());

        await UnprotectAsync();
        (await PublishAsync("--fresh-start", "--discard", "Items", "--discard", "Orders")).Ended(ExitCode.Done);
        Assert.Equal("CREATE_COMPLETE", await StatusOfAsync(Name));
    }

    [Fact]
    public async Task Archived_events_in_a_stack_that_failed_are_kept_until_they_are_named()
    {
        await MakeAsync("empty");
        await ReplaceAsync(Settings, "defaults:\n", "archive:\n  retentionDays: 30\ndefaults:\n");
        string template = (await Ebops.RunAsync(["project", "export", Folder])).Ended(ExitCode.Done).Out;
        await LogGroupAsync("CreateLogGroup");
        // What a person deploys without rollback is in CREATE_FAILED.
        string failing = template.Replace("\"Resources\": {", "\"Resources\": {\"Late\": {\"Type\": \"AWS::Logs::LogGroup\", \"DependsOn\": \"Archive\", \"Properties\": {\"LogGroupName\": \"fresh-taken\"}},", StringComparison.Ordinal);
        Assert.NotEqual(template, failing);
        await StacksAsync($"Action=CreateStack&StackName={Name}&OnFailure=DO_NOTHING&Capabilities.member.1=CAPABILITY_NAMED_IAM{TagsOf("project")}&TemplateBody={Uri.EscapeDataString(failing)}");
        await SettledAsync("CREATE_FAILED");
        await SendAsync("events", "AWSEvents.PutEvents", """{"Entries":[{"Source":"com.example.project","DetailType":"T","Detail":"{}","EventBusName":"project"}]}""");

        foreach (string[] options in (string[][])[["--fresh-start"], []])
            Assert.Contains("Archive (1 archived event)", (await PublishAsync(options)).Ended(ExitCode.Error).Error, StringComparison.Ordinal);
        Assert.Contains("archive project-development", await ListAsync());

        (await PublishAsync("--fresh-start", "--discard", "Archive")).Ended(ExitCode.Done);
        Assert.Equal("CREATE_COMPLETE", await StatusOfAsync(Name));
    }

    [Fact]
    public async Task A_stack_whose_first_change_set_was_not_executed_is_deployed()
    {
        await MakeAsync("empty");
        await ChangeSetAsync("ebops-20261128T110000000", "CREATE", "&TemplateBody=" + Uri.EscapeDataString("""{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}}}"""));
        Assert.Equal("REVIEW_IN_PROGRESS", await StatusOfAsync(Name));

        Outcome fresh = (await PublishAsync("--fresh-start")).Ended(ExitCode.Done);

        Assert.Contains("Change sets that an interrupted run left, and that are deleted: ebops-20261128T110000000", fresh.Error, StringComparison.Ordinal);
        Assert.Equal("CREATE_COMPLETE", await StatusOfAsync(Name));
        Assert.Empty(await ChangeSetsAsync());
    }

    [Fact]
    public async Task Change_sets_that_a_run_left_are_deleted_and_others_are_not()
    {
        await MakeAsync("empty");
        (await PublishAsync()).Ended(ExitCode.Done);
        foreach (string name in (string[])["ebops-20261128T110000000", "mine"])
            await ChangeSetAsync(name, "UPDATE", $"&UsePreviousTemplate=true&Capabilities.member.1=CAPABILITY_NAMED_IAM&Tags.member.1.Key={name}&Tags.member.1.Value=x");

        (await ProjectAsync("publish", "--fresh-start", "--what-if")).Ended(ExitCode.Done);
        Assert.Equal(["ebops-20261128T110000000", "mine"], (await ChangeSetsAsync()).Order(StringComparer.Ordinal));
        (await PublishAsync("--fresh-start")).Ended(ExitCode.Done);
        Assert.Equal(["mine"], await ChangeSetsAsync());
    }

    private async Task ChangeSetAsync(string name, string type, string more) =>
        await StacksAsync($"Action=CreateChangeSet&StackName={Name}&ChangeSetName={name}&ChangeSetType={type}{more}");

    private async Task<IReadOnlyList<string>> ChangeSetsAsync() => Elements(await StacksAsync("Action=ListChangeSets&StackName=" + Name), "ChangeSetName");

    private async Task LogGroupAsync(string operation) => await SendAsync("logs", "Logs_20140328." + operation, """{"logGroupName":"fresh-taken"}""");

    private async Task UnprotectAsync() =>
        (await Aws.Send("dynamodb", "/", "DynamoDB_20120810.UpdateTable", """{"TableName":"fresh-items","DeletionProtectionEnabled":false}""", "application/x-amz-json-1.0")).Succeeded();

    private async Task SettledAsync(string status)
    {
        while (await StatusOfAsync(Name) is var now && now != status)
        {
            Assert.EndsWith("_IN_PROGRESS", now, StringComparison.Ordinal);
            Server.AdvanceTime(TimeSpan.FromSeconds(1));
        }
    }
}
