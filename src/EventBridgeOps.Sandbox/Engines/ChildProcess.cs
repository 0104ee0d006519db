using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Engines;

/// <summary>A server run as a child that does not outlive us, even if we are killed.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>
    /// On Unix a small shell stands between: it ends the child when its input ends, and the system ends its input with our process.
    /// It says the marks that it is given on the output and on the errors of the child, after all that the child has said there.
    /// </summary>
    private const string Guardian =
        """
        exec 3<&0
        "$@" </dev/null 3<&- & child=$!
        (while read -r output errors <&3; do echo "$output"; echo "$errors" >&2; done; kill $child 2>/dev/null) &
        wait $child
        """;

    private const int LastLines = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Process process;
    private readonly Queue<string> said = new();
    private readonly TaskCompletionSource<bool> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> silent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider time;
    private readonly bool guarded;
    private readonly Action<string>? heard;
    private readonly Dictionary<string, TaskCompletionSource<bool>> marks = []; // Until they are heard, by their texts; under the lock of what was said.
    private int lastMark;
    private int open = 2; // Its output and its errors.
    private bool disposed;

    private ChildProcess(
        IReadOnlyList<string> command, bool guarded, TimeProvider time, IEnumerable<(string Name, string? Value)> environment, string folder = "", Action<string>? heard = null)
    {
        this.guarded = guarded;
        this.time = time;
        this.heard = heard;
        process = new Process { StartInfo = StartInfo(guarded ? ["/bin/sh", "-c", Guardian, "sh", .. command] : command), EnableRaisingEvents = true };
        process.StartInfo.WorkingDirectory = folder;
        foreach ((string name, string? value) in environment)
        {
            if (value is null)
                process.StartInfo.Environment.Remove(name);
            else
                process.StartInfo.Environment[name] = value;
        }

        process.Exited += (_, _) => exited.TrySetResult(true);
        process.OutputDataReceived += (_, line) => Remember(line.Data);
        process.ErrorDataReceived += (_, line) => Remember(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Task Exited => exited.Task;

    /// <summary>The exit code, once it has exited.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>The last lines that it said.</summary>
    public string Said
    {
        get
        {
            lock (said)
                return string.Join("\n", said);
        }
    }

    /// <summary>Starts a server.</summary>
    public static ChildProcess Start(IReadOnlyList<string> command, TimeProvider time, params (string Name, string? Value)[] environment) =>
        new(command, guarded: !RuntimeInformation.IsOSPlatform(OSPlatform.Windows), time, environment);

    /// <summary>Starts a server in a folder, and hands out each line that it says.</summary>
    /// <param name="folder">The folder in which it runs.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="time">The clock.</param>
    /// <param name="environment">What changes in the environment; null removes a variable.</param>
    /// <param name="heard">Called with each line.</param>
    public static ChildProcess StartIn(
        string folder, IReadOnlyList<string> command, TimeProvider time, IEnumerable<(string Name, string? Value)> environment, Action<string> heard) =>
        new(command, guarded: !RuntimeInformation.IsOSPlatform(OSPlatform.Windows), time, environment, folder, heard);

    /// <summary>Runs a command to its end.</summary>
    /// <returns>Whether it ended well, and what it said last.</returns>
    public static async Task<(bool Succeeded, string Said)> RunAsync(
        IReadOnlyList<string> command, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            ChildProcess child = new(command, guarded: false, time, []);
            await using (child)
            {
                TaskCompletionSource<bool> cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
                using CancellationTokenRegistration registration = cancellationToken.Register(() => cancelled.TrySetResult(true));
                await Task.WhenAny(child.Exited, cancelled.Task);
                cancellationToken.ThrowIfCancellationRequested();
                child.process.WaitForExit(); // For the rest of what it said.
                return (child.process.ExitCode == 0, child.Said);
            }
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (false, e.Message); // The program does not exist.
        }
    }

    /// <summary>Waits until all that it has said up to now was heard.</summary>
    public async Task CatchUpAsync()
    {
        if (!guarded)
            return;

        (string output, Task heardOutput) = NewMark();
        (string errors, Task heardErrors) = NewMark();
        try
        {
            process.StandardInput.WriteLine($"{output} {errors}");
            process.StandardInput.Flush();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or ObjectDisposedException)
        {
            return; // It was killed.
        }

        await Waiting.ForAnyAsync(time, Patience, CancellationToken.None, Task.WhenAll(heardOutput, heardErrors), silent.Task);
    }

    /// <summary>Waits until all that it said before it exited was heard, but not for what it left behind that may go on talking.</summary>
    public async Task HearOutAsync()
    {
        try
        {
            process.StandardInput.Close(); // The small shell's own child holds the output until then.
        }
        catch (InvalidOperationException)
        {
            return; // It was killed.
        }

        await Waiting.ForAnyAsync(time, Patience, CancellationToken.None, silent.Task);
    }

    /// <summary>Ends it and what it started, without giving it time to end by itself.</summary>
    public async Task KillAsync()
    {
        Kill();
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;

        disposed = true;
        silent.TrySetResult(true);
        process.StandardInput.Close();
        await Waiting.ForAnyAsync(time, guarded ? Patience : TimeSpan.Zero, CancellationToken.None, Exited);
        if (!process.HasExited)
        {
            Kill();
            await Exited;
        }

        process.Dispose();
    }

    private void Kill()
    {
        try
        {
#if NETSTANDARD2_0
            process.Kill();
#else
            process.Kill(entireProcessTree: true);
#endif
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    private static ProcessStartInfo StartInfo(IReadOnlyList<string> command) => new(command[0], string.Join(" ", command.Skip(1).Select(Quoted)))
    {
        UseShellExecute = false,
        CreateNoWindow = true,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    /// <summary>An argument as .NET splits them on every system; the list of arguments is newer than .NET Standard 2.0.</summary>
    private static string Quoted(string argument)
    {
        StringBuilder quoted = new("\"");
        int backslashes = 0;
        foreach (char c in argument)
        {
            if (c == '"')
                quoted.Append('\\', backslashes + 1);
            backslashes = c == '\\' ? backslashes + 1 : 0;
            quoted.Append(c);
        }

        return quoted.Append('\\', backslashes).Append('"').ToString();
    }

    private void Remember(string? line)
    {
        if (line is null)
        {
            if (Interlocked.Decrement(ref open) == 0)
                silent.TrySetResult(true);
            return;
        }

        string rest = WithoutMark(line);
        if (rest.Length == 0 && line.Length > 0)
            return;
        heard?.Invoke(rest);
        lock (said)
        {
            said.Enqueue(rest);
            if (said.Count > LastLines)
                said.Dequeue();
        }
    }

    /// <summary>A text that is not said by chance, and what waits until it is heard.</summary>
    private (string Mark, Task Heard) NewMark()
    {
        TaskCompletionSource<bool> heardMark = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (said)
        {
            string mark = "\u001Fheard-" + (++lastMark).ToString(CultureInfo.InvariantCulture);
            marks.Add(mark, heardMark);
            return (mark, heardMark.Task);
        }
    }

    /// <summary>What it said before a mark on the same line; the whole line if there is none.</summary>
    private string WithoutMark(string line)
    {
        lock (said)
        {
            if (marks.Keys.FirstOrDefault(mark => line.EndsWith(mark, StringComparison.Ordinal)) is not { } mark)
                return line;

            marks[mark].TrySetResult(true);
            marks.Remove(mark);
            return line.Substring(0, line.Length - mark.Length);
        }
    }
}
