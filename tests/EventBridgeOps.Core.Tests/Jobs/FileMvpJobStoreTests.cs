using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Jobs;

namespace EventBridgeOps.Core.Tests.Jobs;

public sealed class FileMvpJobStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ebops-store-").FullName;

    private string StorePath => Path.Combine(_folder, "sub", "jobs.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Jobs_are_there_after_the_store_was_closed()
    {
        using (FileMvpJobStore store = new(StorePath))
        {
            await store.CreateAsync(Job("a") with { Reason = "über\nzwei Zeilen", History = [new MvpJobStep(MvpJobState.Pending, DateTimeOffset.UnixEpoch, "r")] }, Run.Token);
            Assert.True(await store.ReplaceAsync(Job("a") with { Version = 2, State = MvpJobState.Queued, Reason = "über\nzwei Zeilen", History = [new MvpJobStep(MvpJobState.Pending, DateTimeOffset.UnixEpoch, "r")] }, Run.Token));
        }

        using FileMvpJobStore again = new(StorePath);
        MvpJob job = (await again.FindAsync("a", Run.Token))!;
        Assert.Equal((MvpJobState.Queued, 2, "über\nzwei Zeilen"), (job.State, job.Version, job.Reason));
        Assert.Equal([new MvpJobStep(MvpJobState.Pending, DateTimeOffset.UnixEpoch, "r")], job.History);
    }

    [Fact]
    public async Task A_half_line_of_a_crash_is_passed_over_and_swallows_nothing()
    {
        using (FileMvpJobStore store = new(StorePath))
        {
            await store.CreateAsync(Job("a"), Run.Token);
            await store.CreateAsync(Job("b"), Run.Token);
        }

        byte[] whole = await File.ReadAllBytesAsync(StorePath, Run.Token);
        int first = Array.IndexOf(whole, (byte)'\n') + 1;
        for (int length = first; length < whole.Length; length += 7)
        {
            await File.WriteAllBytesAsync(StorePath, whole[..length], Run.Token);
            using FileMvpJobStore store = new(StorePath);
            Assert.Null(await store.FindAsync("b", Run.Token));
            await store.CreateAsync(Job("c"), Run.Token);
            Assert.Equal(["a", "c"], (await store.ListAsync(new MvpJobQuery(), Run.Token).ToListAsync(Run.Token)).Select(job => job.JobId).Order());
        }
    }

    [Theory]
    [InlineData("""{"a":1}""")]
    [InlineData("remember the milk")]
    [InlineData("""[{"jobId":"a"}]""")]
    public async Task A_file_of_something_else_is_left_alone(string content)
    {
        string path = Path.Combine(_folder, "package.json");
        await File.WriteAllTextAsync(path, content, Run.Token);
        using FileMvpJobStore store = new(path);

        OpsException write = await Assert.ThrowsAsync<OpsException>(() => store.CreateAsync(Job("a"), Run.Token));
        OpsException read = await Assert.ThrowsAsync<OpsException>(() => store.FindAsync("a", Run.Token));

        Assert.Equal((ErrorIds.JobStoreUnavailable, ErrorIds.JobStoreUnavailable), (write.ErrorId, read.ErrorId));
        Assert.Contains("Line 1 of job store", write.Message, StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllTextAsync(path, Run.Token));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Of_two_writing_processes_one_is_told()
    {
        using (FileMvpJobStore before = new(StorePath))
            await before.CreateAsync(Job("a"), Run.Token);
        using FileMvpJobStore store = new(StorePath);
        using (new FileStream(StorePath + ".lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None)) // as another process holds it
        {
            Assert.NotNull(await store.FindAsync("a", Run.Token)); // reading is free
            OpsException error = await Assert.ThrowsAsync<OpsException>(() => store.CreateAsync(Job("b"), Run.Token));
            Assert.Equal(ErrorIds.JobStoreUnavailable, error.ErrorId);
        }

        await store.CreateAsync(Job("b"), Run.Token);
    }

    [Fact]
    public async Task Two_stores_of_one_process_write_one_file()
    {
        using FileMvpJobStore one = new(StorePath), other = new(StorePath);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => (number % 2 == 0 ? one : other).CreateAsync(Job($"j{number}"), Run.Token)));
        OpsException error = await Assert.ThrowsAsync<OpsException>(() => one.CreateAsync(Job("j1"), Run.Token));
        Assert.Equal(ErrorIds.JobExists, error.ErrorId);

        one.Dispose();
        await other.CreateAsync(Job("last"), Run.Token);
        other.Dispose();
        using FileStream free = new(StorePath + ".lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        using FileMvpJobStore after = new(StorePath);
        Assert.Equal(101, (await after.ListAsync(new MvpJobQuery(), Run.Token).ToListAsync(Run.Token)).Count);
    }

    [Fact]
    public async Task A_write_over_another_version_is_refused()
    {
        using FileMvpJobStore store = new(StorePath);
        await store.CreateAsync(Job("a"), Run.Token);
        bool[] taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => store.ReplaceAsync(Job("a") with { Version = 2, Reason = $"{i}" }, Run.Token))));
        Assert.Single(taken, one => one);
        Assert.False(await store.ReplaceAsync(Job("nobody") with { Version = 2 }, Run.Token));
        await Assert.ThrowsAsync<OpsException>(() => store.CreateAsync(Job("a"), Run.Token));
    }

    [Fact]
    public async Task The_file_does_not_grow_for_ever()
    {
        using FileMvpJobStore store = new(StorePath);
        await store.CreateAsync(Job("a"), Run.Token);
        for (int version = 2; version < 2500; version++)
            Assert.True(await store.ReplaceAsync(Job("a") with { Version = version }, Run.Token));
        Assert.True(File.ReadLines(StorePath).Count() < 1100);
        store.Dispose();
        using FileMvpJobStore again = new(StorePath);
        Assert.Equal(2499, (await again.FindAsync("a", Run.Token))!.Version);
    }

    [Fact]
    public async Task Another_file_is_not_taken_for_a_store()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(StorePath)!);
        await File.WriteAllTextAsync(StorePath, "{\"jobId\":\"a\"}\nsomething\n", Run.Token);
        using FileMvpJobStore store = new(StorePath);
        OpsException error = await Assert.ThrowsAsync<OpsException>(() => store.FindAsync("a", Run.Token));
        Assert.Equal(ErrorIds.JobStoreUnavailable, error.ErrorId);
        Assert.Contains("Line 1", error.Message);
    }

    [Fact]
    public async Task A_users_jobs_come_newest_first()
    {
        using FileMvpJobStore store = new(StorePath);
        foreach (int hour in new[] { 2, 1, 3 })
            await store.CreateAsync(Job($"j{hour}") with { CreatedAt = DateTimeOffset.UnixEpoch.AddHours(hour), UserId = hour == 1 ? "v" : "u" }, Run.Token);
        Assert.Equal(["j3", "j2"], (await store.ListAsync(new MvpJobQuery { UserId = "u" }, Run.Token).ToListAsync(Run.Token)).Select(job => job.JobId));
    }

    private static MvpJob Job(string id) => new() { JobId = id, UserId = "u", ProductId = "p", Priority = "normal", EventBusName = "b", Detail = "{}", Version = 1 };
}
