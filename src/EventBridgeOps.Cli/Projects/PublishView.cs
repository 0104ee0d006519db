using EventBridgeOps.Checks;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Projects.Publishing;

namespace EventBridgeOps.Cli.Projects;

/// <summary>Shows checks and planned changes beside the output, before the user is asked.</summary>
/// <param name="screen">The screen.</param>
internal sealed class PublishView(Screen screen) : IPublishView
{
    private const int StatusWidth = 5;

    public void Show(CheckResult check)
    {
        screen.Say(Message.Verbatim($"{check.Status.ToString().PadRight(StatusWidth)}{check.Check}: {check.Result}"));
        if (check.Advice is { } advice)
            screen.Say(Message.Verbatim($"{new string(' ', StatusWidth)}-> {advice}"));
    }

    public void Say(Message message) => screen.Say(message);

    public void Show(ProjectChange change)
    {
        string line = $"{change.Status,-13}{change.Resource} ({change.Kind}){(change.Properties.Count > 0 ? ": " + string.Join(", ", change.Properties) : "")}{(change.Loses is { } loses ? $"; loses {loses}" : "")}";
        screen.Say(Message.Verbatim(line), ProjectChange.Shape.Judge(change)?.Tone ?? Tone.Plain);
    }
}
