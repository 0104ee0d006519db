using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Ci;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Reports;

namespace EventBridgeOps.Cli.Showing;

/// <summary>Shows what a run tells of itself on standard error, from whichever thread, and keeps it and the data out of each other's way.</summary>
/// <param name="terminal">Where it is shown.</param>
/// <param name="verbose">Whether decisions are shown.</param>
/// <param name="debug">Whether each call is shown.</param>
/// <param name="progress">Whether a bar is drawn, where there is somebody to see it.</param>
internal sealed class Screen(Terminal terminal, bool verbose = false, bool debug = false, bool progress = false) : IRunObserver, IDisposable
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);

    private readonly object _gate = new();
    private readonly CiKind _ci = CiEnvironment.Read(terminal.Environment).Kind;
    private readonly bool _progress = progress && terminal.ErrorIsTerminal && terminal.Environment("TERM") != "dumb";
    private long _drawn;
    private bool _isDrawn;
    private volatile bool _asking;

    public Terminal Terminal => terminal;

    /// <summary>Told of each record and of what failed; null where no report is wanted.</summary>
    public Report? Report { get; init; }

    /// <summary>How many items have failed.</summary>
    public int Failures { get; private set; }

    /// <summary>Writes data to standard output.</summary>
    public void Data(Action<TextWriter> write)
    {
        lock (_gate)
        {
            Erase();
            write(terminal.Out);
            terminal.Out.Flush();
        }
    }

    /// <summary>Says something to the user, on standard error.</summary>
    public void Say(string line) => Tell(CiCommands.Disarm(_ci, line));

    /// <summary>Tells the CI system something, on standard error: it reads that too, and standard output is data.</summary>
    public void Tell(string line)
    {
        lock (_gate)
        {
            Erase();
            terminal.Error.WriteLine(line);
        }
    }

    /// <summary>Asks the user, on standard error, and waits for a line.</summary>
    public async Task<string?> AskAsync(string question, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Erase();
            _asking = true; // A bar would be drawn over the question, and over the answer as it is typed.
            terminal.Error.Write(question);
            terminal.Error.Flush();
        }

        try
        {
            return await Task.Run(terminal.In.ReadLine, cancellationToken).WaitAsync(cancellationToken);
        }
        finally
        {
            _asking = false;
        }
    }

    public void Progress(RunProgress progress)
    {
        if (!_progress)
            return;
        lock (_gate)
        {
            if (_asking || (_isDrawn && terminal.Time.GetElapsedTime(_drawn) < Redraw))
                return;
            terminal.Error.Write("\r" + ProgressBar.Text(progress, terminal.Width - 1) + "\u001b[K");
            _drawn = terminal.Time.GetTimestamp();
            _isDrawn = true;
        }
    }

    public IVoice Voice => CommandLineVoice.Instance;

    public void Warning(Message message) => Say("warning: " + this.Text(message));

    public void Verbose(Message message)
    {
        if (verbose)
            Say("verbose: " + this.Text(message));
    }

    public void Failed(ItemFailure failure)
    {
        lock (_gate)
        {
            Failures++;
            Report?.Add(failure.Error, failure.Target);
        }

        Say(CommandLineVoice.Line(failure.Error));
    }

    /// <summary>A line of a file that cannot be read; the rest goes on.</summary>
    public void LineFailed(OpsException error, int line) => Failed(new ItemFailure(new OpsException(error.ErrorId, $"Line {line}: {error.Message}"), line));

    /// <summary>Shows a call.</summary>
    public void Called(ObservedCall call)
    {
        if (!debug)
            return;
        foreach (string line in call.Lines())
            Say("debug: " + line);
    }

    /// <summary>Takes the bar away.</summary>
    public void Dispose()
    {
        lock (_gate)
            Erase();
    }

    private void Erase()
    {
        if (!_isDrawn)
            return;
        terminal.Error.Write("\r\u001b[K");
        terminal.Error.Flush();
        _isDrawn = false;
    }
}
