using System.IO.Compression;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Installation;
using EventBridgeOps.Lambda.Handling;
using EventBridgeOps.Lambda.Tests.Support;

namespace EventBridgeOps.Lambda.Tests.Deploy;

/// <summary>The automation is installed, updated, used and removed, with the function as a process.</summary>
public sealed class InstallTests : FunctionTest
{
    private static readonly string s_package = Path.Combine(Directory.CreateTempSubdirectory("ebops-test-").FullName, "function.zip");

    private OpsSession _session = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _session = OpsSession.Open(new SessionOptions { Host = new SessionHost { Environment = name => Server.Environment.GetValueOrDefault(name) } });
    }

    public override async ValueTask DisposeAsync()
    {
        _session.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task It_is_installed_updated_and_removed_and_leaves_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED: the package of the function runs on Linux.");
        Pack();
        Assert.Equal(InstallStatus.WouldInstall, (await InstallAsync([], Approval.WhatIf))!.Status);
        AutomationStack installed = (await InstallAsync([]))!;
        Assert.Equal((InstallStatus.Installed, 5), (installed.Status, installed.RuleName.Count));
        Assert.Equal(InstallStatus.Unchanged, (await InstallAsync([]))!.Status);
        Assert.Equal(InstallStatus.Updated, (await InstallAsync(new() { ["DriftMode"] = "Repair" }))!.Status);

        (await Aws.Batch("RegisterJobDefinition", """{"jobDefinitionName":"job","type":"container","containerProperties":{"image":"busybox","vcpus":1,"memory":128}}""")).Succeeded();
        FunctionRun run = (await _session.Get<AutomationInvoker>().InvokeAsync(new InvokeRequest { Command = "drift-check" }, Answer(Approval.Write), new RecordingObserver(), Token))!;
        Assert.Equal(("DriftCheck", FunctionRunStatus.Done), (run.Task, run.Status));
        Assert.Equal("job:2", await JobDefinitionAsync());

        List<RemovedResource> removed = await _session.Get<AutomationUninstaller>().RemoveAsync(new UninstallRequest(), Answer(Approval.Write), new RecordingObserver(), Token).ToListAsync(Token);
        Assert.All(removed, resource => Assert.Equal(RemovalStatus.Deleted, resource.Status));
        Assert.Contains(removed, resource => resource.Kind == "AWS::S3::Bucket");
        OpsException gone = await Assert.ThrowsAsync<OpsException>(async () => await _session.Get<AutomationUninstaller>().RemoveAsync(new UninstallRequest(), Answer(Approval.Write), new RecordingObserver(), Token).ToListAsync(Token));
        Assert.Equal(ErrorIds.ResourceNotFound, gone.ErrorId);
    }

    [Fact]
    public async Task A_version_without_a_release_asks_for_the_package() =>
        Assert.Equal(ErrorIds.InvalidPackage, (await Assert.ThrowsAsync<OpsException>(() => _session.Get<AutomationInstaller>().InstallAsync(new InstallRequest(), Answer(Approval.Write), new RecordingObserver(), Token))).ErrorId);

    private Task<AutomationStack?> InstallAsync(Dictionary<string, string> parameters, Approval approval = Approval.Write) =>
        _session.Get<AutomationInstaller>().InstallAsync(new InstallRequest { PackagePath = s_package, Parameter = parameters }, Answer(approval), new RecordingObserver(), Token);

    private static ApproveChange Answer(Approval approval) => (_, _) => Task.FromResult(approval);

    private static void Pack()
    {
        using ZipArchive package = ZipFile.Open(s_package, ZipArchiveMode.Create);
        ZipArchiveEntry program = package.CreateEntry("bootstrap");
        program.ExternalAttributes = unchecked((int)0x81ED0000); // A file that can be run.
        using StreamWriter writer = new(program.Open());
        writer.Write($"#!/bin/sh\nexec dotnet '{typeof(Host).Assembly.Location}'\n");
    }
}
