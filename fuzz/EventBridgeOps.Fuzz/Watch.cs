using System.Diagnostics;
using EventBridgeOps.Patterns.Tests.Fuzzing;

namespace EventBridgeOps.Fuzz;

/// <summary>Ends the process, and keeps the input, if an input takes too long or the process gets too large.</summary>
internal sealed class Watch : IDisposable
{
    private const long MaxBytes = 200L * 1024 * 1024;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(10);

    private readonly string _folder;
    private readonly Timer _timer;
    private readonly Process _process = Process.GetCurrentProcess();
    private FuzzInput? _input;
    private long _began = Stopwatch.GetTimestamp();

    public Watch(string folder)
    {
        _folder = folder;
        _timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(250));
    }

    /// <summary>The longest that an input took.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>The most memory that the process had.</summary>
    public long PeakBytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    public void Begin(FuzzInput input)
    {
        Volatile.Write(ref _began, Stopwatch.GetTimestamp());
        Volatile.Write(ref _input, input);
    }

    /// <returns>How long the input took.</returns>
    public TimeSpan End()
    {
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_began);
        if (elapsed > Longest)
        {
            Longest = elapsed;
            _input!.Save(Path.Combine(_folder, "slowest"));
        }

        return elapsed;
    }

    public void Dispose()
    {
        _timer.Dispose();
        _process.Dispose();
    }

    private void Look()
    {
        bool isSlow = Stopwatch.GetElapsedTime(Volatile.Read(ref _began)) > MaxTime;
        if (Volatile.Read(ref _input) is not { } input || (!isSlow && PeakBytes <= MaxBytes))
            return;
        string path = Path.Combine(_folder, isSlow ? "hang" : "memory");
        input.Save(path);
        Console.WriteLine($"FAILED: {(isSlow ? $"more than {MaxTime.TotalSeconds} s" : $"more than {MaxBytes >> 20} MB")}: {path}");
        Environment.Exit(1);
    }
}
