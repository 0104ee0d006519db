using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Records;

namespace EventBridgeOps.Cli.Demo;

/// <summary>What a demonstration is written to: its steps, the commands that it runs, and what it verified.</summary>
internal sealed class DemoScreen(Terminal terminal)
{
    private const int MaxWidth = 80;

    private int _steps;

    // Messages of the commands are part of the demonstration, so they are shown in place, on standard output.
    public Terminal Terminal { get; } = new()
    {
        Out = terminal.Out,
        Error = new WrappingWriter(terminal.Out, Math.Min(terminal.Width, MaxWidth)),
        OutIsTerminal = terminal.OutIsTerminal,
        WindowWidth = terminal.Width,
        MaxWidth = MaxWidth,
        Environment = terminal.Environment,
        Time = terminal.Time,
    };

    /// <summary>Whether anything that was claimed does not hold.</summary>
    public bool HasFailed { get; private set; }

    public void Step(string title, string text)
    {
        Line("");
        Line(new Cell($"{++_steps}. {title}", Tone.Strong));
        foreach (string line in WrappedText.Lines(text, Terminal.Width))
            Line(line);
    }

    public void Command(string command)
    {
        Line("");
        Line(new Cell($"$ {command}", Tone.Strong));
    }

    public void Verify(string claim, bool holds)
    {
        HasFailed |= !holds;
        Line(new Cell($"{(holds ? "VERIFIED" : "FAILED")}: {claim}", holds ? Tone.Good : Tone.Bad));
    }

    public void Line(Cell line)
    {
        TableDrawing.Line(Terminal, line);
        Terminal.Out.Flush();
    }
}
