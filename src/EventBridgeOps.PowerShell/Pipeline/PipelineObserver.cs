using System.Collections.Concurrent;
using System.Management.Automation;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.PowerShell.Pipeline;

/// <summary>Brings what a run reports to the pipeline thread. Of progress, only the newest, and not too often.</summary>
internal sealed class PipelineObserver(PSCmdlet cmdlet, PipelineQueue queue, TimeProvider time, CancellationToken stop) : IRunObserver
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, Activity> _activities = new(StringComparer.Ordinal);
    private bool _isCalm;
    private int _failures;
    private int _calls;

    public IVoice Voice => ShellVoice.Instance;

    public void Warning(Message message) => Write(() => cmdlet.WriteWarning(this.Text(message)));

    public void Verbose(Message message) => Write(() => WriteVerbose(this.Text(message)));

    private void Debug(string message) => Write(() => cmdlet.WriteDebug(message));

    /// <summary>The number of items that failed.</summary>
    public int Failures => Volatile.Read(ref _failures);

    public void Failed(ItemFailure failure)
    {
        Interlocked.Add(ref _failures, failure.Count);
        queue.Post(() => cmdlet.WriteError(ErrorRecords.From(failure.Error, failure.Target)), stop);
    }

    public void Progress(RunProgress progress)
    {
        Activity activity = _activities.GetOrAdd(this.Text(progress.Activity), _ => new Activity(_activities.Count + 1, time.GetTimestamp()));
        activity.Newest = progress;
        if (time.GetElapsedTime(activity.Shown) >= ProgressInterval && activity.TryAnnounce())
            queue.Post(() => Show(activity), stop);
    }

    /// <summary>Shows an API call: as debug lines, and as progress while a run has nothing else to show.</summary>
    public void Called(ObservedCall call)
    {
        RunProgress progress = call.Progress(Interlocked.Increment(ref _calls));
        if (_activities.IsEmpty || _activities.Values.All(activity => time.GetElapsedTime(activity.Shown) >= ObservedCall.Quiet))
            Progress(progress);
        foreach (string line in call.Lines())
            Debug(line);
    }

    /// <summary>On the pipeline thread: removes the progress bars.</summary>
    public void Complete()
    {
        foreach (KeyValuePair<string, Activity> shown in _activities.Where(activity => activity.Value.WasShown))
            cmdlet.WriteProgress(new ProgressRecord(shown.Value.Id, shown.Key, this.Text(PipelineMessages.Done())) { RecordType = ProgressRecordType.Completed });
        _activities.Clear();
    }

    private void Write(Action write) => queue.Post(
        () =>
        {
            if (!_isCalm)
                DebugSwitch.Calm(cmdlet);
            _isCalm = true;
            write();
        },
        stop);

    /// <summary>With <c>-Debug</c> alone, PowerShell would ask after each verbose line whether to continue.</summary>
    private void WriteVerbose(string message)
    {
        Dictionary<string, object> given = cmdlet.MyInvocation.BoundParameters;
        if (given.ContainsKey("Debug") && !given.ContainsKey("Verbose"))
            cmdlet.WriteDebug(message);
        else
            cmdlet.WriteVerbose(message);
    }

    private void Show(Activity activity)
    {
        RunProgress progress = activity.Newest!;
        string count = this.Text(progress.Total is { } total ? PipelineMessages.CountOf(progress.Done, total) : PipelineMessages.Count(progress.Done));
        cmdlet.WriteProgress(new ProgressRecord(activity.Id, this.Text(progress.Activity), count)
        {
            CurrentOperation = progress.Current,
            PercentComplete = progress.Total is > 0 and { } all ? Math.Min(100, progress.Done * 100 / all) : -1,
        });
        activity.Finish(time.GetTimestamp());
    }

    private sealed class Activity(int id, long begun)
    {
        private int _announced;
        private long _shown;

        public int Id => id;

        public RunProgress? Newest { get; set; }

        public bool WasShown => Interlocked.Read(ref _shown) != 0;

        /// <summary>When it was last shown, or else when it began.</summary>
        public long Shown => WasShown ? Interlocked.Read(ref _shown) : begun;

        public bool TryAnnounce() => Interlocked.Exchange(ref _announced, 1) == 0;

        public void Finish(long now)
        {
            Interlocked.Exchange(ref _shown, now);
            Interlocked.Exchange(ref _announced, 0);
        }
    }
}
