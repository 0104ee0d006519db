using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Sync;

/// <summary>Decides for each selected target of a rule what should become of it.</summary>
internal sealed class SyncPlanner(IEventBridgeApi events, RuleReader rules, ItemRetry retry, RevisionJudge judge, SyncOptions options, IRunObserver observer)
{
    /// <summary>The plan for one rule. What fails is in the plan, except what ends the whole run.</summary>
    public async Task<RulePlan> PlanAsync(IReadOnlyList<TargetSelection> selections, CancellationToken cancellationToken)
    {
        string bus = selections[0].EventBusName;
        string rule = selections[0].RuleName;
        try
        {
            if (selections.Any(selection => selection.Document is null || selection.TargetId is null || selection.RuleState is null))
                selections = [.. (await CompleteAsync(bus, rule, selections, cancellationToken)).GroupBy(selection => selection.TargetId).Select(same => same.First())];
            List<PlannedTarget> targets = [];
            foreach (TargetSelection selection in selections)
                targets.Add(Tell(await PlanAsync(selection, cancellationToken)));
            if (targets.Count > 0 && selections[0].ManagedBy is { } service)
                observer.Warning($"Rule {rule} on bus {bus} is managed by {service}, so its Batch targets are left alone ({targets.Count}).");
            return new RulePlan(bus, rule, targets);
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            return new RulePlan(bus, rule, [.. selections.Select(selection => Fail(Draft(selection, selection.JobDefinition), e))]);
        }
    }

    /// <summary>Reads what the selections lack: the rule's state and its targets' documents.</summary>
    private async Task<IReadOnlyList<TargetSelection>> CompleteAsync(string bus, string rule, IReadOnlyList<TargetSelection> selections, CancellationToken cancellationToken)
    {
        EventRule? facts = selections.All(selection => selection.RuleState is not null)
            ? null
            : new(bus, await retry.RunAsync(() => events.DescribeRuleAsync(bus, rule, cancellationToken), cancellationToken));
        IReadOnlyDictionary<string, JsonObject> documents = await rules.TargetsAsync(bus, rule, cancellationToken)
            ?? throw new OpsException(ErrorIds.RuleNotFound, $"Rule {rule} on bus {bus} is gone.");
        // What names a target goes before what means all of them, since it may know what was seen of it.
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

    private async Task<PlannedTarget> PlanAsync(TargetSelection selection, CancellationToken cancellationToken)
    {
        JsonObject? seen;
        try
        {
            seen = selection.Document is null ? null : Document.Parse(selection.Document);
        }
        catch (System.Text.Json.JsonException e)
        {
            return Fail(Draft(selection, selection.JobDefinition), new OpsException(ErrorIds.TargetChanged, $"The Document given for target {selection.TargetId} of rule {selection.RuleName} (bus {selection.EventBusName}) is not a target's JSON text: {e.Message} Pass on what Get-EbTargetRevision gave, or leave Document out.", e));
        }

        string? from = seen is null ? null : TargetDocument.JobDefinition(seen);
        TargetSyncResult draft = Draft(selection, from ?? selection.JobDefinition);
        if (seen is null)
            return Fail(draft, new OpsException(ErrorIds.TargetNotFound, $"Rule {draft.RuleName} on bus {draft.EventBusName} has no target {draft.TargetId}. Get-EbRule (ebops rules list) shows its targets."));
        if (from is null)
            return Fail(draft, new OpsException(ErrorIds.NotBatchTarget, $"Target {draft.TargetId} of rule {draft.RuleName} (bus {draft.EventBusName}) is not a Batch target: it has no BatchParameters.JobDefinition."));
        if (selection.JobDefinition is { } expected && expected != from && !options.Force)
            return Fail(draft, new OpsException(ErrorIds.TargetChanged, $"Target {draft.TargetId} of rule {draft.RuleName} (bus {draft.EventBusName}) names {from} now, not {expected}. Look again with Get-EbTargetRevision (ebops targets list) and repeat, or use -Force."));
        if (selection.ManagedBy is { } service)
            return Skip(draft, $"the rule is managed by {service}");
        if (selection.RuleState == "DISABLED" && !options.IncludeDisabledRule)
            return Skip(draft, "the rule is disabled (use -IncludeDisabledRule)");
        return Decide(draft, seen, await judge.JudgeAsync(from, selection.AccountId, cancellationToken));
    }

    private PlannedTarget Decide(TargetSyncResult draft, JsonObject seen, RevisionVerdict verdict)
    {
        string place = $"Target {draft.TargetId} of rule {draft.RuleName} (bus {draft.EventBusName})";
        if (verdict.Reference is not { } reference || verdict.State == RevisionState.Unresolved)
            return Fail(draft, new OpsException(ErrorIds.TargetUnresolved, $"{place} is left alone, since its job definition {draft.From} cannot be looked up: {verdict.Reason}."));
        if (verdict.State == RevisionState.Missing)
            return Fail(draft, new OpsException(ErrorIds.JobDefinitionMissing, $"{place} cannot be repaired: {verdict.Reason}. Register the job definition again, then repeat."));
        if (options.ToRevision is { } wanted && !verdict.Known!.Active.Contains(wanted))
            return Fail(draft, new OpsException(ErrorIds.RevisionNotActive, $"{place} cannot be pinned to revision {wanted} of {reference.Name}: it is not ACTIVE. ACTIVE are {string.Join(", ", verdict.Known.Active.OrderBy(revision => revision))}."));
        if (verdict.State == RevisionState.Floating && !options.Float && (options.ToRevision is null || !options.Force))
        {
            return options.ToRevision is null
                ? new PlannedTarget(draft with { To = draft.From, Status = SyncStatus.AlreadyCurrent, Verified = true, Reason = "it floats: Batch takes the newest revision" })
                : Skip(draft, "it floats (use -Force to pin it)");
        }

        string to = reference.WithRevision(options.Float ? null : options.ToRevision ?? verdict.Latest).ToString();
        if (to == draft.From)
            return new PlannedTarget(draft with { To = to, Status = SyncStatus.AlreadyCurrent, Verified = true });
        return new PlannedTarget(
            draft with { To = to, Reason = verdict.Reason },
            new TargetWrite(draft.TargetId, now => DocumentDiff.Same(now, seen), now => TargetDocument.WithJobDefinition(now, to)));
    }

    private PlannedTarget Tell(PlannedTarget planned)
    {
        TargetSyncResult result = planned.Result;
        string why = result.Reason is { } reason ? $": {reason}" : "";
        if (planned.Write is not null)
            observer.Verbose($"{result} names {result.From}{(result.Reason is null ? ", which is not the latest revision" : $" ({result.Reason})")}, so {result.To} is to be written.");
        else if (planned.Error is null)
            observer.Verbose($"{result} is left alone{(result.Status == SyncStatus.AlreadyCurrent && why.Length == 0 ? $", since it names {result.From} already" : why)}.");
        return planned;
    }

    private static TargetSyncResult Draft(TargetSelection selection, string? from) => new()
    {
        EventBusName = selection.EventBusName,
        RuleName = selection.RuleName,
        TargetId = selection.TargetId ?? "*",
        From = from,
    };

    private static PlannedTarget Skip(TargetSyncResult draft, string reason) => new(draft with { Status = SyncStatus.Skipped, Reason = reason });

    private static PlannedTarget Fail(TargetSyncResult draft, OpsException error) =>
        new(draft with { Status = SyncStatus.Failed, Reason = error.Message, ErrorId = error.ErrorId }, null, error);
}
