using EventBridgeOps.Events.Messages;
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
