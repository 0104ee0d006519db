using EventBridgeOps.Checks;
using EventBridgeOps.Cli.Showing;

namespace EventBridgeOps.Cli.Checks;

/// <summary>Draws the checks as a tree while they run, with advice below those that failed.</summary>
internal sealed class TreeWriter(Screen screen) : RecordWriter<CheckResult>(screen)
{
    private const int StatusWidth = 5;

    /// <summary>Checks are not drawn as a table, because the advice would not fit into a column.</summary>
    public static TableLayout<CheckResult> NoLayout { get; } = new([], _ => []);

    public override void Write(CheckResult item)
    {
        string indent = new(' ', 2 * item.Depth);
        Tone tone = item.Status switch { CheckStatus.OK => Tone.Good, CheckStatus.NG => Tone.Bad, _ => Tone.Warning };
        Screen.Data(_ =>
        {
            TableDrawing.Line(Screen.Terminal, new Cell($"{item.Status.ToString().PadRight(StatusWidth)}{indent}{item.Check}: {item.Result}", tone));
            if (item.Advice is { } advice)
                TableDrawing.Line(Screen.Terminal, new Cell($"{new string(' ', StatusWidth)}{indent}-> {advice}"));
        });
    }

    public override void End()
    {
    }
}
