using System.Threading.Channels;

namespace EventBridgeOps.PowerShell.Pipeline;

/// <summary>
/// The way from threads that work to the one thread that may write: actions in a bounded queue. When the pipeline is slow the
/// queue fills, and the work waits.
/// </summary>
internal sealed class PipelineQueue
{
    private const int Capacity = 256;

    private readonly Channel<Action> _actions = Channel.CreateBounded<Action>(Capacity);
    private Task? _more;

    /// <summary>Leaves an action to the pipeline thread. It blocks while the queue is full.</summary>
    public void Post(Action action, CancellationToken cancellationToken)
    {
        if (!_actions.Writer.TryWrite(action))
            PostAsync(action, cancellationToken).GetAwaiter().GetResult();
    }

    /// <summary>Leaves an action to the pipeline thread.</summary>
    public Task PostAsync(Action action, CancellationToken cancellationToken) => _actions.Writer.WriteAsync(action, cancellationToken).AsTask();

    /// <summary>Asks the pipeline thread, and waits for its answer.</summary>
    public async Task<T> AskAsync<T>(Func<T> question, CancellationToken cancellationToken)
    {
        TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await PostAsync(() => answer.TrySetResult(question()), cancellationToken);
        return await answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>On the pipeline thread: does what was posted so far.</summary>
    public void RunPosted()
    {
        while (_actions.Reader.TryRead(out Action? action))
            action();
    }

    /// <summary>On the pipeline thread: does what is posted, until a task is done and nothing is left.</summary>
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
