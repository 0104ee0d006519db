using EventBridgeOps.Changes;
using EventBridgeOps.Checks;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Installation;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Lambda.Tests.Deploy;

/// <summary>The automation is installed, updated, used and removed, with the function as a process.</summary>
public sealed class InstallTests : InstallationTest
{
    [Fact]
    public async Task It_is_installed_updated_and_removed_and_leaves_nothing()
    {
        Assert.Equal(InstallStatus.WouldInstall, (await InstallAsync([], Approval.WhatIf))!.Status);
        AutomationStack installed = (await InstallAsync([]))!;
        Assert.Equal((InstallStatus.Installed, 5), (installed.Status, installed.RuleName.Count));
        Assert.Equal(InstallStatus.Unchanged, (await InstallAsync([]))!.Status);
        Assert.Equal(InstallStatus.Updated, (await InstallAsync(new() { ["DriftMode"] = "Repair" }))!.Status);
        InstallRequest tagged = new() { PackagePath = FunctionPackage.Write(Folder, 1), Tag = new Dictionary<string, string> { ["team"] = "platform" } };
        Assert.Equal(InstallStatus.Updated, (await Session.Get<AutomationInstaller>().InstallAsync(tagged, Answer(Approval.Write), new RecordingObserver(), Token))!.Status);

        (await Aws.Batch("RegisterJobDefinition", """{"jobDefinitionName":"job","type":"container","containerProperties":{"image":"busybox","vcpus":1,"memory":128}}""")).Succeeded();
        FunctionRun run = (await Session.Get<AutomationInvoker>().InvokeAsync(new InvokeRequest { Command = "drift-check" }, Answer(Approval.Write), new RecordingObserver(), Token))!;
        Assert.Equal(("DriftCheck", FunctionRunStatus.Done), (run.Task, run.Status));
        Assert.Equal("job:2", await JobDefinitionAsync());

        List<RemovedResource> removed = await UninstallAsync();
        Assert.All(removed, resource => Assert.Equal(RemovalStatus.Deleted, resource.Status));
        Assert.Contains(removed, resource => resource.Kind == "AWS::S3::Bucket");
        OpsException gone = await Assert.ThrowsAsync<OpsException>(UninstallAsync);
        Assert.Equal(ErrorIds.ResourceNotFound, gone.ErrorId);
    }

    [Fact]
    public async Task The_test_follows_a_push_to_a_target_and_leaves_nothing()
    {
        await InstallAsync([]);
        string[] before = await NamesAsync();
        List<CheckResult> steps = await TestAsync();
        Assert.All(steps, step => Assert.True(step.Status == CheckStatus.OK, step.ToString()));
        Assert.Equal(7, steps.Count);
        Assert.Equal(before, await NamesAsync());
    }

    [Fact]
    public async Task The_test_shows_the_step_that_fails_and_leaves_nothing()
    {
        foreach (string rule in (await InstallAsync([]))!.RuleName)
            (await Aws.Events("DisableRule", $$"""{"Name":"{{rule}}"}""")).Succeeded();
        string[] before = await NamesAsync();
        List<CheckResult> steps = await TestAsync(1);
        Assert.Equal((6, CheckStatus.NG), (steps.Count, steps[^1].Status));
        Assert.Equal(before, await NamesAsync());
    }

    [Fact]
    public async Task A_version_without_a_release_asks_for_the_package() =>
        Assert.Equal(ErrorIds.InvalidPackage, (await Assert.ThrowsAsync<OpsException>(() => Session.Get<AutomationInstaller>().InstallAsync(new InstallRequest(), Answer(Approval.Write), new RecordingObserver(), Token))).ErrorId);

    [Fact]
    public async Task A_stack_of_another_product_is_neither_updated_nor_removed()
    {
        string template = """{"Resources":{"Table":{"Type":"AWS::DynamoDB::Table","Properties":{"BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],"KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]}}}}""";
        IStackApi stacks = Session.Get<IStackApi>();
        await stacks.ExecuteChangeSetAsync(await stacks.CreateChangeSetAsync(new ChangeSetRequest("ebops", "others", IsNew: true, template, new Dictionary<string, string?>(), new Dictionary<string, string>()), Token), Token);
        while ((await stacks.DescribeAsync("ebops", Token))!.Status != "CREATE_COMPLETE")
            await Task.Yield();

        Assert.Equal(ErrorIds.InvalidArgument, (await Assert.ThrowsAsync<OpsException>(() => InstallAsync([]))).ErrorId);
        Assert.Equal(ErrorIds.InvalidArgument, (await Assert.ThrowsAsync<OpsException>(UninstallAsync)).ErrorId);
        List<CheckResult> shown = await Session.Get<AutomationInspector>().ShowAsync(new AutomationQuery(), new RecordingObserver(), Token).ToListAsync(Token);
        Assert.Equal((1, CheckStatus.NG), (shown.Count, shown[0].Status));
        Assert.Equal(["Table"], (await stacks.ListResourcesAsync("ebops", Token).ToListAsync(Token)).Select(resource => resource.LogicalId));
    }

    [Fact]
    public async Task An_uninstallation_that_was_interrupted_says_what_it_does_not_find()
    {
        await InstallAsync([]);
        await Session.Get<IStackApi>().DeleteAsync("ebops", [], Token);
        while (await Session.Get<IStackApi>().DescribeAsync("ebops", Token) is not null)
            await Task.Yield();
        RecordingObserver observer = new();

        List<RemovedResource> removed = await Session.Get<AutomationUninstaller>().RemoveAsync(new UninstallRequest(), Answer(Approval.Write), observer, Token).ToListAsync(Token);

        Assert.Equal(["Bucket"], removed.Select(resource => resource.Resource));
        Assert.Contains("look for names that begin with ebops-Table-", Assert.Single(observer.Warnings));
    }

    [Fact]
    public async Task A_device_is_not_a_package()
    {
        OpsException error = await Assert.ThrowsAsync<OpsException>(() => Session.Get<AutomationInstaller>().InstallAsync(new InstallRequest { PackagePath = "/dev/zero" }, Answer(Approval.Write), new RecordingObserver(), Token));
        Assert.Equal(ErrorIds.InvalidPackage, error.ErrorId);
        error = await Assert.ThrowsAsync<OpsException>(() => Session.Get<AutomationInstaller>().InstallAsync(new InstallRequest { SettingsPath = "/dev/zero" }, Answer(Approval.Write), new RecordingObserver(), Token));
        Assert.Equal((ErrorIds.FileNotReadable, true), (error.ErrorId, error.Message.Contains("it is longer than 1 MB")));
    }

    private async Task<List<CheckResult>> TestAsync(int seconds = 60) => await Session.Get<AutomationTest>()
        .RunAsync(new TestRequest { TimeoutSeconds = seconds }, Answer(Approval.Write), new RecordingObserver(), Token).ToListAsync(Token);

    /// <summary>The repositories, the ACTIVE job definitions and the rules.</summary>
    private async Task<string[]> NamesAsync() =>
    [
        .. Names(await Aws.Ecr("DescribeRepositories", "{}"), "repositories", "repositoryName"),
        .. Names(await Aws.Batch("DescribeJobDefinitions", """{"status":"ACTIVE"}"""), "jobDefinitions", "jobDefinitionArn"),
        .. Names(await Aws.Events("ListRules", "{}"), "Rules", "Name"),
    ];

    private static IEnumerable<string> Names(Answer answer, string list, string name) =>
        answer.Succeeded().Json.GetProperty(list).EnumerateArray().Select(item => item.GetProperty(name).GetString()!);
}
