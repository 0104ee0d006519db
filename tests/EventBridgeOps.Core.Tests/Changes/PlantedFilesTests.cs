using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Jobs;

namespace EventBridgeOps.Core.Tests.Changes;

/// <summary>What others can write to, or may have planted, is not trusted as a journal or a job store.</summary>
public sealed class PlantedFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ebops-planted-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_journal_that_everybody_may_write_to_is_not_read()
    {
        UnixModes.SkipOnWindows();
        string folder = UnixModes.MakeFolder(_folder, "journal", UnixModes.Everybody);

        OpsException refused = Assert.Throws<OpsException>(() => ChangeJournal.In(folder, TimeProvider.System, () => 0).Read());

        Assert.Equal(ErrorIds.JournalUnavailable, refused.ErrorId);
        Assert.Contains("chmod o-w", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nor_is_a_file_of_it_that_everybody_may_write_to()
    {
        UnixModes.SkipOnWindows();
        string folder = UnixModes.MakeFolder(_folder, "journal", UnixModes.OwnFolder), file = Path.Combine(folder, "changes-2026-11-21.jsonl");
        File.WriteAllText(file, "");
        ChangeJournal journal = ChangeJournal.In(folder, TimeProvider.System, () => 0);
        Assert.Empty(journal.Read());

        UnixModes.Set(file, UnixModes.OwnFile | UnixFileMode.OtherWrite);

        Assert.Equal(ErrorIds.JournalUnavailable, Assert.Throws<OpsException>(() => journal.Read()).ErrorId);
    }

    [Fact]
    public async Task A_job_store_that_is_a_planted_link_is_neither_read_nor_written()
    {
        UnixModes.SkipOnWindows();
        string path = Path.Combine(UnixModes.MakeFolder(_folder, "open", UnixModes.Everybody), "jobs.jsonl"), victim = Path.Combine(_folder, "victim");
        await File.WriteAllTextAsync(victim, "precious", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(path, victim);
        using FileMvpJobStore store = new(path);
        MvpJob job = new() { JobId = "a", UserId = "u", ProductId = "p", Priority = "normal", EventBusName = "b", Detail = "{}", State = MvpJobState.Pending };

        Assert.Equal(ErrorIds.JobStoreUnavailable, (await Assert.ThrowsAsync<OpsException>(() => store.FindAsync("a", CancellationToken.None))).ErrorId);
        Assert.Equal(ErrorIds.JobStoreUnavailable, (await Assert.ThrowsAsync<OpsException>(() => store.CreateAsync(job, CancellationToken.None))).ErrorId);
        Assert.Equal("precious", await File.ReadAllTextAsync(victim, TestContext.Current.CancellationToken));
    }
}
