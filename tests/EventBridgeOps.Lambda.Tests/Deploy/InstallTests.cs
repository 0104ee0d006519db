using EventBridgeOps.Changes;
using EventBridgeOps.Checks;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Installation;

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
