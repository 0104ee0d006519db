using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace EventBridgeOps.Cli.Tests.Support;

/// <summary>The real command, as a process of its own.</summary>
internal sealed partial class EbopsProcess : IDisposable
{
    public const int Interrupt = 2;

    private readonly Process _process;
    private readonly Task<string> _out;
    private readonly Task<string> _error;
    private readonly TaskCompletionSource<string> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EbopsProcess(params IEnumerable<string> args)
        : this(new ProcessStartInfo(Command[0], [.. Command.Skip(1), .. args]))
    {
    }

    private EbopsProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _out = ReadAsync();
        _error = _process.StandardError.ReadToEndAsync();
    }

    public static string[] Command { get; } = [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", typeof(Program).Assembly.Location];

    /// <summary>Starts a shell that runs a script in which <c>ebops</c> is the command.</summary>
    public static EbopsProcess Shell(string script) => new(new ProcessStartInfo("/bin/sh", ["-c", $"ebops() {{ '{Command[0]}' '{Command[1]}' \"$@\"; }}; {script}"]));

    public bool HasExited => _process.HasExited;

    public void Kill() => _process.Kill();

    public void Signal(int signal) => _ = Send(_process.Id, signal);

    public async Task<Outcome> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Outcome(_process.ExitCode, await _out, await _error);
    }

    /// <summary>The first line of its output, as soon as it is there.</summary>
    public Task<string> LineAsync() => _line.Task;

    /// <summary>Waits until it ends, and returns the most memory that it had, in bytes, as it was last seen.</summary>
    public long PeakWorkingSet()
    {
        long peak = 0;
        do
        {
            try
            {
                _process.Refresh();
                peak = Math.Max(peak, _process.PeakWorkingSet64);
            }
            catch (InvalidOperationException)
            {
                break; // It has ended meanwhile.
            }
        }
        while (!_process.WaitForExit(20));
        return peak;
    }

    public Task ExitedAsync() => _process.WaitForExitAsync(TestContext.Current.CancellationToken);

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task<string> ReadAsync()
    {
        StringBuilder said = new();
        char[] part = new char[4096];
        int count;
        while ((count = await _process.StandardOutput.ReadAsync(part)) > 0)
        {
            said.Append(part, 0, count);
            if (said.ToString().Split('\n') is [string first, _, ..])
                _line.TrySetResult(first);
        }

        _line.TrySetException(new EndOfStreamException($"It ended without a line: {said}"));
        return said.ToString();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int processId, int signal);
}
