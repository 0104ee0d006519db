using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Tests.Support;

namespace EventBridgeOps.Cli.Tests;

/// <summary>Projects whose templates are too large for a request, or are split into nested stacks: CloudFormation reads them from Amazon S3.</summary>
public sealed class TemplateBucketTests : ProjectFixture
{
    private const string Templates = Stack + "-templates";

    [Fact]
    public async Task A_large_template_is_uploaded_changed_and_removed_with_its_bucket()
    {
        await MakeAsync("orchestrator");
        string[] before = await ListAsync();
        await GrowAsync("Large", 60_000);

        (await PublishAsync()).Ended(ExitCode.Done);
        Assert.Equal("CREATE_COMPLETE", await StatusOfAsync(Templates));
        string bucket = Assert.Single(await ListAsync(), name => name.StartsWith("bucket " + Templates, StringComparison.Ordinal));
        Assert.Empty((await PublishAsync("--output", "json", "--skip-test")).Ended(ExitCode.Done).Json);
        await ReplaceAsync(Path.Combine(Folder, "resources", "queues.yaml"), "QueueName: !Sub \"${EventBusName}-index\"", "QueueName: !Sub \"${EventBusName}-index\", VisibilityTimeout: 77");
        Outcome changed = (await PublishAsync("--output", "json", "--skip-test")).Ended(ExitCode.Done);
        Assert.Equal("IndexQueue Changed", Assert.Single(changed.Json.Select(change => $"{change!["Resource"]} {change["Status"]}")));

        Outcome removed = (await ProjectAsync("unpublish", "--yes", "--discard", "Archive", "--output", "json")).Ended(ExitCode.Done);
        Assert.Contains(removed.Json, resource => "bucket " + (string)resource!["Name"]! == bucket && (string)resource["Status"]! == "Deleted");
        Assert.Equal(before, await ListAsync());
    }

    [Fact]
    public async Task A_bucket_that_is_specified_is_left_without_the_templates_of_the_project()
    {
        await MakeAsync("empty");
        await GrowAsync("Large", 60_000);
        (await Aws.Send("s3", "/my-templates", null, "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>", "application/xml", HttpMethod.Put)).Succeeded();
        (await Aws.Send("s3", "/my-templates/mine.txt", null, "mine", "text/plain", HttpMethod.Put)).Succeeded();
        string[] before = await ListAsync();

        (await PublishAsync("--bucket-name", "my-templates")).Ended(ExitCode.Done);
        Assert.DoesNotContain("stack project-development-templates", await ListAsync());
        Assert.Contains(await KeysAsync("my-templates"), key => key.StartsWith("project-development/template-", StringComparison.Ordinal));

        (await ProjectAsync("unpublish", "--yes", "--discard", "Archive", "--bucket-name", "my-templates")).Ended(ExitCode.Done);
        Assert.Equal(["mine.txt"], await KeysAsync("my-templates"));
        Assert.Equal(before, await ListAsync());
    }

    [Fact]
    public async Task A_bucket_without_its_project_is_removed_by_the_next_run()
    {
        await MakeAsync("empty");
        string[] before = await ListAsync();
        await GrowAsync("Large", 60_000);
        (await PublishAsync()).Ended(ExitCode.Done);
        // As after a kill between the two deletions.
        await StacksAsync("Action=DeleteStack&StackName=project-development");
        Server.AdvanceTime(TimeSpan.FromMinutes(1));

        (await ProjectAsync("unpublish", "--yes", "--discard", "Archive")).Ended(ExitCode.Done);

        Assert.Equal(before, await ListAsync());
        Assert.Contains("There is no stack project-development", (await ProjectAsync("unpublish", "--yes", "--discard", "Archive")).Ended(ExitCode.Error).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nested_stacks_are_published_changed_and_removed()
    {
        await MakeAsync("orchestrator");
        string[] before = await ListAsync();
        for (int i = 0; i < 115; i++)
            await RuleAsync(i, "x");

        (await PublishAsync("--skip-test")).Ended(ExitCode.Done);
        string[] stacks = [.. (await ListAsync()).Where(name => name.StartsWith("stack " + Stack, StringComparison.Ordinal))];
        Assert.True(stacks.Length > 3, string.Join(", ", stacks));
        Outcome status = (await ProjectAsync("status")).Ended(ExitCode.Done);
        Assert.Contains("OK     ManyAhRule (AWS::Events::Rule): as in the project", status.Out, StringComparison.Ordinal);

        await RuleAsync(7, "y");
        Outcome seen = (await ProjectAsync("publish", "--what-if", "--output", "json")).Ended(ExitCode.Done);
        Assert.Contains(seen.Json, change => (string)change!["Kind"]! == "AWS::CloudFormation::Stack");
        (await PublishAsync("--skip-test")).Ended(ExitCode.Done);
        Assert.Contains("\\\"y\\\"", (await SendAsync("events", "AWSEvents.DescribeRule", """{"Name":"many-ah","EventBusName":"development-application-events"}""")).ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), StringComparison.Ordinal);

        // A rule of a nested stack that somebody changed differs from the folder.
        await SendAsync("events", "AWSEvents.DisableRule", """{"Name":"many-ah","EventBusName":"development-application-events"}""");
        Assert.Contains("ManyAhRule (AWS::Events::Rule): DISABLED, but ENABLED in the project", (await ProjectAsync("status")).Ended(ExitCode.SomeFailed).Out, StringComparison.Ordinal);

        Outcome removed = (await ProjectAsync("unpublish", "--yes", "--discard", "Archive", "--output", "json")).Ended(ExitCode.Done);
        Assert.Contains(removed.Json, resource => (string)resource!["Resource"]! == "ManyAhRule" && (string)resource["Status"]! == "Deleted");
        Assert.Equal(before, await ListAsync());
    }

    private async Task<IReadOnlyList<string>> KeysAsync(string bucket) => Elements((await Aws.Send("s3", "/" + bucket, null, "", method: HttpMethod.Get)).Succeeded().Text, "Key");

    private Task GrowAsync(string name, int bytes) => AddResourcesAsync($"Resources:\n  {name}:\n    Type: AWS::SQS::Queue\n    Metadata: {{Text: \"{new string('x', bytes)}\"}}\n    Properties: {{QueueName: template-{name.ToLowerInvariant()}}}\n");

    private async Task RuleAsync(int number, string source) => await File.WriteAllTextAsync(
        Path.Combine(Folder, "rules", $"many-{(char)('a' + (number / 26))}{(char)('a' + (number % 26))}.yaml"),
        $"pattern:\n  source: [com.example.orchestrator]\n  detail-type: [UserRegistered]\n  detail:\n    userId: [{source}]\ntargets:\n  index:\n    arn: !GetAtt IndexQueue.Arn\n", Token);
}
