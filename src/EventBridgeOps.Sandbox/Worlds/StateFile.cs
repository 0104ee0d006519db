using EventBridgeOps.Events.Files;

namespace EventBridgeOps.Sandbox.Worlds;

/// <summary>
/// Keeps the world in a file: read at the start, and written atomically after each change, before the change is answered, so that
/// an answer outlives a killed process. Changes that arrive while the file is written share the next write.
/// </summary>
internal sealed class StateFile : IAsyncDisposable
{
    private readonly string path;
    private readonly World world;
    private readonly SemaphoreSlim changed = new(0);
    private readonly CancellationTokenSource stopping = new();
    private readonly object gate = new();
    private readonly object turn = new();
    private readonly Task saving;
    private TaskCompletionSource<bool> next = NewSave();
    private Task current = Task.CompletedTask;
    private readonly FileStream inUse;
    private bool isDirty;

    private StateFile(string path, World world)
    {
        this.path = path;
        this.world = world;
        if ((SpecialFile.Fault(path) ?? PrivateFiles.Fault(path)) is { } fault)
            throw new InvalidDataException(StateMessages.NotTrusted(path, fault).ToString());
        inUse = Claim(path);
        try
        {
            if (File.Exists(this.path))
                world.Load(File.ReadAllBytes(this.path));
            Save(); // A place that cannot be written to ends the start, not the end, when everything would be lost.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            inUse.Dispose();
            throw new InvalidDataException(StateMessages.NotUsable(path, InputFile.WriteReason(path, e)).ToString(), e);
        }
        catch (InvalidDataException e)
        {
            inUse.Dispose();
            throw new InvalidDataException(StateMessages.NotAStateFile(path, e.Message).ToString(), e);
        }

        world.Changed += OnChanged;
        saving = SaveOnChangesAsync();
    }

    /// <summary>Two sandboxes with one file would write over each other's state. The system lets go of the claim when a process ends, however it ends.</summary>
    private static FileStream Claim(string path)
    {
        try
        {
            PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
            return new(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (File.Exists(path + ".lock"))
        {
            throw new InvalidDataException(StateMessages.InUse(path).ToString(), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new InvalidDataException(StateMessages.NotUsable(path, InputFile.WriteReason(path, e)).ToString(), e);
        }
    }

    public static StateFile Open(string path, World world) => new(path, world);

    public void Save()
    {
        lock (gate)
        {
            PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
            PrivateFiles.Write(path, world.Save());
        }
    }

    /// <summary>Completes when the file has all that changed before the call; fails if it could not be written.</summary>
    /// <exception cref="IOException">The file could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public Task SavedAsync()
    {
        lock (turn)
            return isDirty ? next.Task : current;
    }

    public async ValueTask DisposeAsync()
    {
        world.Changed -= OnChanged;
#if NETSTANDARD2_0
        stopping.Cancel();
#else
        await stopping.CancelAsync();
#endif
        await saving;
        try
        {
            Save();
        }
        finally
        {
            inUse.Dispose();
        }

        changed.Dispose();
        stopping.Dispose();
    }

    private void OnChanged()
    {
        lock (turn)
        {
            if (isDirty)
                return;

            isDirty = true;
        }

        changed.Release();
    }

    private static TaskCompletionSource<bool> NewSave() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task SaveOnChangesAsync()
    {
        try
        {
            while (true)
            {
                await changed.WaitAsync(stopping.Token);
                SaveForAll();
            }
        }
        catch (OperationCanceledException)
        {
            // Closing; the last save follows.
        }
    }

    private void SaveForAll()
    {
        TaskCompletionSource<bool> save;
        lock (turn)
        {
            isDirty = false;
            save = next;
            current = save.Task;
            next = NewSave();
        }

        try
        {
            Save();
            save.TrySetResult(true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            save.TrySetException(e); // Each call that waits for it fails. The next change tries again.
            _ = save.Task.Exception;
        }
    }
}
