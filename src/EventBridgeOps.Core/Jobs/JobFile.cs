using System.Text;
using System.Text.Json;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Reading;

namespace EventBridgeOps.Jobs;

/// <summary>The file of a <see cref="FileMvpJobStore"/>: one in a process for each path, since its lock file admits one writer.</summary>
internal sealed class JobFile : IDisposable
{
    /// <summary>With so many lines for each job, and at least so many in all, the file is rewritten with one line for each job.</summary>
    private const int LinesPerJob = 8;
    private const int FewLines = 1000;
    private const string Draft = ".new";

    /// <summary>How every line begins.</summary>
    private const string LineStart = $$"""{"{{MvpJobDocument.JobId}}":""";

    // Shared on purpose: two sessions on one file would refuse each other.
    private static readonly Dictionary<string, JobFile> OpenFiles = new(Path.DirectorySeparatorChar == '\\' ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    private readonly string _path;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Queue<(MvpJob Job, bool IsNew, TaskCompletionSource<bool> Done)> _waiting = new();
    private readonly Dictionary<string, MvpJob> _jobs = new(StringComparer.Ordinal);
    private FileStream? _lock;
    private FileStream? _file;
    private int _lines;
    private int _users;

    private JobFile(string path) => _path = path;

    /// <summary>The file at a path, for one more user.</summary>
    public static JobFile Open(string path)
    {
        lock (OpenFiles)
        {
            if (!OpenFiles.TryGetValue(path, out JobFile? file))
                OpenFiles.Add(path, file = new JobFile(path));
            file._users++;
            return file;
        }
    }

    /// <summary>Ends the use of one user. With the last one, it is closed.</summary>
    public void Dispose()
    {
        lock (OpenFiles)
        {
            if (--_users > 0)
                return;
            OpenFiles.Remove(_path);
            _file?.Dispose();
            _lock?.Dispose();
            _turn.Dispose();
        }
    }

    // Whoever has the turn writes for all who wait, and waits for the disk once.
    public async Task<bool> WriteAsync(MvpJob job, bool isNew, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waiting)
            _waiting.Enqueue((job, isNew, done));
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!done.Task.IsCompleted)
                WriteWaiting();
        }
        finally
        {
            _turn.Release();
        }

        return await done.Task;
    }

    private void WriteWaiting()
    {
        (MvpJob Job, bool IsNew, TaskCompletionSource<bool> Done)[] batch;
        lock (_waiting)
        {
            batch = [.. _waiting];
            _waiting.Clear();
        }

        Dictionary<string, MvpJob> changed = new(StringComparer.Ordinal);
        bool[] taken = new bool[batch.Length];
        try
        {
            FileStream file = OpenToWrite();
            StringBuilder lines = new();
            for (int i = 0; i < batch.Length; i++)
            {
                MvpJob job = batch[i].Job;
                MvpJob? there = changed.TryGetValue(job.JobId, out MvpJob? newer) || _jobs.TryGetValue(job.JobId, out newer) ? newer : null;
                taken[i] = batch[i].IsNew ? there is null : there?.Version == job.Version - 1;
                if (!taken[i])
                    continue;
                changed[job.JobId] = job;
                lines.Append(Line(job));
                _lines++;
            }

            long end = file.Seek(0, SeekOrigin.End);
            try
            {
                byte[] bytes = Encoding.UTF8.GetBytes(lines.ToString());
                file.Write(bytes, 0, bytes.Length);
                file.Flush(flushToDisk: true);
            }
            catch (IOException)
            {
                file.SetLength(end); // A full disk: what is not whole must not stay.
                throw;
            }

            foreach (KeyValuePair<string, MvpJob> job in changed)
                _jobs[job.Key] = job.Value;
            Compact();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or OpsException)
        {
            OpsException error = e as OpsException ?? Unavailable(JobMessages.StoreNotWritable(_path, InputFile.WriteReason(_path, e)), e);
            foreach ((_, _, TaskCompletionSource<bool> done) in batch)
                done.TrySetException(error);
            return;
        }

        for (int i = 0; i < batch.Length; i++)
            batch[i].Done.TrySetResult(taken[i]);
    }

    public async Task<T> ReadAsync<T>(Func<IReadOnlyDictionary<string, MvpJob>, T> read, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_file is null)
                Load(); // Another process may be writing.
            return read(_jobs);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw Unavailable(JobMessages.StoreNotReadable(_path, InputFile.Reason(_path, e)), e);
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Load()
    {
        _jobs.Clear();
        _lines = 0;
        if (Directory.Exists(_path))
            throw new OpsException(ErrorIds.JobStoreUnavailable, JobMessages.StoreIsFolder(_path));
        if (!File.Exists(_path))
            return;
        Check(_path);
        using FileStream file = new(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using StreamReader reader = new(file, Encoding.UTF8);
        string[] lines = reader.ReadToEnd().Split('\n');
        for (int i = 0; i < lines.Length - 1; i++) // What follows the last line's end was cut off, or is being written.
        {
            try
            {
                MvpJob job = MvpJobDocument.Read(Document.Parse(lines[i]));
                _jobs[job.JobId] = job;
                _lines++;
            }
            catch (JsonException e) when (lines[i].Length > 0)
            {
                throw new OpsException(ErrorIds.JobStoreUnavailable, JobMessages.LineNotAJob(i + 1, _path, EventDocument.Reason(e)), e);
            }
            catch (JsonException)
            {
                // An empty line closes one that a crash cut off.
            }
        }

        // What a crash cut off is removed before the next write, so it must be ours.
        string rest = lines[lines.Length - 1];
        if (!rest.StartsWith(LineStart, StringComparison.Ordinal) && !LineStart.StartsWith(rest, StringComparison.Ordinal))
            throw new OpsException(ErrorIds.JobStoreUnavailable, JobMessages.LineNotAJob(lines.Length, _path, JobMessages.NotTheBeginningOfAJob()));
    }

    private FileStream OpenToWrite()
    {
        if (_file is not null)
            return _file;
        if (Path.GetDirectoryName(_path) is { Length: > 0 } folder)
            PrivateFiles.CreateFolder(folder);
        Check(_path + ".lock");
        Check(_path + Draft);
        if (!File.Exists(_path + ".lock"))
            Load(); // A file that is not a job store gets no lock file beside it.
        try
        {
            _lock = PrivateFiles.Open(_path + ".lock", FileShare.None);
        }
        catch (IOException e) when (File.Exists(_path + ".lock"))
        {
            throw new OpsException(ErrorIds.JobStoreUnavailable, JobMessages.StoreLocked(_path), e);
        }

        Load();
        FileStream file = PrivateFiles.Open(_path, FileShare.ReadWrite | FileShare.Delete);
        CutOffHalfLine(file);
        return _file = file;
    }

    // A process that was killed while it wrote left half a line: it must not swallow the next one.
    private static void CutOffHalfLine(FileStream file)
    {
        long end = file.Length;
        while (end > 0)
        {
            file.Seek(end - 1, SeekOrigin.Begin);
            if (file.ReadByte() == '\n')
                break;
            end--;
        }

        file.SetLength(end);
    }

    private void Compact()
    {
        if (_lines < FewLines || _lines < LinesPerJob * _jobs.Count)
            return;
        string draft = _path + Draft;
        using (FileStream file = PrivateFiles.Open(draft, FileShare.None))
        {
            file.SetLength(0);
            foreach (MvpJob job in _jobs.Values)
            {
                byte[] bytes = Encoding.UTF8.GetBytes(Line(job));
                file.Write(bytes, 0, bytes.Length);
            }

            file.Flush(flushToDisk: true);
        }

        _file?.Dispose();
        _file = null;
#if NET8_0_OR_GREATER
        File.Move(draft, _path, overwrite: true);
#else
        File.Replace(draft, _path, null);
#endif
        _file = PrivateFiles.Open(_path, FileShare.ReadWrite | FileShare.Delete);
        _lines = _jobs.Count;
    }

    private static string Line(MvpJob job) => Document.Write(MvpJobDocument.Write(job)) + "\n";

    /// <summary>A file that others can write to must not be trusted: its requests would be sent.</summary>
    private void Check(string file)
    {
        if (SpecialFile.Fault(file) is { } special)
            throw new OpsException(ErrorIds.JobStoreUnavailable, JobMessages.StoreNotWritable(_path, special));
        if (PrivateFiles.Fault(file) is { } fault)
            throw new OpsException(ErrorIds.JobStoreUnavailable, JobMessages.StoreNotTrusted(_path, fault));
    }

    private static OpsException Unavailable(Message message, Exception e) => new(ErrorIds.JobStoreUnavailable, message, e);
}
