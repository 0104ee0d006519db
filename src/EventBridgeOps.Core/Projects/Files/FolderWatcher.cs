using System.Threading.Channels;

namespace EventBridgeOps.Projects.Files;

/// <summary>Waits for changes in a folder.</summary>
public interface IFolderWatcher : IDisposable
{
    /// <summary>Waits for the next change since the last call.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task ChangedAsync(CancellationToken cancellationToken);
}

/// <summary>Waits for changes in a folder of the file system. Hidden files and folders, such as those of Git, do not count.</summary>
public sealed class FolderWatcher : IFolderWatcher
{
    // An editor that saves, or a branch that is switched to, makes several changes in a row.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(100);

    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly FileSystemWatcher _watcher;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<string> _ignored;

    /// <summary>Begins to watch.</summary>
    /// <param name="folder">The full path of the folder.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ignored">The full paths of files that do not count, such as a report of what is watched. Nor do those that are made while one is replaced, whose names begin with its name and a dot.</param>
    public FolderWatcher(string folder, TimeProvider time, IReadOnlyList<string>? ignored = null)
    {
        (_time, _ignored) = (time, ignored ?? []);
        _watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size };
        _watcher.Changed += (_, change) => Add(change);
        _watcher.Created += (_, change) => Add(change);
        _watcher.Deleted += (_, change) => Add(change);
        _watcher.Renamed += (_, change) => Add(change);
        _watcher.Error += (_, _) => _changes.Writer.TryWrite(true); // Some changes may have been missed.
        _watcher.EnableRaisingEvents = true;
    }

    /// <inheritdoc/>
    public async Task ChangedAsync(CancellationToken cancellationToken)
    {
        await _changes.Reader.ReadAsync(cancellationToken);
        do
            await _time.Delay(Settling, cancellationToken);
        while (_changes.Reader.TryRead(out _));
    }

    /// <inheritdoc/>
    public void Dispose() => _watcher.Dispose();

    private void Add(FileSystemEventArgs change)
    {
        if (change.Name?.Split('/', '\\').Any(part => part.StartsWith(".", StringComparison.Ordinal)) != true && !IsIgnored(change.FullPath))
            _changes.Writer.TryWrite(true);
    }

    private bool IsIgnored(string path) => _ignored.Any(ignored => path == ignored || path.StartsWith(ignored + ".", StringComparison.Ordinal));
}
