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

    /// <summary>Begins to watch.</summary>
    /// <param name="folder">The full path of the folder.</param>
    /// <param name="time">The clock.</param>
    public FolderWatcher(string folder, TimeProvider time)
    {
        _time = time;
        _watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size };
        _watcher.Changed += (_, change) => Add(change.Name);
        _watcher.Created += (_, change) => Add(change.Name);
        _watcher.Deleted += (_, change) => Add(change.Name);
        _watcher.Renamed += (_, change) => Add(change.Name);
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

    private void Add(string? name)
    {
        if (name?.Split('/', '\\').Any(part => part.StartsWith(".", StringComparison.Ordinal)) != true)
            _changes.Writer.TryWrite(true);
    }
}
