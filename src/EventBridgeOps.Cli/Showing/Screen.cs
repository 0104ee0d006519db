using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Ci;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Queries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Patterns.Values;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Reports;

namespace EventBridgeOps.Cli.Showing;

/// <summary>Shows the messages and progress of a run on standard error, from any thread, without mixing them with the data.</summary>
/// <param name="terminal">The terminal.</param>
/// <param name="verbose">Whether decisions are shown.</param>
/// <param name="debug">Whether API calls are shown.</param>
/// <param name="progress">Whether a progress bar is drawn if standard error is a terminal.</param>
internal sealed class Screen(Terminal terminal, bool verbose = false, bool debug = false, bool progress = false) : IRunObserver, IDisposable
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);

    private readonly object _gate = new();
    private readonly bool _progress = progress && terminal.ErrorIsTerminal && terminal.Environment("TERM") != "dumb";
    private long _drawn = terminal.Time.GetTimestamp();
    private int _calls;
    private bool _isDrawn;
    private volatile bool _asking;
    private bool _fileFailed;
    private int _unreachable;

    public Terminal Terminal => terminal;

    /// <summary>The report that also records results and failures; null for none.</summary>
    public Report? Report { get; init; }

    /// <summary>What selects from the data; null for all of it.</summary>
    public JsonQuery? Query { get; init; }

    /// <summary>How many items have failed.</summary>
    public int Failures { get; private set; }

    /// <summary>The exit code of what has failed; null if nothing has. A file that cannot be read, or an endpoint that none can reach, is the same error in every command.</summary>
    public int? FailureCode => _fileFailed || (Failures > 0 && _unreachable == Failures) ? ExitCode.Error : Failures > 0 ? ExitCode.SomeFailed : null;

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

    /// <summary>Writes text for people to standard output. In a log of a CI system, none of it is a command.</summary>
    public void TextData(string text) => Data(output => output.Write(terminal.Ci == CiKind.None ? text : CiCommands.Disarm(terminal.Ci, text)));

    /// <summary>Writes JSON to standard output. In a log of a CI system, none of it is a command.</summary>
    public void JsonData(string json) => Data(output => output.Write(CiCommands.DisarmJson(terminal.Ci, json)));

    /// <summary>Writes XML to standard output. In a log of a CI system, none of it is a command.</summary>
    public void XmlData(string xml) => Data(output => output.Write(CiCommands.DisarmXml(terminal.Ci, xml)));

    /// <summary>Shows a message to the user, on standard error.</summary>
    public void Say(Message message) => Line(this.Text(message));

    /// <summary>Shows a message to the user, in red if it is bad.</summary>
    public void Say(Message message, Tone tone) => Line(tone == Tone.Bad && terminal.HasColor ? $"\u001b[31m{InertText.OneLine(this.Text(message))}\u001b[0m" : this.Text(message));

    /// <summary>Writes a command for the CI system to standard error, which it also reads; standard output is data.</summary>
    public void Tell(string line)
    {
        lock (_gate)
        {
            Erase();
            terminal.Error.WriteLine(line);
        }
    }

    /// <summary>Prompts the user on standard error, and waits for a line.</summary>
    public async Task<string?> AskAsync(Message question, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Erase();
            _asking = true; // A bar would be drawn over the question, and over the answer as it is typed.
            terminal.Error.Write(this.Text(question));
            terminal.Error.Flush();
        }

        try
        {
            return await terminal.ReadLineAsync(cancellationToken);
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

    public void Warning(Message message) => Line("warning: " + this.Text(message));

    public void Verbose(Message message)
    {
        if (verbose)
            Line("verbose: " + this.Text(message));
    }

    public void Failed(ItemFailure failure)
    {
        lock (_gate)
        {
            Failures += failure.Count;
            _unreachable += failure.Error.ErrorId == ErrorIds.Unreachable ? failure.Count : 0;
            _fileFailed |= failure.Error.ErrorId == ErrorIds.FileNotReadable;
            Report?.Add(failure.Error, failure.Target);
        }

        Line(Speech.Line(failure.Error));
    }

    /// <summary>Shows an API call: as a line with --debug, and as progress while a run has nothing else to show.</summary>
    public void Called(ObservedCall call)
    {
        int calls = Interlocked.Increment(ref _calls);
        if (terminal.Time.GetElapsedTime(Volatile.Read(ref _drawn)) >= ObservedCall.Quiet)
            Progress(call.Progress(calls));
        if (!debug)
            return;
        foreach (string line in call.Lines())
            Line("debug: " + line);
    }

    /// <summary>Removes the progress bar.</summary>
    public void Dispose()
    {
        lock (_gate)
            Erase();
    }

    // Text from outside must not be a command for the CI system.
    private void Line(string line) => Tell(CiCommands.Disarm(terminal.Ci, line));

    private void Erase()
    {
        if (!_isDrawn)
            return;
        terminal.Error.Write("\r\u001b[K");
        terminal.Error.Flush();
        _isDrawn = false;
    }
}
