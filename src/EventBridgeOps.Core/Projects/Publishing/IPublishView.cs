using EventBridgeOps.Checks;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>Shows what leads to a decision of the user before it is asked for.</summary>
public interface IPublishView
{
    /// <summary>A check before the deployment.</summary>
    /// <param name="check">The check.</param>
    void Show(CheckResult check);

    /// <summary>A change that is planned.</summary>
    /// <param name="change">The change.</param>
    void Show(ProjectChange change);

    /// <summary>What the user should know in any case.</summary>
    /// <param name="message">One sentence.</param>
    void Say(Message message);
}
