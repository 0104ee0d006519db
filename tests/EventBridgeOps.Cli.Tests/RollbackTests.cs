using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Tests.Support;

namespace EventBridgeOps.Cli.Tests;

/// <summary>An update that fails, and cannot be rolled back because a resource was deleted outside of CloudFormation.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-continueupdaterollback.html</remarks>
public sealed class RollbackTests : ProjectFixture
{
    private string Queues => Path.Combine(Folder, "resources", "queues.yaml");

    [Fact]
    public async Task A_resource_that_is_put_back_lets_the_rollback_continue_and_the_update_follow()
    {
        await StickAsync();
        Outcome status = (await ProjectAsync("status")).Ended(ExitCode.SomeFailed);
        Assert.Contains("stack orchestrator-development: UPDATE_ROLLBACK_FAILED, The following resource(s) failed to update: [IndexQueue]", status.Out, StringComparison.Ordinal);

        Outcome seen = (await ProjectAsync("publish", "--what-if")).Ended(ExitCode.Done);
        Assert.Contains("NG   IndexQueue (AWS::SQS::Queue): CloudFormation says: ", seen.Error, StringComparison.Ordinal);
        Assert.Contains("-> Put the resource back to what it was before the update, or create it again with the same name.", seen.Error, StringComparison.Ordinal);
        Assert.Contains("Continue the rollback of the last update", seen.Error + seen.Out, StringComparison.Ordinal);
        Assert.Equal("UPDATE_ROLLBACK_FAILED", await StatusOfAsync(Stack));

        Outcome failed = (await PublishAsync()).Ended(ExitCode.Error);
        Assert.Contains("StackFailed: The last update of stack orchestrator-development could not be rolled back. IndexQueue: ", failed.Error, StringComparison.Ordinal);
        Assert.Contains("--resource-to-skip", failed.Error, StringComparison.Ordinal);

        await SendAsync("sqs", "AmazonSQS.CreateQueue", """{"QueueName":"development-application-events-index"}""");
        Outcome done = (await PublishAsync("--output", "json")).Ended(ExitCode.Done);
        Assert.Equal("IndexQueue Changed", Assert.Single(done.Json.Select(change => $"{change!["Resource"]} {change["Status"]}")));
        Assert.Equal("UPDATE_COMPLETE", await StatusOfAsync(Stack));
        (await ProjectAsync("status")).Ended(ExitCode.Done);
    }

    [Fact]
    public async Task A_resource_that_is_skipped_is_said_to_be_gone()
    {
        await StickAsync();
        await ReplaceAsync(Queues, ", VisibilityTimeout: 77", "");

        Outcome wrong = (await PublishAsync("--resource-to-skip", "WelcomeQueue")).Ended(ExitCode.Error);
        Assert.Contains("WelcomeQueue", wrong.Error, StringComparison.Ordinal);
        (await PublishAsync("--resource-to-skip", "IndexQueue", "--skip-test")).Ended(ExitCode.Done);

        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await StatusOfAsync(Stack));
        Outcome status = (await ProjectAsync("status")).Ended(ExitCode.SomeFailed);
        Assert.Contains("NG     IndexQueue (AWS::SQS::Queue): no longer exists", status.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fresh_start_deletes_what_cannot_be_rolled_back_once_its_data_are_named()
    {
        await StickAsync();

        Outcome refused = (await PublishAsync("--fresh-start")).Ended(ExitCode.Error);
        Assert.True(refused.Error.Contains("EventBus (the event bus, with rules and archives that others made on it)", StringComparison.Ordinal), refused.Error);
        (await PublishAsync("--fresh-start", "--discard", "EventBus", "--discard", "Archive")).Ended(ExitCode.Done);

        Assert.Equal("CREATE_COMPLETE", await StatusOfAsync(Stack));
        (await ProjectAsync("status")).Ended(ExitCode.Done);
    }

    /// <summary>Deletes a queue of the stack, and changes it in the project.</summary>
    private async Task StickAsync()
    {
        await MakeAsync("orchestrator");
        (await PublishAsync("--skip-test")).Ended(ExitCode.Done);
        await SendAsync("sqs", "AmazonSQS.DeleteQueue", $$"""{"QueueUrl":"{{Server.Endpoint}}123456789012/development-application-events-index"}""");
        await ReplaceAsync(Queues, "QueueName: !Sub \"${EventBusName}-index\"", "QueueName: !Sub \"${EventBusName}-index\", VisibilityTimeout: 77");
        Outcome failed = (await PublishAsync()).Ended(ExitCode.Error);
        Assert.Contains("StackFailed: IndexQueue (AWS::SQS::Queue) failed: ", failed.Error, StringComparison.Ordinal);
        Assert.Equal("UPDATE_ROLLBACK_FAILED", await StatusOfAsync(Stack));
    }
}
