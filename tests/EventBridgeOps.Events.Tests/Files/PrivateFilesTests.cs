using System.Runtime.InteropServices;
using EventBridgeOps.Events.Files;

namespace EventBridgeOps.Events.Tests;

public sealed class PrivateFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ebops-private-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Nobody_else_can_read_whatever_the_umask_is()
    {
        UnixModes.SkipOnWindows();
        int before = SetUmask(0);
        try
        {
            string folder = Path.Combine(_folder, "a", "b");
            PrivateFiles.CreateFolder(folder);
            PrivateFiles.Open(Path.Combine(folder, "opened"), FileShare.None).Dispose();
            PrivateFiles.Write(Path.Combine(folder, "written"), [1]);

            Assert.All(new[] { Path.Combine(_folder, "a"), folder }, made => Assert.Equal(UnixModes.OwnFolder, UnixModes.Of(made)));
            Assert.Equal(["opened", "written"], Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            Assert.All(Directory.GetFiles(folder), made => Assert.Equal(UnixModes.OwnFile, UnixModes.Of(made)));
        }
        finally
        {
            _ = SetUmask(before);
        }
    }

    [Fact]
    public void What_everybody_may_write_to_or_may_have_planted_is_at_fault()
    {
        UnixModes.SkipOnWindows();
        string open = UnixModes.MakeFolder(_folder, "open", UnixModes.Everybody), closed = UnixModes.MakeFolder(_folder, "closed", UnixModes.OwnFolder);
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
        Assert.Null(PrivateFiles.Fault(UnixModes.MakeFolder(_folder, "group", UnixModes.OwnFolder | UnixFileMode.GroupWrite)));
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetUmask(int mask);
}
