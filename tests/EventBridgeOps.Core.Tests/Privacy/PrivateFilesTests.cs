using System.Runtime.InteropServices;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Privacy;
using EventBridgeOps.Jobs;

namespace EventBridgeOps.Core.Tests.Privacy;

public sealed class PrivateFilesTests : IDisposable
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;
    private const UnixFileMode Everybody = (UnixFileMode)0x1FF;

    private readonly string _folder = Directory.CreateTempSubdirectory("ebops-private-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Nobody_else_can_read_whatever_the_umask_is()
    {
        SkipOnWindows();
        int before = SetUmask(0);
        try
        {
            string folder = Path.Combine(_folder, "a", "b");
            PrivateFiles.CreateFolder(folder);
            PrivateFiles.Open(Path.Combine(folder, "opened"), FileShare.None).Dispose();
            PrivateFiles.Write(Path.Combine(folder, "written"), [1]);

            Assert.All(new[] { Path.Combine(_folder, "a"), folder }, made => Assert.Equal(OwnFolder, Mode(made)));
            Assert.Equal(["opened", "written"], Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            Assert.All(Directory.GetFiles(folder), made => Assert.Equal(OwnFile, Mode(made)));
        }
        finally
        {
            _ = SetUmask(before);
        }
    }

    [Fact]
    public void What_everybody_may_write_to_or_may_have_planted_is_at_fault()
    {
        SkipOnWindows();
        string open = Make("open", Everybody), closed = Make("closed", OwnFolder);
        Directory.CreateSymbolicLink(Path.Combine(open, "planted"), closed);
        Directory.CreateSymbolicLink(Path.Combine(closed, "own"), closed);
        File.CreateSymbolicLink(Path.Combine(open, "nowhere"), Path.Combine(closed, "nothing"));

        Assert.Contains("every user", PrivateFiles.Fault(open)?.ToString(), StringComparison.Ordinal);
        Assert.Contains("is a link", PrivateFiles.Fault(Path.Combine(open, "planted"))?.ToString(), StringComparison.Ordinal);
        Assert.Contains("is a link", PrivateFiles.Fault(Path.Combine(open, "planted") + "/")?.ToString(), StringComparison.Ordinal);
        Assert.Contains("is a link", PrivateFiles.Fault(Path.Combine(open, "nowhere"))?.ToString(), StringComparison.Ordinal);
        Assert.Null(PrivateFiles.Fault(closed));
        Assert.Null(PrivateFiles.Fault(Path.Combine(closed, "own")));
        Assert.Null(PrivateFiles.Fault(Path.Combine(open, "not-there")));
        Assert.Null(PrivateFiles.Fault(Make("group", OwnFolder | UnixFileMode.GroupWrite)));
    }

    [Fact]
    public void A_journal_that_everybody_may_write_to_is_not_read()
    {
        SkipOnWindows();
        string folder = Make("journal", Everybody);

        OpsException refused = Assert.Throws<OpsException>(() => new ChangeJournal(folder, TimeProvider.System, () => 0).Read());

        Assert.Equal(ErrorIds.JournalUnavailable, refused.ErrorId);
        Assert.Contains("chmod o-w", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nor_is_a_file_of_it_that_everybody_may_write_to()
    {
        SkipOnWindows();
        string folder = Make("journal", OwnFolder), file = Path.Combine(folder, "changes-2026-11-21.jsonl");
        File.WriteAllText(file, "");
        ChangeJournal journal = new(folder, TimeProvider.System, () => 0);
        Assert.Empty(journal.Read());

        SetMode(file, OwnFile | UnixFileMode.OtherWrite);

        Assert.Equal(ErrorIds.JournalUnavailable, Assert.Throws<OpsException>(() => journal.Read()).ErrorId);
    }

    [Fact]
    public async Task A_job_store_that_is_a_planted_link_is_neither_read_nor_written()
    {
        SkipOnWindows();
        string path = Path.Combine(Make("open", Everybody), "jobs.jsonl"), victim = Path.Combine(_folder, "victim");
        await File.WriteAllTextAsync(victim, "precious", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(path, victim);
        using FileMvpJobStore store = new(path);
        MvpJob job = new() { JobId = "a", UserId = "u", ProductId = "p", Priority = "normal", EventBusName = "b", Detail = "{}", State = MvpJobState.Pending };

        Assert.Equal(ErrorIds.JobStoreUnavailable, (await Assert.ThrowsAsync<OpsException>(() => store.FindAsync("a", CancellationToken.None))).ErrorId);
        Assert.Equal(ErrorIds.JobStoreUnavailable, (await Assert.ThrowsAsync<OpsException>(() => store.CreateAsync(job, CancellationToken.None))).ErrorId);
        Assert.Equal("precious", await File.ReadAllTextAsync(victim, TestContext.Current.CancellationToken));
    }

    private static void SkipOnWindows() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes: there, access rights are the folder's.");

    private string Make(string name, UnixFileMode mode)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(path);
        SetMode(path, mode);
        return path;
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }

    private static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetUmask(int mask);
}
