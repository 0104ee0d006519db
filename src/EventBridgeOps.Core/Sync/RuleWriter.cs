using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Sync;

/// <summary>Writes targets of one rule: read again, compare, journal, write, read back.</summary>
internal sealed class RuleWriter(IEventBridgeApi events, RuleReader rules, ItemRetry retry, TimeProvider time)
{
    /// <summary>How many targets go into one PutTargets call.</summary>
    private const int TargetsPerCall = 10;

    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(3);

    private enum Step
    {
        Pending,
        Accepted,
        Done,
    }

    /// <summary>Returns one outcome for each write, in order. A failure is part of the outcomes, unless it ends the whole run.</summary>
    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(string bus, string rule, IReadOnlyList<TargetWrite> writes, WriteOptions options, ChangeRecorder recorder, CancellationToken cancellationToken)
    {
        List<Item> items = [.. writes.Select(write => new Item(write))];
        for (int attempt = 1; ; attempt++)
        {
            // Each attempt reads again: the failed write may have taken effect, or another writer may have been faster.
            (IReadOnlyDictionary<string, JsonObject>? targets, OpsException? fault) = await ReadAsync(bus, rule, cancellationToken);
            List<Item> pending = [.. items.Where(item => item.Step == Step.Pending)];
            foreach (Item item in pending)
                item.Compare(targets, fault, options.Force, bus, rule);
            pending.RemoveAll(item => item.Step != Step.Pending);
            if (pending.Count == 0 || attempt > ItemRetry.Attempts)
                break;
            await recorder.WritingAsync(bus, rule, [.. pending.Select(item => item.Outcome)], cancellationToken);
            for (int first = 0; first < pending.Count; first += TargetsPerCall)
                await PutAsync(bus, rule, [.. pending.Skip(first).Take(TargetsPerCall)], cancellationToken);
            if (items.All(item => item.Step != Step.Pending))
                break;
            await retry.DelayAsync(attempt, cancellationToken);
        }

        await VerifyAsync(bus, rule, [.. items.Where(item => item.Step == Step.Accepted)], options.VerifyTimeout, cancellationToken);
        WriteOutcome[] outcomes = [.. items.Select(item => item.Outcome)];
        await recorder.WrittenAsync(bus, rule, outcomes, cancellationToken);
        return outcomes;
    }

    private async Task<(IReadOnlyDictionary<string, JsonObject>? Targets, OpsException? Fault)> ReadAsync(string bus, string rule, CancellationToken cancellationToken)
    {
        try
        {
            return await rules.TargetsAsync(bus, rule, cancellationToken) is { } targets ? (targets, null) : (null, new OpsException(ErrorIds.RuleNotFound, SyncMessages.RuleGone(rule, bus)));
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            return (null, e);
        }
    }

    private async Task PutAsync(string bus, string rule, IReadOnlyList<Item> call, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<FailedTargetEntry> failed = await events.PutTargetsAsync(bus, rule, [.. call.Select(item => item.Outcome.After!)], cancellationToken);
            foreach (Item item in call)
                item.Answer(failed.FirstOrDefault(entry => entry.TargetId == item.Outcome.TargetId) is { } entry ? Refused(bus, rule, entry) : null);
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            foreach (Item item in call)
                item.Answer(e);
        }
    }

    private async Task VerifyAsync(string bus, string rule, List<Item> accepted, TimeSpan timeout, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        TimeSpan delay = FirstLook;
        while (accepted.Count > 0)
        {
            (IReadOnlyDictionary<string, JsonObject>? targets, OpsException? fault) = await ReadAsync(bus, rule, cancellationToken);
            accepted.RemoveAll(item => item.Shows(targets));
            if (accepted.Count == 0)
                return;
            if (fault is not null || time.GetElapsedTime(start) + delay > timeout)
            {
                foreach (Item item in accepted)
                {
                    string target = item.Outcome.TargetId;
                    item.End(new OpsException(ErrorIds.NotVerified, fault is null ? SyncMessages.NotVerified(target, rule, bus, timeout) : SyncMessages.NotReadBack(target, rule, bus, fault), fault));
                }

                return;
            }

            await time.Delay(delay, cancellationToken);
            delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, LongestLook.Ticks));
        }
    }

    /// <summary>One write in progress.</summary>
    private sealed class Item(TargetWrite write)
    {
        public Step Step { get; private set; }

        public WriteOutcome Outcome { get; private set; } = new(write.TargetId, null, null, null);

        /// <summary>Decides what to do after the targets of the rule have been read.</summary>
        public void Compare(IReadOnlyDictionary<string, JsonObject>? targets, OpsException? fault, bool force, string bus, string rule)
        {
            JsonObject? before = null;
            targets?.TryGetValue(write.TargetId, out before);
            JsonObject? after = before is null ? write.WhenGone : write.Edit(before);
            bool tried = Outcome.After is not null;
            if (fault is not null)
                End(fault);
            else if (before is null && (after is null || !force))
                End(Changed(SyncMessages.TargetGone(write.TargetId, rule, bus)));
            else if (after is null)
                End(Changed(SyncMessages.OtherKind(write.TargetId, rule, bus)));
            else if (DocumentDiff.Same(before, after) && !write.Anyway)
                (Step, Outcome) = tried
                    ? (Step.Accepted, Outcome) // an earlier try did it, whatever its answer was
                    : (Step.Done, Outcome with { Before = before, Error = null });
            else if (before is not null && !force && !write.IsExpected(before))
                End(Changed(SyncMessages.Modified(write.TargetId, rule, bus)));
            else
                Outcome = Outcome with { Before = tried ? Outcome.Before : before, After = after };
        }

        public void Answer(OpsException? fault)
        {
            Outcome = Outcome with { Error = fault };
            if (fault is not ServiceCallException { MayPass: true })
                Step = fault is null ? Step.Accepted : Step.Done;
        }

        public bool Shows(IReadOnlyDictionary<string, JsonObject>? targets)
        {
            if (targets is null || !targets.TryGetValue(write.TargetId, out JsonObject? now) || !DocumentDiff.Same(now, Outcome.After))
                return false;
            (Step, Outcome) = (Step.Done, Outcome with { Error = null });
            return true;
        }

        public void End(OpsException fault) => (Step, Outcome) = (Step.Done, Outcome with { Error = fault });
    }

    private static OpsException Changed(Message message) => new(ErrorIds.TargetChanged, message);

    private static ServiceCallException Refused(string bus, string rule, FailedTargetEntry entry) =>
        new(ServiceErrors.EntryErrorId(entry.ErrorCode), SyncMessages.Refused(bus, rule, entry), new FailedCall("events", "PutTargets", entry.ErrorCode, 200, null));
}
