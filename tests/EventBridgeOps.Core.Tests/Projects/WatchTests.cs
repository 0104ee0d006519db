using System.Threading.Channels;
using EventBridgeOps.Projects.Files;
using EventBridgeOps.Projects.Testing;

namespace EventBridgeOps.Core.Tests.Projects;

/// <summary>A project is checked again when a file changes.</summary>
public sealed class WatchTests : IDisposable
{
    private readonly ProjectSpace _space = ProjectSpace.Of("mvp");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _space.Dispose();

    [Fact]
    public async Task Each_change_is_checked()
    {
        using Watcher watcher = new();
        RecordingObserver observer = new();
        await using IAsyncEnumerator<ProjectTest> tests = ProjectWatch.RunAsync(_space.Root, [], watcher, observer, Token).GetAsyncEnumerator(Token);
        Assert.True(await tests.MoveNextAsync());
        Assert.True(tests.Current.Passed);

        ValueTask<bool> next = tests.MoveNextAsync();
        string text = _space.Read("ebproject.yaml");
        await watcher.WaitsAsync();
        File.Delete(Path.Combine(_space.Root, "ebproject.yaml"));
        watcher.Change();
        await watcher.WaitsAsync(); // What is not a project for a while is told, and waited for.
        _space.Write("ebproject.yaml", text + "extra: 1\n");
        watcher.Change();

        Assert.True(await next);
        Assert.False(tests.Current.Passed);
        Assert.Single(observer.Failures);
    }

    [Fact]
    public async Task A_change_in_the_file_system_is_noticed()
    {
        using FolderWatcher watcher = new(_space.Root, new ManualTimeProvider { AutoAdvance = true });
        Task changed = watcher.ChangedAsync(Token);
        _space.Write("rules/mvp-requests.yaml", _space.Read("rules/mvp-requests.yaml") + "\n");

        await changed;
    }

    [Fact]
    public async Task A_report_in_the_folder_is_no_change()
    {
        string report = Path.Combine(_space.Root, "project.xml");
        using FolderWatcher watcher = new(_space.Root, new ManualTimeProvider { AutoAdvance = true }, [report]);
        Task changed = watcher.ChangedAsync(Token);
        EventBridgeOps.Reports.ReportFile.Write(report, "<a/>");
        EventBridgeOps.Reports.ReportFile.Write(report, "<b/>");
        await TimeProvider.System.Delay(TimeSpan.FromMilliseconds(500), Token);
        Assert.False(changed.IsCompleted);

        _space.Write("rules/mvp-requests.yaml", _space.Read("rules/mvp-requests.yaml") + "\n");
        await changed;
    }

    private sealed class Watcher : IFolderWatcher
    {
        private readonly Channel<bool> _changes = Channel.CreateUnbounded<bool>();
        private readonly SemaphoreSlim _waits = new(0);

        public Task WaitsAsync() => _waits.WaitAsync(Token);

        public void Change() => _changes.Writer.TryWrite(true);

        public async Task ChangedAsync(CancellationToken cancellationToken)
        {
            _waits.Release();
            await _changes.Reader.ReadAsync(cancellationToken);
        }

        public void Dispose() => _waits.Dispose();
    }
}
