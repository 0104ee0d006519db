using EventBridgeOps.Checks;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Projects.Publishing;

namespace EventBridgeOps.PowerShell.Projects;

/// <summary>Shows checks and planned changes as verbose messages; those that need attention as warnings.</summary>
/// <param name="observer">Receives the messages.</param>
internal sealed class ShellPublishView(IRunObserver observer) : IPublishView
{
    public void Show(CheckResult check)
    {
        if (check.Status == CheckStatus.NG)
            observer.Warning(Message.Verbatim(check.Advice is { } advice ? $"{check}. {advice}" : $"{check}."));
    }

    public void Say(Message message) => observer.Verbose(message);

    public void Show(ProjectChange change)
    {
        Message line = Message.Verbatim($"{change.Status} {change.Resource} ({change.Kind}){(change.Loses is { } loses ? $"; loses {loses}" : "")}");
        if (change.Status is ProjectChangeStatus.WouldReplace or ProjectChangeStatus.WouldRemove)
            observer.Warning(line);
        else
            observer.Verbose(line);
    }
}
