using EventBridgeOps.Events.Files;

namespace EventBridgeOps.Sandbox.Worlds;

/// <summary>
/// Keeps the world in a file: read at the start, written atomically after changes (many changes in a row make one write)
/// and once more at the end.
/// </summary>
internal sealed class StateFile : IAsyncDisposable
{
    private readonly string path;
    private readonly World world;
    private readonly SemaphoreSlim changed = new(0);
    private readonly CancellationTokenSource stopping = new();
    private readonly object gate = new();
    private readonly Task saving;

    private StateFile(string path, World world)
    {
        this.path = path;
        this.world = world;
        if ((SpecialFile.Fault(path) ?? PrivateFiles.Fault(path)) is { } fault)
            throw new InvalidDataException(StateMessages.NotTrusted(path, fault).ToString());
        try
        {
            if (File.Exists(this.path))
                world.Load(File.ReadAllBytes(this.path));
            Save(); // A place that cannot be written to ends the start, not the end, when everything would be lost.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new InvalidDataException(StateMessages.NotUsable(path, InputFile.WriteReason(path, e)).ToString(), e);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException(StateMessages.NotAStateFile(path, e.Message).ToString(), e);
        }

        world.Changed += OnChanged;
        saving = SaveOnChangesAsync();
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

    public async ValueTask DisposeAsync()
    {
        world.Changed -= OnChanged;
#if NETSTANDARD2_0
        stopping.Cancel();
#else
        await stopping.CancelAsync();
#endif
        await saving;
        Save();
        changed.Dispose();
        stopping.Dispose();
    }

    private void OnChanged()
    {
        if (changed.CurrentCount == 0)
            changed.Release();
    }

    private async Task SaveOnChangesAsync()
    {
        try
        {
            while (true)
            {
                await changed.WaitAsync(stopping.Token);
                Save();
            }
        }
        catch (OperationCanceledException)
        {
            // Closing; the last save follows.
        }
    }
}
