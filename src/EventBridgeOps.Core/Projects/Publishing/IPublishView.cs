using EventBridgeOps.Checks;

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
}
