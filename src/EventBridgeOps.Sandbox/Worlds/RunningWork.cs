namespace EventBridgeOps.Sandbox.Worlds;

/// <summary>What work that was due has begun and what ends outside of the lock of the world: invocations of functions, until their outcome is in the state.</summary>
internal sealed class RunningWork
{
    private readonly HashSet<Task> running = [];

    /// <summary>Whether something runs.</summary>
    public bool IsAny => Running().Length > 0;

    /// <summary>Adds work that has begun.</summary>
    public void Add(Task work)
    {
        lock (running)
            running.Add(work);
        _ = work.ContinueWith(Remove, TaskScheduler.Default);
    }

    /// <summary>Completes when nothing runs any more, including what began while it waited.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = cancellationToken.Register(() => cancelled.TrySetResult(true));
        while (Running() is { Length: > 0 } now && !cancellationToken.IsCancellationRequested)
            await Task.WhenAny(Task.WhenAny(now), cancelled.Task);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private Task[] Running()
    {
        lock (running)
        {
            running.RemoveWhere(work => work.IsCompleted);
            return [.. running];
        }
    }

    private void Remove(Task work)
    {
        lock (running)
            running.Remove(work);
    }
}
