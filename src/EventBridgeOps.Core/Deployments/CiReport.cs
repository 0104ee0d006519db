using System.Text;
using EventBridgeOps.Events;

namespace EventBridgeOps.Deployments;

/// <summary>Tells a CI system what happened, in lines that it understands.</summary>
/// <remarks>
/// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands and
/// https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands.
/// </remarks>
/// <param name="ci">The system.</param>
public sealed class CiReport(CiEnvironment ci)
{
    /// <summary>The lines to print; none outside CI.</summary>
    /// <param name="deployment">What was sent.</param>
    /// <param name="result">What became of it.</param>
    public IReadOnlyList<string> Lines(Deployment deployment, EventResult result)
    {
        bool failed = result.Status == EventStatus.Failed;
        string words = failed ? $"{deployment} was not announced: {result.Reason}" : $"{deployment} announced on bus {result.EventBusName} (event {result.EventId})";
        return (ci.Kind, result.Status) switch
        {
            (_, EventStatus.WouldSend or EventStatus.Skipped) => [],
            (CiKind.GitHub, _) => [$"::{(failed ? "error" : "notice")} title={Property(Deployment.DetailType)}::{Escape(words)}"],
            (CiKind.Azure, EventStatus.Failed) => [$"##vso[task.logissue type=error]{Escape(words)}"],
            (CiKind.Azure, _) => [$"##[section]{Escape(words)}", $"##vso[task.setvariable variable=EB_EVENT_ID]{Escape(result.EventId ?? "")}"],
            _ => [],
        };
    }

    /// <summary>Adds a line to the job's summary, where the system has one.</summary>
    /// <param name="deployment">What was sent.</param>
    /// <param name="result">What became of it.</param>
    /// <param name="observer">Hears when the file cannot be written, which is no reason to fail.</param>
    public void Summarize(Deployment deployment, EventResult result, Runs.IRunObserver observer)
    {
        if (ci.SummaryPath is not { } path || result.Status is EventStatus.WouldSend or EventStatus.Skipped)
            return;
        string words = result.Status == EventStatus.Failed ? $"not sent: {result.Reason}" : $"sent to bus `{result.EventBusName}`, event `{result.EventId}`";
        try
        {
            File.AppendAllText(path, $"- **{Deployment.DetailType}** `{Code(deployment.Repository)}:{Code(deployment.Tag)}`: {words.Replace('\n', ' ')}\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            observer.Warning($"The job's summary {path} could not be written: {e.Message}");
        }
    }

    private static string Code(string text) => text.Replace('`', '\'').Replace('\n', ' ');

    private string Escape(string text) => ci.Kind == CiKind.GitHub
        ? text.Replace("%", "%25").Replace("\r", "%0D").Replace("\n", "%0A")
        : text.Replace("%", "%AZP25").Replace("\r", "%0D").Replace("\n", "%0A").Replace("##", "# #");

    private string Property(string text) => Escape(text).Replace(":", "%3A").Replace(",", "%2C");
}
