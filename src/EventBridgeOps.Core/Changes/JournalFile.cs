using System.Globalization;
using System.Text;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Files;

namespace EventBridgeOps.Changes;

/// <summary>Lines of text in a folder, one file a day: appended durably, by several processes at once, and only for this user's eyes.</summary>
internal sealed class JournalFile(string folder, TimeProvider time)
{
    private const string Prefix = "changes-";
    private const string Suffix = ".jsonl";
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LockDelay = TimeSpan.FromMilliseconds(5);

    // Within the process a queue is fairer than the lock file, which is polled.
    private static readonly SemaphoreSlim OwnTurn = new(1, 1);

    public string Folder => folder;

    /// <summary>Appends a line, and comes back when it is on the disk.</summary>
    public async Task AppendAsync(string line, CancellationToken cancellationToken)
    {
        await OwnTurn.WaitAsync(cancellationToken);
        try
        {
            PrivateFiles.CreateFolder(folder);
            Check(folder);
            using FileStream turn = await LockAsync(cancellationToken);
            string day = time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            using FileStream file = PrivateFiles.Open(Path.Combine(folder, Prefix + day + Suffix), FileShare.ReadWrite);
            // A process that was killed while it wrote left half a line: it must not swallow this one.
            string start = EndsInsideLine(file) ? "\n" : "";
            file.Seek(0, SeekOrigin.End);
            byte[] bytes = Encoding.UTF8.GetBytes(start + line + "\n");
            file.Write(bytes, 0, bytes.Length);
            file.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new OpsException(ErrorIds.JournalUnavailable, ChangeMessages.JournalNotWritable(folder, e.Message), e);
        }
        finally
        {
            OwnTurn.Release();
        }
    }

    /// <summary>All whole lines, oldest first.</summary>
    public IReadOnlyList<string> Read()
    {
        try
        {
            if (!Directory.Exists(folder))
                return [];
            Check(folder);
            List<string> lines = [];
            foreach (string path in Directory.GetFiles(folder, Prefix + "*" + Suffix).OrderBy(path => path, StringComparer.Ordinal))
            {
                Check(path);
                using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using StreamReader reader = new(file, Encoding.UTF8);
                lines.AddRange(reader.ReadToEnd().Split('\n').Where(line => line.Length > 0));
            }

            return lines;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OpsException(ErrorIds.JournalUnavailable, ChangeMessages.JournalNotReadable(folder, e.Message), e);
        }
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

    /// <summary>A file that others can write to is not trusted: an undo would write its content to the account.</summary>
    private void Check(string path)
    {
        if (PrivateFiles.Fault(path) is { } fault)
            throw new OpsException(ErrorIds.JournalUnavailable, ChangeMessages.JournalNotPrivate(folder, fault));
    }

    private static bool EndsInsideLine(FileStream file)
    {
        if (file.Length == 0)
            return false;
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() != '\n';
    }
}
