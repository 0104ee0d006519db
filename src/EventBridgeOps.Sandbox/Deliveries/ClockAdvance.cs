using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>Advances the clock on request, and says which rule made so much work that it stopped on the way.</summary>
internal sealed class ClockAdvance(DueRunner due, RuleTally tally, RunningWork running)
{
    /// <summary>Advances the clock by a span, which stands while a function runs that was invoked on the way.</summary>
    /// <exception cref="InvalidDataException">The clock stopped before the end: too much became due on the way.</exception>
    public async Task AdvanceAsync(TimeSpan span, CancellationToken cancellationToken)
    {
        tally.Clear();
        Check(await due.AdvanceAsync(span, running, cancellationToken));
    }

    /// <summary>Advances the clock by a span.</summary>
    /// <exception cref="InvalidDataException">The clock stopped before the end: too much became due on the way.</exception>
    public void Advance(TimeSpan span)
    {
        tally.Clear();
        Check(due.Advance(span));
    }

    private void Check(DueStop? stop)
    {
        if (stop is null)
            return;

        Message busiest = tally.Busiest is not { } rule ? DeliveryMessages.NoRuleWorked()
            : rule.Target.Document.Object("BatchParameters") is { } batch
                ? DeliveryMessages.BusiestJobRule(rule.RuleArn, rule.Attempts, batch.Text("JobName") ?? "", batch.Text("JobDefinition") ?? "")
                : DeliveryMessages.BusiestRule(rule.RuleArn, rule.Attempts, rule.Target.Arn.ToString());
        throw new InvalidDataException(DeliveryMessages.ClockStopped(stop.Done, EventTime.Of(stop.At), busiest).ToString());
    }
}
