using System.Text;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Publishing;

namespace EventBridgeOps.Automation;

/// <summary>Announces what the automation did: an event for programs, a notification for people.</summary>
/// <param name="bus">The event buses.</param>
/// <param name="topics">The topics.</param>
/// <param name="settings">Where to.</param>
/// <param name="journalTable">The table of the journal, for the command that undoes a change; null if it is not in a table.</param>
public sealed class Announcer(IEventBusApi bus, ITopicApi topics, AutomationSettings settings, string? journalTable)
{
    /// <summary>The source of result events.</summary>
    public const string Source = "EventBridgeOps";

    /// <summary>The detail type of result events. The detail is the document of <see cref="AutomationOutcome"/>.</summary>
    public const string DetailType = "Automation Result";

    /// <summary>https://docs.aws.amazon.com/sns/latest/api/API_Publish.html: ASCII, fewer than 100 characters.</summary>
    private const int LongestSubject = 99;

    private const int MostItems = 50;

    /// <summary>Announces an outcome that changed something, failed, or found drift. What cannot be announced is a warning, because the work itself is done.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="traceHeader">The X-Ray trace header to pass on; null for none.</param>
    /// <param name="observer">Receives warnings.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async Task AnnounceAsync(AutomationOutcome outcome, string? traceHeader, IRunObserver observer, CancellationToken cancellationToken)
    {
        if (!outcome.IsChange && !outcome.EndsDeployment && outcome.Status is not (AutomationStatus.Failed or AutomationStatus.Started) && outcome.Drift is null or 0)
            return;
        if (settings.ResultBus is { } name)
            await GuardAsync(() => SendAsync(name, outcome, traceHeader, cancellationToken), AutomationMessages.ResultEvent(), observer);
        if (settings.TopicArn is { } topic && Arn.TryParse(topic, out Arn? arn))
            await GuardAsync(() => topics.PublishAsync(arn, Subject(outcome), Text(outcome, observer.Voice), cancellationToken), AutomationMessages.Notification(), observer);
    }

    private async Task SendAsync(string name, AutomationOutcome outcome, string? traceHeader, CancellationToken cancellationToken)
    {
        EventEntry entry = new() { Source = Source, DetailType = DetailType, Detail = Document.Write(outcome.ToDocument()), EventBusName = name, TraceHeader = traceHeader };
        PutEventAnswer answer = (await bus.PutEventsAsync([entry], cancellationToken))[0];
        if (answer.ErrorCode is { } code)
            throw new OpsException(ErrorIds.EventRefused, AutomationMessages.Refused(code, answer.ErrorMessage));
    }

    private static async Task GuardAsync(Func<Task> announce, Message what, IRunObserver observer)
    {
        try
        {
            await announce();
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            observer.Warning(AutomationMessages.NotAnnounced(what, e));
        }
    }

    /// <summary>The subject of a notification.</summary>
    internal string Subject(AutomationOutcome outcome)
    {
        string text = $"{(settings.ProjectName is { } project ? $"[{project}] " : "")}{(outcome.Status == AutomationStatus.Failed ? "FAILED: " : "")}{outcome.Message}";
        string plain = new([.. text.Select(letter => letter is >= ' ' and <= '~' ? letter : ' ')]);
        return plain.Length <= LongestSubject ? plain : plain.Substring(0, LongestSubject - 3) + "...";
    }

    /// <summary>The text of a notification: what changed, why, and the command that undoes it.</summary>
    internal string Text(AutomationOutcome outcome, IVoice voice)
    {
        StringBuilder text = new(outcome.Message);
        text.AppendLine().AppendLine();
        foreach (AutomationItem item in outcome.Items.Take(MostItems))
            text.Append("  ").Append(item.Name).Append(": ").Append(Step(item)).Append(item.Status).AppendLine(item.Reason is null ? "" : $" ({item.Reason})");
        if (outcome.Items.Count > MostItems)
            text.Append("  ").AppendLine(AutomationMessages.AndMore(outcome.Items.Count - MostItems).In(voice));
        foreach (string change in outcome.ChangeIds)
            text.AppendLine().AppendLine((journalTable is null ? AutomationMessages.UndoInJournal(change) : AutomationMessages.Undo(change, journalTable)).In(voice));
        return text.ToString();
    }

    private static string Step(AutomationItem item) => (item.From, item.To) switch
    {
        ({ } from, { } to) when from != to => $"{from} -> {to}, ",
        (_, { } to) => $"{to}, ",
        ({ } from, null) => $"{from}, ",
        _ => "",
    };
}
