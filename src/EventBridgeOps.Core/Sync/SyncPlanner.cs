using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Sync;

/// <summary>Plans what to do with each selected target of a rule.</summary>
internal sealed class SyncPlanner(IEventBridgeApi events, RuleReader rules, ItemRetry retry, RevisionJudge judge, SyncOptions options, TimeProvider time, IRunObserver observer)
{
    /// <summary>Plans one rule. A failure is part of the plan, unless it ends the whole run.</summary>
    public async Task<IReadOnlyList<Draft<TargetSyncResult>>> PlanAsync(IReadOnlyList<TargetSelection> selections, CancellationToken cancellationToken)
    {
        string bus = selections[0].EventBusName;
        string rule = selections[0].RuleName;
        try
        {
            if (selections.Any(selection => selection.Document is null || selection.TargetId is null || selection.RuleState is null))
                selections = [.. (await CompleteAsync(bus, rule, selections, cancellationToken)).GroupBy(selection => selection.TargetId).Select(same => same.First())];
            List<Draft<TargetSyncResult>> targets = [];
            foreach (TargetSelection selection in selections)
                targets.Add(Tell(await PlanAsync(selection, cancellationToken)));
            if (targets.Count > 0 && selections[0].ManagedBy is { } service)
                observer.Warning(SyncMessages.ManagedRule(rule, bus, service, targets.Count));
            return targets;
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            return [.. selections.Select(selection => Fail(Begin(selection, selection.JobDefinition), e))];
        }
    }

    /// <summary>Reads what the selections lack: the rule's state and its targets' documents.</summary>
    private async Task<IReadOnlyList<TargetSelection>> CompleteAsync(string bus, string rule, IReadOnlyList<TargetSelection> selections, CancellationToken cancellationToken)
    {
        EventRule? facts = selections.All(selection => selection.RuleState is not null)
            ? null
            : new(bus, await retry.RunAsync(() => events.DescribeRuleAsync(bus, rule, cancellationToken), cancellationToken));
        IReadOnlyDictionary<string, JsonObject> documents = await rules.TargetsAsync(bus, rule, cancellationToken)
            ?? throw new OpsException(ErrorIds.RuleNotFound, SyncMessages.RuleGone(rule, bus));
        // A selection of one target precedes one of all targets, because it may include the scanned document.
        return [.. selections.OrderBy(selection => selection.TargetId is null).SelectMany(Each)];

        IEnumerable<TargetSelection> Each(TargetSelection selection)
        {
            TargetSelection complete = facts is null ? selection : selection with { RuleState = facts.State ?? "", ManagedBy = facts.ManagedBy, AccountId = facts.AccountId ?? selection.AccountId };
            if (selection.TargetId is null)
            {
                return documents.Where(target => TargetDocument.JobDefinition(target.Value) is not null).OrderBy(target => target.Key, StringComparer.Ordinal)
                    .Select(target => complete with { TargetId = target.Key, Document = Document.Write(target.Value) });
            }

            return [complete with { Document = selection.Document ?? (documents.TryGetValue(selection.TargetId, out JsonObject? found) ? Document.Write(found) : null) }];
        }
    }

    private async Task<Draft<TargetSyncResult>> PlanAsync(TargetSelection selection, CancellationToken cancellationToken)
    {
        JsonObject? seen;
        try
        {
            seen = selection.Document is null ? null : Document.Parse(selection.Document);
        }
        catch (System.Text.Json.JsonException e)
        {
            return Fail(Begin(selection, selection.JobDefinition), new OpsException(ErrorIds.TargetChanged, SyncMessages.DocumentNotJson(selection.TargetId ?? "*", selection.RuleName, selection.EventBusName, EventDocument.Reason(e)), e));
        }

        string? from = seen is null ? null : TargetDocument.JobDefinition(seen);
        TargetSyncResult draft = Begin(selection, from ?? selection.JobDefinition);
        if (seen is null)
            return Fail(draft, new OpsException(ErrorIds.TargetNotFound, SyncMessages.TargetNotFound(draft.TargetId, draft.RuleName, draft.EventBusName)));
        if (from is null)
            return Fail(draft, new OpsException(ErrorIds.NotBatchTarget, SyncMessages.NotBatchTarget(draft.TargetId, draft.RuleName, draft.EventBusName)));
        if (selection.JobDefinition is { } expected && expected != from && !options.Force)
            return Fail(draft, new OpsException(ErrorIds.TargetChanged, SyncMessages.OtherDefinition(draft.TargetId, draft.RuleName, draft.EventBusName, from, expected)));
        if (selection.ManagedBy is { } service)
            return Skip(draft, TargetMessages.ManagedBy(service));
        if (selection.RuleState == RuleStates.Disabled && !options.IncludeDisabledRule)
            return Skip(draft, SyncMessages.RuleDisabled());
        return Decide(draft, seen, await judge.JudgeAsync(from, selection.AccountId, cancellationToken));
    }

    private Draft<TargetSyncResult> Decide(TargetSyncResult draft, JsonObject seen, RevisionVerdict verdict)
    {
        (string target, string rule, string bus) = (draft.TargetId, draft.RuleName, draft.EventBusName);
        if (verdict.Reference is not { } reference || verdict.State == RevisionState.Unresolved)
            return Fail(draft, new OpsException(ErrorIds.TargetUnresolved, SyncMessages.Unresolved(target, rule, bus, draft.From, verdict.Reason), verdict.Fault));
        if (verdict.State == RevisionState.Missing)
            return Fail(draft, new OpsException(ErrorIds.JobDefinitionMissing, SyncMessages.DefinitionMissing(target, rule, bus, verdict.Reason)));
        if (options.ToRevision is { } wanted && !verdict.Known!.Active.Contains(wanted))
            return Fail(draft, new OpsException(ErrorIds.RevisionNotActive, SyncMessages.RevisionNotActive(target, rule, bus, wanted, reference.Name, verdict.Known.Active.OrderBy(revision => revision))));
        if (verdict.State == RevisionState.Floating && !options.Float && (options.ToRevision is null || !options.Force))
        {
            return options.ToRevision is null
                ? new Draft<TargetSyncResult>(draft with { To = draft.From, Status = SyncStatus.AlreadyCurrent, Verified = true, Reason = observer.Text(SyncMessages.Floats()) })
                : Skip(draft, SyncMessages.FloatsAndStays());
        }

        string to = reference.WithRevision(options.Float ? null : options.ToRevision ?? verdict.Latest).ToString();
        if (to == draft.From)
            return new Draft<TargetSyncResult>(draft with { To = to, Status = SyncStatus.AlreadyCurrent, Verified = true });
        string? reason = verdict.Reason is { } why ? observer.Text(why) : null;
        return new Draft<TargetSyncResult>(draft with { To = to, Reason = reason }, TargetKind.Plan(ResourceId.Target(bus, rule, target), seen, to, reason, time.GetUtcNow())) { Reason = reason };
    }

    private Draft<TargetSyncResult> Tell(Draft<TargetSyncResult> planned)
    {
        TargetSyncResult result = planned.Result;
        string name = result.ToString();
        if (planned.Item is not null)
            observer.Verbose(result.Reason is { } because ? SyncMessages.WillWriteBecause(name, result.From, result.To, because) : SyncMessages.WillWrite(name, result.From, result.To));
        else if (planned.Error is null)
            observer.Verbose(result.Reason is { } reason ? SyncMessages.UnchangedBecause(name, reason) : SyncMessages.Unchanged(name, result.From));
        return planned;
    }

    private static TargetSyncResult Begin(TargetSelection selection, string? from) => new()
    {
        EventBusName = selection.EventBusName,
        RuleName = selection.RuleName,
        TargetId = selection.TargetId ?? "*",
        From = from,
    };

    private Draft<TargetSyncResult> Skip(TargetSyncResult draft, Message reason) => new(draft with { Status = SyncStatus.Skipped, Reason = observer.Text(reason) });

    private Draft<TargetSyncResult> Fail(TargetSyncResult draft, OpsException error) =>
        new(draft with { Status = SyncStatus.Failed, Reason = observer.Text(error), ErrorId = error.ErrorId }, null, error);
}
