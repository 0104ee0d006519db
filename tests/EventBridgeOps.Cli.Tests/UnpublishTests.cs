using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Tests.Support;

namespace EventBridgeOps.Cli.Tests;

/// <summary>The removal of what was published: buckets with versions, what could not be deleted, and what is retained.</summary>
public sealed class UnpublishTests : ProjectFixture
{
    private const string Bucket = """
        Resources:
          Uploads:
            Type: AWS::S3::Bucket
            Properties:
              BucketName: unpublish-uploads
              VersioningConfiguration: {Status: Enabled}
        """;

    [Fact]
    public async Task All_versions_of_a_bucket_are_deleted_once_it_is_named()
    {
        await MakeAsync("empty");
        await AddResourcesAsync(Bucket);
        string[] before = await ListAsync();
        (await PublishAsync()).Ended(ExitCode.Done);
        foreach (string text in (string[])["one", "two"])
            await ObjectAsync(HttpMethod.Put, "a", text);
        await ObjectAsync(HttpMethod.Put, "b & c", "three");
        // Only versions and delete markers are left, so that a list of objects is empty.
        await ObjectAsync(HttpMethod.Delete, "a", "");
        await ObjectAsync(HttpMethod.Delete, "b & c", "");

        Outcome refused = (await ProjectAsync("unpublish", "--yes")).Ended(ExitCode.Error);
        Assert.Contains("DataLoss: Stack project-development was not changed, because data would be lost: Uploads (its objects, with all their versions)", refused.Error, StringComparison.Ordinal);
        Assert.Contains("bucket unpublish-uploads", await ListAsync());

        Outcome removed = (await ProjectAsync("unpublish", "--yes", "--discard", "Uploads", "--output", "json")).Ended(ExitCode.Done);
        JsonNode bucket = removed.Json.Single(resource => (string)resource!["Resource"]! == "Uploads")!;
        Assert.Equal("Deleted", (string)bucket["Status"]!);
        Assert.Null(bucket["Reason"]);
        Assert.Equal(before, await ListAsync());
    }

    [Fact]
    public async Task An_empty_bucket_holds_nothing_that_could_be_lost()
    {
        await MakeAsync("empty");
        await AddResourcesAsync(Bucket);
        (await PublishAsync()).Ended(ExitCode.Done);

        (await ProjectAsync("unpublish", "--yes")).Ended(ExitCode.Done);
    }

    [Fact]
    public async Task What_is_retained_keeps_its_data()
    {
        await MakeAsync("empty");
        await AddResourcesAsync(Bucket);
        await File.AppendAllTextAsync(Settings, "retain: [Uploads]\n", Token);
        (await PublishAsync()).Ended(ExitCode.Done);
        await ObjectAsync(HttpMethod.Put, "a", "one");

        Outcome seen = (await ProjectAsync("unpublish", "--what-if", "--output", "json")).Ended(ExitCode.Done);
        Assert.Equal("Kept", Status(seen, "Uploads"));
        Outcome removed = (await ProjectAsync("unpublish", "--yes", "--output", "json")).Ended(ExitCode.Done);

        Assert.Equal("Kept", Status(removed, "Uploads"));
        Assert.Equal("one", (await Aws.Send("s3", "/unpublish-uploads/a", null, "", method: HttpMethod.Get)).Succeeded().Text);
    }

    [Fact]
    public async Task What_the_folder_retains_but_the_stack_does_not_has_to_be_named()
    {
        await MakeAsync("empty");
        await AddResourcesAsync(Bucket);
        (await PublishAsync()).Ended(ExitCode.Done);
        await ObjectAsync(HttpMethod.Put, "a", "one");
        // CloudFormation deletes by the template that was deployed.
        await File.AppendAllTextAsync(Settings, "retain: [Uploads]\n", Token);

        Outcome refused = (await ProjectAsync("unpublish", "--yes")).Ended(ExitCode.Error);

        Assert.Contains("Uploads (its objects", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_could_not_be_deleted_is_explained_and_the_next_run_goes_on()
    {
        await MakeAsync("orchestrator");
        string[] before = await ListAsync();
        (await PublishAsync()).Ended(ExitCode.Done);
        // What others did to the resources of the stack.
        await SendAsync("events", "AWSEvents.PutRule", """{"Name":"of-others","EventBusName":"development-application-events","EventPattern":"{\"source\":[\"x\"]}"}""");
        string role = (await ListAsync()).First(name => name.StartsWith("RoleName orchestrator-development-DeadLetterRole", StringComparison.Ordinal))["RoleName ".Length..];
        await IamAsync($"Action=AttachRolePolicy&RoleName={role}&PolicyArn={Uri.EscapeDataString("arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy")}");

        Outcome left = (await ProjectAsync("unpublish", "--yes", "--discard", "Archive", "--output", "json")).Ended(ExitCode.SomeFailed);

        Assert.Contains("EventBus (AWS::Events::EventBus): The event bus has rules that do not belong to the stack. Delete them, or move them to another event bus. A rule Events-Archive-NAME belongs to archive NAME, and is deleted with it. CloudFormation says: ", left.Error, StringComparison.Ordinal);
        Assert.Contains("DeadLetterRole (AWS::IAM::Role): Policies are attached to the role that do not belong to the stack. Detach or delete them.", left.Error, StringComparison.Ordinal);
        Assert.Contains("2 resources are left.", left.Error, StringComparison.Ordinal);
        Assert.Equal("Left", Status(left, "EventBus"));
        Assert.StartsWith("The event bus has rules", (string)left.Json.Single(resource => (string)resource!["Resource"]! == "EventBus")!["Reason"]!, StringComparison.Ordinal);
        Assert.Equal("DELETE_FAILED", await StatusOfAsync(Stack));
        Assert.Contains("NG   stack orchestrator-development: DELETE_FAILED", (await ProjectAsync("status")).Ended(ExitCode.SomeFailed).Out, StringComparison.Ordinal);

        await SendAsync("events", "AWSEvents.DeleteRule", """{"Name":"of-others","EventBusName":"development-application-events"}""");
        await IamAsync($"Action=DetachRolePolicy&RoleName={role}&PolicyArn={Uri.EscapeDataString("arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy")}");
        Outcome gone = (await ProjectAsync("unpublish", "--yes", "--discard", "Archive")).Ended(ExitCode.Done);
        Assert.Contains("Nothing that was to be deleted is left", gone.Error, StringComparison.Ordinal);
        Assert.Equal(before, await ListAsync());
    }

    [Fact]
    public async Task Which_types_only_CloudFormation_was_asked_about_is_said()
    {
        await MakeAsync("orchestrator");
        (await PublishAsync("--skip-test")).Ended(ExitCode.Done);

        Outcome gone = (await ProjectAsync("unpublish", "--yes", "--discard", "Archive")).Ended(ExitCode.Done);

        Assert.Contains("and CloudFormation alone for those of the types ", gone.Error, StringComparison.Ordinal);
        Assert.Contains("AWS::SQS::QueuePolicy", gone.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("AWS::Events::Rule", gone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bucket_that_CloudFormation_gave_up_is_said_to_be_left()
    {
        await MakeAsync("empty");
        await AddResourcesAsync(Bucket);
        (await PublishAsync()).Ended(ExitCode.Done);
        await ObjectAsync(HttpMethod.Put, "a", "one");
        await AddResourcesAsync("Resources:\n  Other: {Type: AWS::SQS::Queue, Properties: {QueueName: unpublish-other}}\n");

        Outcome changed = (await PublishAsync("--discard", "Uploads", "--skip-test")).Ended(ExitCode.Done);

        Assert.Contains("warning: Uploads (AWS::S3::Bucket) is no longer in the stack, but unpublish-uploads could not be deleted, and is left. The bucket is not empty", changed.Error, StringComparison.Ordinal);
        Assert.Contains("bucket unpublish-uploads", await ListAsync());
    }

    [Fact]
    public async Task A_stack_that_is_protected_says_so()
    {
        await MakeAsync("empty");
        (await PublishAsync()).Ended(ExitCode.Done);
        await StacksAsync("Action=UpdateTerminationProtection&StackName=project-development&EnableTerminationProtection=true");

        Assert.Contains("TerminationProtection is enabled", (await ProjectAsync("unpublish", "--yes")).Ended(ExitCode.Error).Error, StringComparison.Ordinal);
    }

    private static string Status(Outcome outcome, string resource) => (string)outcome.Json.Single(each => (string)each!["Resource"]! == resource)!["Status"]!;

    private async Task ObjectAsync(HttpMethod method, string key, string text) =>
        Assert.InRange((await Aws.Send("s3", "/unpublish-uploads/" + Uri.EscapeDataString(key), null, text, "text/plain", method)).Status, 200, 204);

    private async Task IamAsync(string form) => (await Aws.Send("iam", "/", null, form + "&Version=2010-05-08", "application/x-www-form-urlencoded")).Succeeded();
}
