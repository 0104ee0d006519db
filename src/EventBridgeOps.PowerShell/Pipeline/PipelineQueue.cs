using System.Threading.Channels;

namespace EventBridgeOps.PowerShell.Pipeline;

/// <summary>
/// Passes actions from working threads to the one thread that may write, in a bounded queue. When the pipeline is slow, the
/// queue fills, and the work waits.
/// </summary>
internal sealed class PipelineQueue
{
    private const int Capacity = 256;

    private readonly Channel<Action> _actions = Channel.CreateBounded<Action>(Capacity);
    private Task? _more;

    /// <summary>Posts an action to the pipeline thread. It blocks while the queue is full.</summary>
    public void Post(Action action, CancellationToken cancellationToken)
    {
        if (!_actions.Writer.TryWrite(action))
            PostAsync(action, cancellationToken).GetAwaiter().GetResult();
    }

    /// <summary>Posts an action to the pipeline thread.</summary>
    public Task PostAsync(Action action, CancellationToken cancellationToken) => _actions.Writer.WriteAsync(action, cancellationToken).AsTask();

    /// <summary>Asks the pipeline thread, and waits for its answer.</summary>
    public async Task<T> AskAsync<T>(Func<T> question, CancellationToken cancellationToken)
    {
        TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await PostAsync(() => answer.TrySetResult(question()), cancellationToken);
        return await answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>On the pipeline thread: runs the actions that were posted so far.</summary>
    public void RunPosted()
    {
        while (_actions.Reader.TryRead(out Action? action))
            action();
    }

    /// <summary>On the pipeline thread: runs posted actions until a task is complete and the queue is empty.</summary>
    /// <exception cref="OperationCanceledException">The pipeline was stopped.</exception>
    public void RunUntil(Task task, CancellationToken cancellationToken)
    {
        while (!task.IsCompleted)
        {
            RunPosted();
            _more ??= _actions.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
            Task.WaitAny([task, _more], cancellationToken);
            if (_more.IsCompleted)
                _more = null;
        }

        RunPosted();
    }
}
