using System.Runtime.CompilerServices;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Sync;

/// <summary>Executes plans: asks for approval in order, writes several rules at a time, and returns the outcome for each target.</summary>
internal sealed class ChangeRun(RuleWriter writer, ChangeRecorder recorder, WriteOptions options, SyncStatus whenWritten, ApproveChange approve, IRunObserver observer)
{
    /// <summary>The result of each planned target, in order.</summary>
    /// <param name="plans">The plans.</param>
    /// <param name="revertOnFailure">Return the results at the end, and roll back all targets if any of them failed.</param>
    /// <param name="cancellationToken">Cancels the run; what was in flight is recorded in the journal.</param>
    public IAsyncEnumerable<TargetSyncResult> RunAsync(IAsyncEnumerable<RulePlan> plans, bool revertOnFailure, CancellationToken cancellationToken)
    {
        ProgressCount progress = new(observer, SyncMessages.WritingTargets());
        IAsyncEnumerable<RuleResult> rules = OrderedParallel.SelectAsync(
            ApproveAsync(plans, progress, cancellationToken),
            options.ThrottleLimit,
            async (plan, token) =>
            {
                RuleResult result = await WriteAsync(plan, token);
                progress.Finish($"{plan.EventBusName}/{plan.RuleName}");
                return result;
            },
            cancellationToken);
        return (revertOnFailure ? RevertingAsync(rules, cancellationToken) : rules).SelectResults(observer);
    }

    private async IAsyncEnumerable<RulePlan> ApproveAsync(IAsyncEnumerable<RulePlan> plans, ProgressCount progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (RulePlan plan in plans.WithCancellation(cancellationToken))
        {
            List<PlannedTarget> targets = [];
            foreach (PlannedTarget target in plan.Targets)
                targets.Add(target.Write is null ? target : await ApproveAsync(target, cancellationToken));
            progress.Expect(1);
            yield return plan with { Targets = targets };
        }
    }

    private async Task<PlannedTarget> ApproveAsync(PlannedTarget target, CancellationToken cancellationToken)
    {
        TargetSyncResult result = target.Result;
        return await approve(new PlannedChange(result.ToString(), SyncMessages.Update(JobDefinitionText.Step(result.From, result.To))), cancellationToken) switch
        {
            Approval.WhatIf => new PlannedTarget(result with { Status = SyncStatus.WouldUpdate }),
            Approval.Declined => new PlannedTarget(result with { Status = SyncStatus.Skipped, Reason = observer.Text(ChangeMessages.Declined()) }),
            _ => target,
        };
    }

    private async Task<RuleResult> WriteAsync(RulePlan plan, CancellationToken cancellationToken)
    {
        TargetWrite[] writes = [.. plan.Targets.Select(target => target.Write).OfType<TargetWrite>()];
        if (writes.Length == 0)
            return new RuleResult(plan, []);
        IReadOnlyList<WriteOutcome> outcomes = await writer.WriteAsync(plan.EventBusName, plan.RuleName, writes, options, recorder, cancellationToken);
        return new RuleResult(plan with { Targets = [.. plan.Targets.Select(target => target.Write is null ? target : Conclude(target, outcomes.First(outcome => outcome.TargetId == target.Write.TargetId)))] }, outcomes);
    }

    private PlannedTarget Conclude(PlannedTarget target, WriteOutcome outcome) => target with
    {
        Error = outcome.Error,
        Result = target.Result with
        {
            Status = outcome.Failed ? SyncStatus.Failed : outcome.Written ? whenWritten : SyncStatus.AlreadyCurrent,
            Verified = !outcome.Failed,
            ChangeId = outcome.After is null ? null : recorder.ChangeId,
            Reason = outcome.Error is { } error ? observer.Text(error) : outcome.Written ? target.Result.Reason : observer.Text(ChangeMessages.AlreadyUpToDate()),
            ErrorId = outcome.Error?.ErrorId,
        },
    };

    private async IAsyncEnumerable<RuleResult> RevertingAsync(IAsyncEnumerable<RuleResult> rules, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<RuleResult> done = await rules.ToListAsync(cancellationToken);
        bool failed = done.Any(rule => rule.Plan.Targets.Any(target => target.Error is not null));
        if (failed)
            observer.Warning(SyncMessages.RollingBack());
        foreach (RuleResult rule in done)
            yield return failed ? await RevertAsync(rule, cancellationToken) : rule;
    }

    private async Task<RuleResult> RevertAsync(RuleResult rule, CancellationToken cancellationToken)
    {
        // A write that could not be verified may have taken effect, or may still do so, and is rolled back as well.
        TargetWrite[] back = [.. rule.Outcomes.Where(outcome => outcome.After is not null && outcome.Before is not null).Select(Back)];
        if (back.Length == 0)
            return rule;
        IReadOnlyList<WriteOutcome> outcomes = await writer.WriteAsync(rule.Plan.EventBusName, rule.Plan.RuleName, back, options with { Force = false }, recorder.Reverting(), cancellationToken);
        return rule with { Plan = rule.Plan with { Targets = [.. rule.Plan.Targets.Select(target => outcomes.FirstOrDefault(outcome => outcome.TargetId == target.Result.TargetId) is { } outcome ? Reverted(target, outcome) : target)] } };
    }

    private static TargetWrite Back(WriteOutcome outcome)
    {
        bool mayComeToShow = outcome.Error is { ErrorId: ErrorIds.NotVerified } or ServiceCallException { MayPass: true };
        return new TargetWrite(
            outcome.TargetId,
            now => DocumentDiff.Same(now, outcome.After) || (mayComeToShow && DocumentDiff.Same(now, outcome.Before)),
            _ => outcome.Before!.DeepClone().AsObject()) { Anyway = mayComeToShow };
    }

    private PlannedTarget Reverted(PlannedTarget target, WriteOutcome back)
    {
        if (target.Error is not null && !back.Failed)
            return target; // It failed and had no lasting effect.
        return back.Failed
            ? target with { Error = back.Error, Result = target.Result with { Status = SyncStatus.Failed, Reason = observer.Text(SyncMessages.NotRolledBack(back.Error!)), ErrorId = back.Error!.ErrorId } }
            : target with { Result = target.Result with { Status = SyncStatus.Reverted, Reason = observer.Text(SyncMessages.OtherTargetFailed()) } };
    }
}

/// <summary>The executed plan of a rule, with the outcomes.</summary>
internal sealed record RuleResult(RulePlan Plan, IReadOnlyList<WriteOutcome> Outcomes);

internal static class RuleResultStream
{
    /// <summary>The results of all targets. Failures are reported to the observer as well.</summary>
    public static async IAsyncEnumerable<TargetSyncResult> SelectResults(this IAsyncEnumerable<RuleResult> rules, IRunObserver observer)
    {
        await foreach (RuleResult rule in rules)
        {
            foreach (PlannedTarget target in rule.Plan.Targets)
            {
                if (target.Error is not null)
                    observer.Failed(new ItemFailure(target.Error, target.Result));
                yield return target.Result;
            }
        }
    }
}
