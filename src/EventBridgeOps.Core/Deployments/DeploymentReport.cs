using EventBridgeOps.Ci;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Publishing;

namespace EventBridgeOps.Deployments;

/// <summary>Tells a CI system what became of an announcement.</summary>
/// <param name="ci">The system.</param>
public sealed class DeploymentReport(CiEnvironment ci)
{
    /// <summary>The lines to print; none outside CI.</summary>
    /// <param name="deployment">What was sent.</param>
    /// <param name="result">What became of it.</param>
    public IReadOnlyList<string> Lines(Deployment deployment, EventResult result)
    {
        if (result.Status is EventStatus.WouldSend or EventStatus.Skipped)
            return [];
        bool failed = result.Status == EventStatus.Failed;
        string words = failed ? $"{deployment} was not announced: {result.Reason}" : $"{deployment} announced on bus {result.EventBusName} (event {result.EventId})";
        List<string> lines = [];
        if (CiCommands.Annotation(ci.Kind, failed ? CiLevel.Error : CiLevel.Notice, Deployment.DetailType, words) is { } line)
            lines.Add(line);
        if (ci.Kind == CiKind.Azure && !failed)
            lines.Add(CiCommands.SetAzureVariable("EB_EVENT_ID", result.EventId ?? ""));
        return lines;
    }

    /// <summary>Adds a line to the job's summary, where the system has a file for it.</summary>
    /// <param name="deployment">What was sent.</param>
    /// <param name="result">What became of it.</param>
    /// <param name="observer">Hears when the file cannot be written, which is no reason to fail.</param>
    public void Summarize(Deployment deployment, EventResult result, IRunObserver observer)
    {
        if (ci.SummaryPath is null || result.Status is EventStatus.WouldSend or EventStatus.Skipped)
            return;
        string words = result.Status == EventStatus.Failed ? $"not sent: {result.Reason}" : $"sent to bus `{result.EventBusName}`, event `{result.EventId}`";
        new CiSummary(ci).Add(_ => $"- **{Deployment.DetailType}** `{Code(deployment.Repository)}:{Code(deployment.Tag)}`: {words.Replace('\n', ' ')}\n", observer);
    }

    private static string Code(string text) => text.Replace('`', '\'').Replace('\n', ' ');
}
