using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Changes;

/// <summary>A journal in a private folder of the user: JSON lines, one file a day, mode 0600.</summary>
/// <remarks>Several processes can write at the same time. Lines of one process that wait for the disk at the same moment are flushed together.</remarks>
/// <param name="folder">The folder; see <see cref="JournalLocation"/>. It is not created before the first line.</param>
/// <param name="time">The clock.</param>
public sealed class JournalFolder(string folder, TimeProvider time) : IJournalStore
{
    private const string Prefix = "changes-";
    private const string Suffix = ".jsonl";
    private const byte LineFeed = (byte)'\n';

    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LockDelay = TimeSpan.FromMilliseconds(5);

    // Within the process a queue is fairer than the lock file, which is polled.
    private static readonly ConcurrentDictionary<string, Queue> Queues = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Location => folder;

    /// <inheritdoc/>
    public async Task AppendAsync(byte[] line, CancellationToken cancellationToken)
    {
        Queue queue = Queues.GetOrAdd(folder, _ => new Queue());
        Waiting own = new(line, Path.Combine(folder, Prefix + time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + Suffix));
        queue.Lines.Enqueue(own);
        try
        {
            await queue.Turn.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            own.Withdraw();
            throw;
        }

        try
        {
            // Whoever had the turn before may have written this line too.
            if (!own.Written.Task.IsCompleted)
                await WriteAsync(queue, own, cancellationToken);
        }
        finally
        {
            queue.Turn.Release();
        }

        await own.Written.Task;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredLine> ReadAsync(bool newestFirst, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        if (File.Exists(folder))
            throw new OpsException(ErrorIds.JournalUnavailable, ChangeMessages.JournalIsFile(folder));
        string[] files = Guard(() => Directory.Exists(folder) ? Files() : []);
        if (newestFirst)
            Array.Reverse(files);
        foreach (string path in files)
        {
            using LineFile lines = Guard(() => Open(path, newestFirst));
            Func<Message> place = () => ChangeMessages.JournalLine(Guard(() => lines.Number()), path);
            while (Guard(() => lines.Next()) is { } line)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (line.Length > 0)
                    yield return new StoredLine(line, !lines.IsClosed, place);
            }
        }

        string[] Files()
        {
            Check(folder);
            return [.. Directory.GetFiles(folder, Prefix + "*" + Suffix).OrderBy(path => path, StringComparer.Ordinal)];
        }
    }

    private async Task WriteAsync(Queue queue, Waiting own, CancellationToken cancellationToken)
    {
        List<Waiting> taken = [];
        try
        {
            PrivateFiles.CreateFolder(folder);
            Check(folder);
            using FileStream turn = await LockAsync(cancellationToken);
            while (queue.Lines.TryDequeue(out Waiting? waiting))
            {
                if (waiting.Take())
                    taken.Add(waiting);
            }

            foreach (IGrouping<string, Waiting> day in taken.GroupBy(line => line.Path))
                Write(day.Key, day);
            foreach (Waiting line in taken)
                line.Written.SetResult(true);
        }
        catch (Exception e)
        {
            Exception fault = e is IOException or UnauthorizedAccessException or NotSupportedException
                ? new OpsException(ErrorIds.JournalUnavailable, ChangeMessages.JournalNotWritable(folder, InputFile.Reason(e)), e)
                : e;
            if (taken.Count == 0)
            {
                own.Withdraw(); // The others take their turn.
                if (ReferenceEquals(fault, e))
                    throw;
                throw fault;
            }

            foreach (Waiting line in taken)
                line.Written.TrySetException(fault);
        }
    }

    private static void Write(string path, IEnumerable<Waiting> lines)
    {
        using FileStream file = PrivateFiles.Open(path, FileShare.ReadWrite);
        using MemoryStream bytes = new();
        // A process that was killed while it wrote left half a line: it must not swallow this one.
        if (EndsInsideLine(file))
            bytes.WriteByte(LineFeed);
        foreach (Waiting line in lines)
        {
            bytes.Write(line.Line, 0, line.Line.Length);
            bytes.WriteByte(LineFeed);
        }

        file.Seek(0, SeekOrigin.End);
        bytes.WriteTo(file);
        file.Flush(flushToDisk: true);
    }

    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        string path = Path.Combine(folder, "lock");
        long start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return PrivateFiles.Open(path, FileShare.None);
            }
            catch (IOException) when (File.Exists(path) && time.GetElapsedTime(start) < LockPatience)
            {
                await time.Delay(LockDelay, cancellationToken);
            }
        }
    }

    private LineFile Open(string path, bool newestFirst)
    {
        Check(path);
        return new LineFile(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1), newestFirst);
    }

    /// <summary>A file that others can write to is not trusted: an undo would write its content to the account.</summary>
    private void Check(string path)
    {
        if (PrivateFiles.Fault(path) is { } fault)
            throw new OpsException(ErrorIds.JournalUnavailable, ChangeMessages.JournalNotPrivate(folder, fault));
    }

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OpsException(ErrorIds.JournalUnavailable, ChangeMessages.JournalNotReadable(folder, InputFile.Reason(e)), e);
        }
    }

    private static bool EndsInsideLine(FileStream file)
    {
        if (file.Length == 0)
            return false;
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() != LineFeed;
    }

    /// <summary>The lines of this process that wait for one folder.</summary>
    private sealed class Queue
    {
        public ConcurrentQueue<Waiting> Lines { get; } = new();

        public SemaphoreSlim Turn { get; } = new(1, 1);
    }

    /// <summary>A line that waits to be written.</summary>
    private sealed class Waiting(byte[] line, string path)
    {
        private int _isTaken;

        public byte[] Line => line;

        public string Path => path;

        public TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Take() => Interlocked.Exchange(ref _isTaken, 1) == 0;

        /// <summary>The writer no longer waits for it, so it is not written.</summary>
        public void Withdraw() => Take();
    }
}
