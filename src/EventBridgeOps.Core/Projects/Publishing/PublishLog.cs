using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Projects.Files;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>The log of publications to an environment: <c>.ebproject/ENVIRONMENT</c> in the folder of the project, which does not belong into version control.</summary>
/// <remarks><c>run.json</c> has the steps of the last run. Each step has a log, and <c>errors.log</c> and <c>warnings.log</c> have those of all steps, a line with its time each.</remarks>
internal sealed class PublishLog : IRunObserver, IDisposable
{
    private const string RunFile = "run.json";
    private const string LockFile = "run.lock";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly WorkFolder _folder;
    private readonly FileStream _held;
    private readonly IPublishView _view;
    private readonly IRunObserver _observer;
    private readonly TimeProvider _time;
    private readonly object _lock = new();
    private readonly PublishedRun? _before;
    private PublishedRun _run;
    private string _step = "publish";

    private PublishLog(WorkFolder folder, FileStream held, PublishedRun? before, string digest, IPublishView view, IRunObserver observer, TimeProvider time)
    {
        _folder = folder;
        _held = held;
        _view = view;
        _observer = observer;
        _time = time;
        _before = before is { IsFinished: false } && before.Digest == digest ? before : null;
        _run = new PublishedRun(digest, _time.GetUtcNow(), []);
    }

    /// <inheritdoc/>
    public IVoice Voice => _observer.Voice;

    /// <summary>Whether this run goes on with one that was interrupted or failed.</summary>
    public bool GoesOn => _before is not null;

    /// <summary>Begins a run. One at a time can run in a folder.</summary>
    /// <param name="project">The folder of the project.</param>
    /// <param name="environment">The name of the environment.</param>
    /// <param name="digest">The digest of what is published.</param>
    /// <param name="forget">Whether to forget a run that was interrupted.</param>
    /// <param name="view">Shows which steps are skipped.</param>
    /// <param name="observer">Receives what is logged.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.WorkInProgress"/>: another run is at work; <see cref="ErrorIds.InvalidProject"/>: the log cannot be written.</exception>
    public static PublishLog Begin(ProjectFolder project, string environment, string digest, bool forget, IPublishView view, IRunObserver observer, TimeProvider time)
    {
        WorkFolder folder = new(project, environment);
        try
        {
            folder.Create();
        }
        catch (Exception e) when (InputFile.IsFault(e))
        {
            throw new OpsException(ErrorIds.InvalidProject, PublishMessages.NoLog(folder.Path, InputFile.WriteReason(folder.Path, e)), e);
        }

        FileStream held;
        try
        {
            held = PrivateFiles.Open(folder.File(LockFile), FileShare.None);
        }
        catch (IOException e)
        {
            throw new OpsException(ErrorIds.WorkInProgress, PublishMessages.OtherRun(environment), e);
        }

        return new PublishLog(folder, held, forget ? null : LastRun(project, environment), digest, view, observer, time);
    }

    /// <summary>The last run; null if there was none.</summary>
    public static PublishedRun? LastRun(ProjectFolder project, string environment)
    {
        string file = new WorkFolder(project, environment).File(RunFile);
        try
        {
            return File.Exists(file) && JsonNode.Parse(File.ReadAllText(file, Utf8)) is JsonObject run ? PublishedRun.Of(run) : null;
        }
        catch (Exception e) when (InputFile.IsFault(e) || e is System.Text.Json.JsonException)
        {
            return null; // A log that is torn or in use says nothing.
        }
    }

    /// <summary>Whether a run is at work in a folder: it holds its file.</summary>
    /// <param name="project">The folder of the project.</param>
    /// <param name="environment">The name of the environment.</param>
    public static bool IsRunning(ProjectFolder project, string environment)
    {
        // A run that is over is not asked for: to open the file for a moment would keep the next one away.
        if (LastRun(project, environment) is not { IsFinished: false } run || run.Steps.Any(step => step.Error is not null))
            return false;
        try
        {
            using FileStream free = new(new WorkFolder(project, environment).File(LockFile), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Runs a step, unless the run that this one goes on with has done it.</summary>
    /// <param name="step">The step.</param>
    /// <param name="isLasting">Whether the step stays done: one that only looked is done again.</param>
    /// <param name="work">The step.</param>
    /// <returns>What the step gives; default if it is skipped.</returns>
    public async Task<T?> StepAsync<T>(PublishStep step, bool isLasting, Func<Task<T>> work)
    {
        _step = step.ToString().ToLowerInvariant();
        if (isLasting && _before?.Steps.FirstOrDefault(each => each.Step == step) is { Error: null, EndedAt: { } ended } done)
        {
            Write($"{_step}.log", "INFO", this.Text(PublishMessages.StepSkipped(step, ended)));
            _view.Say(PublishMessages.StepSkipped(step, ended));
            Save(done);
            return default;
        }

        DateTimeOffset start = _time.GetUtcNow();
        Save(new PublishedStep(step, start, null, null));
        Verbose(PublishMessages.StepBegins(step));
        try
        {
            T result = await work();
            Save(new PublishedStep(step, start, _time.GetUtcNow(), null));
            return result;
        }
        catch (Exception e)
        {
            string error = e is OpsException known ? this.Text(known) : e.Message;
            Write("errors.log", "ERROR", error);
            Save(new PublishedStep(step, start, _time.GetUtcNow(), error));
            throw;
        }
    }

    /// <summary>Says that the run is complete.</summary>
    public void Finish()
    {
        _run = _run with { IsFinished = true };
        SaveRun();
    }

    /// <inheritdoc/>
    public void Progress(RunProgress progress) => _observer.Progress(progress);

    /// <inheritdoc/>
    public void Verbose(Message message)
    {
        Write($"{_step}.log", "INFO", this.Text(message));
        _observer.Verbose(message);
    }

    /// <inheritdoc/>
    public void Warning(Message message)
    {
        Write("warnings.log", "WARNING", this.Text(message));
        _observer.Warning(message);
    }

    /// <inheritdoc/>
    public void Failed(ItemFailure failure)
    {
        Write("errors.log", "ERROR", this.Text(failure.Error));
        _observer.Failed(failure);
    }

    /// <summary>Lets another run begin.</summary>
    public void Dispose() => _held.Dispose();

    private void Save(PublishedStep step)
    {
        _run = _run with { Steps = [.. _run.Steps.Where(each => each.Step != step.Step), step] };
        SaveRun();
    }

    private void SaveRun() => PrivateFiles.Write(_folder.File(RunFile), Utf8.GetBytes(Document.WriteIndented(_run.ToJson()) + "\n"));

    // A problem is in the log of its step as well.
    private void Write(string file, string level, string text)
    {
        string line = $"{_time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)} {level} {_step}: {text.Replace('\r', ' ').Replace('\n', ' ')}\n";
        lock (_lock)
        {
            Append(file, line);
            if (level != "INFO")
                Append($"{_step}.log", line);
        }
    }

    private void Append(string file, string line)
    {
        using FileStream stream = PrivateFiles.Open(_folder.File(file), FileShare.Read);
        stream.Seek(0, SeekOrigin.End);
        byte[] bytes = Utf8.GetBytes(line);
        stream.Write(bytes, 0, bytes.Length);
    }
}
