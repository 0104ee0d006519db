using EventBridgeOps.Checks;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Showing;

namespace EventBridgeOps.Cli.Checks;

/// <summary>Draws checks as a tree, each as it comes, and beneath what is wrong what to do.</summary>
internal sealed class TreeWriter(Screen screen) : RecordWriter<CheckResult>(screen)
{
    private const int StatusWidth = 5;

    /// <summary>There is no table of checks: what to do would not fit into a column.</summary>
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
