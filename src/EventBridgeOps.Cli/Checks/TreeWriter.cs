using EventBridgeOps.Checks;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Records;

namespace EventBridgeOps.Cli.Checks;

/// <summary>Draws the checks as a tree while they run, with advice below those that failed.</summary>
internal sealed class TreeWriter(Screen screen) : RecordWriter<CheckResult>(screen)
{
    private const int StatusWidth = 5;

    public override void Write(CheckResult item)
    {
        string indent = new(' ', 2 * item.Depth);
        Tone tone = CheckResult.Shape.Judge(item)!.Tone;
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
