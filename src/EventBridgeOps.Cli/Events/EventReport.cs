using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Publishing;

namespace EventBridgeOps.Cli.Events;

/// <summary>Shows the outcome of each event, and at the end how many were sent.</summary>
internal static class EventReport
{
    public static async Task<int> ShowAsync(IAsyncEnumerable<EventResult> results, OutputFormat format, Screen screen, Action<EventResult>? each = null)
    {
        int sent = 0;
        EventResult? last = null;
        int count = await RecordWriter<EventResult>.For(format, screen, EventResult.Shape).WriteAllAsync(results, result =>
        {
            sent += result.Status == EventStatus.Sent ? 1 : 0;
            last = result;
            each?.Invoke(result);
        });
        screen.Say((count, last) switch
        {
            (1, { Status: EventStatus.Sent }) => EventCommandMessages.SentOne(last.ToString(), last.EventBusName, last.EventId),
            _ when screen.Failures > 0 => EventCommandMessages.SentAndFailed(sent, screen.Failures),
            _ => EventCommandMessages.Sent(sent),
        });
        return screen.FailureCode ?? ExitCode.Done;
    }
}
