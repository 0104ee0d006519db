using System.Diagnostics;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Jobs;
using EventBridgeOps.Plans;
using EventBridgeOps.Reports;
using EventBridgeOps.Tests;

namespace EventBridgeOps.Core.Tests.Reports;

/// <summary>Files in a folder that every user can write to.</summary>
public sealed class ReportFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ebops-open-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_report_is_written_through_no_link()
    {
        UnixModes.SkipOnWindows();
        string open = UnixModes.MakeFolder(_folder, "open", UnixModes.Everybody), mine = Path.Combine(_folder, "mine");
        File.WriteAllText(mine, "mine");
        File.CreateSymbolicLink(Path.Combine(open, "drift.xml"), mine);
        File.CreateSymbolicLink(Path.Combine(open, "drift.xml.partial"), mine);

        ReportFile.Write(Path.Combine(open, "drift.xml"), "report");

        Assert.Equal("mine", File.ReadAllText(mine));
        Assert.Equal("report", File.ReadAllText(Path.Combine(open, "drift.xml")));
        Assert.Equal(["drift.xml", "drift.xml.partial"], Directory.GetFiles(open).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_device_is_written_and_not_replaced()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED: only Linux has /proc.");
        string target = Path.Combine(_folder, "target");
        using (FileStream open = new(target, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite))
            ReportFile.Write($"/proc/self/fd/{open.SafeFileHandle.DangerousGetHandle()}", "report");

        Assert.Equal("report", File.ReadAllText(target));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pipe_is_not_replaced(bool linked)
    {
        string pipe = MakePipe(), path = linked ? Path.Combine(_folder, "link") : pipe;
        if (linked)
            File.CreateSymbolicLink(path, pipe);

        OpsException error = Assert.Throws<OpsException>(() => ReportFile.Write(path, "report"));

        Assert.Equal(ErrorIds.ReportNotWritten, error.ErrorId);
        Assert.NotNull(SpecialFile.Fault(pipe));
    }

    [Fact]
    public void A_plan_replaces_neither_a_pipe_nor_a_device()
    {
        string pipe = MakePipe(), link = Path.Combine(_folder, "link");
        File.CreateSymbolicLink(link, "/dev/null");

        Assert.All([pipe, link, "/dev/null"], path => Assert.EndsWith(
            $"The plan cannot be written to {path}: it is a device or a pipe.",
            Assert.Throws<OpsException>(() => PlanFile.CheckFree(path)).Message,
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_store_is_neither_a_pipe_nor_a_device()
    {
        foreach (string path in new[] { MakePipe(), "/dev/null" })
        {
            using FileMvpJobStore store = new(path);
            OpsException error = await Assert.ThrowsAsync<OpsException>(() => store.FindAsync("job", TestContext.Current.CancellationToken));
            Assert.Equal(ErrorIds.JobStoreUnavailable, error.ErrorId);
            Assert.Contains("it is a device or a pipe", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_is_no_device()
    {
        string file = Path.Combine(_folder, "file"), link = Path.Combine(_folder, "link");
        File.WriteAllText(file, "");
        File.CreateSymbolicLink(link, file);

        Assert.All([file, link, _folder, Path.Combine(_folder, "missing")], path => Assert.Null(SpecialFile.Fault(path)));
    }

    private string MakePipe()
    {
        UnixModes.SkipOnWindows();
        string path = Path.Combine(_folder, "pipe");
        using Process made = Process.Start("mkfifo", [path]);
        made.WaitForExit();
        return path;
    }

    [Fact]
    public void A_plan_that_another_user_may_have_planted_is_not_read()
    {
        UnixModes.SkipOnWindows();
        string open = UnixModes.MakeFolder(_folder, "open", UnixModes.Everybody), theirs = Path.Combine(_folder, "theirs");
        File.WriteAllText(theirs, "{}");
        File.CreateSymbolicLink(Path.Combine(open, "plan.json"), theirs);

        OpsException error = Assert.Throws<OpsException>(() => PlanFile.Load(Path.Combine(open, "plan.json")));

        Assert.Equal(ErrorIds.FileNotReadable, error.ErrorId);
        Assert.Contains("is a link in", error.Message, StringComparison.Ordinal);
    }
}
