using System.Management.Automation;
using System.Threading.Channels;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Reports;
using EventBridgeOps.Settings;

namespace EventBridgeOps.PowerShell.Pipeline;

/// <summary>
/// A cmdlet whose work runs on the thread pool and can be stopped at every await. Only the pipeline thread writes; all other
/// threads post to it. Whatever ends the pipeline (Ctrl+C, <c>Select-Object -First</c>, an error elsewhere) ends the work.
/// </summary>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PipelineQueue _queue = new();
    private readonly List<Task> _work = [];
    private readonly ShellEnvironment _environment = ShellEnvironment.Here;
    private EnvFile? _settings;
    private SessionHost? _shell;
    private bool _disposed;

    private protected AsyncCmdlet()
    {
        StopToken = _stop.Token;
        Observer = new PipelineObserver(this, _queue, Clock, StopToken);
    }

    /// <summary>A settings file with <c>NAME=value</c> lines. Its values override environment variables; parameters override its values.</summary>
    [Parameter]
    public string? EnvFile { get; set; }

    /// <summary>The clock.</summary>
    private protected static TimeProvider Clock => TimeProvider.System;

    /// <summary>What the shell gives to sessions, and to everything that works without one: the environment and the location of the runspace.</summary>
    private protected SessionHost Shell => _shell ??= new SessionHost
    {
        Environment = EventBridgeOps.Settings.EnvFile.Over(_settings, _environment.Read),
        Time = Clock,
        Folder = SessionState.Path.CurrentFileSystemLocation.ProviderPath,
        Machine = Machine.Current,
    };

    private protected PipelineObserver Observer { get; }

    /// <summary>How long the shell waits for work that was asked to stop; normally it stops at once.</summary>
    private protected virtual TimeSpan Patience => TimeSpan.FromSeconds(5);

    private protected CancellationToken StopToken { get; }

    /// <summary>The settings of <see cref="EnvFile"/>; null without one.</summary>
    private protected EnvFile? FileSettings => _settings;

    /// <summary>A setting from the file, or else from the environment.</summary>
    private protected string? Setting(string name) => Shell.Environment(name);

    /// <summary>Reads the settings file.</summary>
    protected override void BeginProcessing() => _settings = FullPath(EnvFile) is { } path ? OrEnd(() => EventBridgeOps.Settings.EnvFile.Read(path)) : null;

    /// <summary>Waits for all work that was started, and writes its results.</summary>
    protected override void EndProcessing() => Finish();

    /// <summary>Ends the work at once. PowerShell calls it from another thread.</summary>
    protected override void StopProcessing()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself at the same moment.
        }
    }

    /// <summary>Ends the work that is still running, if the pipeline ended early.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the work that is still running, if the pipeline ended early.</summary>
    /// <param name="disposing">Always true.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (_disposed)
            return;
        _disposed = true;
        EndWork();
        _stop.Dispose();
    }

    /// <summary>Starts work on the thread pool. An exception ends the pipeline.</summary>
    private protected void Start(Func<Task> work) => _work.Add(Task.Run(async () =>
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            // The result is no longer needed.
        }
        catch (Exception error)
        {
            ErrorRecord record = ErrorRecords.From(ErrorRecords.Wrap(error), null);
            _queue.Post(() => ThrowTerminatingError(record), StopToken);
        }
    }));

    /// <summary>On the pipeline thread: a full path, relative to the current location of the shell.</summary>
    private protected string? FullPath(string? path) => string.IsNullOrEmpty(path) ? null : ShellPaths.Full(SessionState.Path, path!);

    /// <summary>From work: reads each item as it arrives, and writes it if requested. If there is none, and nothing failed, a warning says so.</summary>
    private protected Task WriteAllAsync<T>(IAsyncEnumerable<T> items, Message nothing, bool write = true, Action<T>? each = null) => WriteAllAsync(items, write, each, () => Task.FromResult(nothing));

    /// <summary>From work: the same, where more is looked at before the warning.</summary>
    private protected async Task WriteAllAsync<T>(IAsyncEnumerable<T> items, bool write = true, Action<T>? each = null, Func<Task<Message>>? nothing = null)
    {
        bool isEmpty = true;
        await foreach (T item in items.WithCancellation(StopToken))
        {
            isEmpty = false;
            each?.Invoke(item);
            if (write)
                await WriteAsync(item);
        }

        if (isEmpty && nothing is not null && Observer.Failures == 0)
            Observer.Warning(await nothing());
    }

    /// <summary>From work: writes an item.</summary>
    private protected Task WriteAsync<T>(T item) => _queue.PostAsync(() => WriteObject(item), StopToken);

    /// <summary>From work: processes one item; a failure is reported as an error about the item, and the run continues.</summary>
    private protected async Task ForItemAsync(object item, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OpsException error) when (!error.EndsRun)
        {
            Observer.Failed(new ItemFailure(error, item));
        }
    }

    /// <summary>From work: asks a question on the pipeline thread.</summary>
    private protected Task<T> AskAsync<T>(Func<T> question) => _queue.AskAsync(question, StopToken);

    /// <summary>From work: <c>-WhatIf</c>, <c>-Confirm</c>.</summary>
    private protected Task<Approval> ApproveAsync(PlannedChange change, CancellationToken cancellationToken) => _queue.AskAsync(
        () =>
        {
            Message operation = PipelineMessages.Operation(change.Action, change.Target);
            return ShouldProcess(Observer.Text(operation), Observer.Text(PipelineMessages.AreYouSure(operation)), Observer.Text(PipelineMessages.Confirm()), out ShouldProcessReason reason) ? Approval.Write
                : reason == ShouldProcessReason.WhatIf ? Approval.WhatIf
                : Approval.Declined;
        },
        cancellationToken);

    /// <summary>On the pipeline thread, after everything was written: ends the cmdlet with an error if drift was found.</summary>
    private protected void FailOn(DriftCount drift)
    {
        if (drift.Found)
            ThrowTerminatingError(ErrorRecords.From(drift.ToError(), null));
    }

    /// <summary>On the pipeline thread: writes lines for a CI system, so to the host and not to the pipeline.</summary>
    private protected void SayToHost(IEnumerable<string> lines)
    {
        foreach (string line in lines)
            WriteInformation(new HostInformationMessage { Message = line }, ["PSHOST"]);
    }

    /// <summary>On the pipeline thread: passes an item to the work, and writes results.</summary>
    private protected void Feed<T>(ChannelWriter<T> work, T item) => OnPipeline(() =>
    {
        while (!work.TryWrite(item))
        {
            Task<bool> room = work.WaitToWriteAsync(StopToken).AsTask();
            _queue.RunUntil(room, StopToken);
            if (!room.GetAwaiter().GetResult())
                return;
        }

        _queue.RunPosted();
    });

    /// <summary>On the pipeline thread: an error of the product ends the cmdlet.</summary>
    private protected T OrEnd<T>(Func<T> get)
    {
        try
        {
            return get();
        }
        catch (OpsException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, null));
            throw;
        }
    }

    /// <summary>On the pipeline thread: an error of the product is reported about the current object, and the rest is processed.</summary>
    private protected T? OrSkip<T>(Func<T> get, object? target)
        where T : class
    {
        try
        {
            return get();
        }
        catch (OpsException e)
        {
            WriteError(ErrorRecords.From(e, target));
            return null;
        }
    }

    /// <summary>On the pipeline thread: writes results until all work is done.</summary>
    private protected void Finish() => OnPipeline(() =>
    {
        _queue.RunUntil(Task.WhenAll(_work), StopToken);
        Observer.Complete();
        _work.Clear();
    });

    /// <summary>On the pipeline thread: waits for work, and writes results.</summary>
    private protected T Await<T>(Task<T> work)
    {
        OnPipeline(() => _queue.RunUntil(work, StopToken));
        return OrEnd(() => work.GetAwaiter().GetResult());
    }

    private void OnPipeline(Action run)
    {
        try
        {
            run();
        }
        catch (Exception error)
        {
            EndWork();
            if (error is OperationCanceledException)
                throw new PipelineStoppedException();
            throw;
        }
    }

    private void EndWork()
    {
        _stop.Cancel();
        Task.WhenAll(_work).ContinueWith(done => _ = done.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait(Patience);
    }
}
