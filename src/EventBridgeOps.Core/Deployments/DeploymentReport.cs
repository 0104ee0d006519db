using EventBridgeOps.Ci;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Publishing;

namespace EventBridgeOps.Deployments;

/// <summary>Reports the outcome of a deployment event to a CI system.</summary>
/// <param name="ci">The system.</param>
public sealed class DeploymentReport(CiEnvironment ci)
{
    /// <summary>Returns the lines to print; none outside CI.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="result">Its outcome.</param>
    public IReadOnlyList<string> Lines(Deployment deployment, EventResult result)
    {
        if (result.Status is EventStatus.WouldSend or EventStatus.Skipped)
            return [];
        bool failed = result.Status == EventStatus.Failed;
        string words = (failed ? DeploymentMessages.NotPublished(deployment, result.Reason) : DeploymentMessages.Published(deployment, result.EventBusName, result.EventId)).ToString();
        List<string> lines = [];
        if (CiCommands.Annotation(ci.Kind, failed ? CiLevel.Error : CiLevel.Notice, Deployment.DetailType, words) is { } line)
            lines.Add(line);
        if (ci.Kind == CiKind.Azure && !failed)
            lines.Add(CiCommands.SetAzureVariable("EB_EVENT_ID", result.EventId ?? ""));
        return lines;
    }

    /// <summary>Adds a line to the job summary, if the CI system provides a file for it.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="result">Its outcome.</param>
    /// <param name="observer">Receives a warning if the file cannot be written.</param>
    public void Summarize(Deployment deployment, EventResult result, IRunObserver observer)
    {
        if (ci.SummaryPath is null || result.Status is EventStatus.WouldSend or EventStatus.Skipped)
            return;
        string words = observer.Text(result.Status == EventStatus.Failed ? DeploymentMessages.NotPublishedRow(result.Reason) : DeploymentMessages.PublishedRow(result.EventBusName, result.EventId));
        new CiSummary(ci).Add(_ => $"- **{Deployment.DetailType}** `{Code(deployment.Repository)}:{Code(deployment.Tag)}`: {words.Replace('\n', ' ')}\n", observer);
    }

    private static string Code(string text) => text.Replace('`', '\'').Replace('\n', ' ');
}
