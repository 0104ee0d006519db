using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Roles;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Checks;

/// <summary>Checks a target of a rule: its job definition, job queue, role and dead-letter queue.</summary>
internal sealed class TargetCheck(ConnectionPorts account, RevisionJudge judge, string region, string? caller, ItemRetry retry, CheckResults results)
{
    private const int Depth = 3;

    private readonly RoleCheck _roles = new(new RoleJudge(account.Roles, retry), results);

    private Dictionary<string, JsonObject>? _queues;

    public async Task<IReadOnlyList<CheckResult>> RunAsync(EventRule rule, JsonObject target, CancellationToken cancellationToken)
    {
        Message name = CheckMessages.Target(target.String("Id"));
        if (TargetDocument.JobDefinition(target) is not { } definition)
            return [results.Ok(Depth, name, target.String("Arn") is { } arn ? Message.Verbatim(arn) : CheckMessages.Found()), await DeadLettersAsync(target, cancellationToken)];
        return
        [
            Verdict(rule, name, definition, await judge.JudgeAsync(definition, rule.AccountId, cancellationToken)),
            await QueueAsync(target.String("Arn") ?? "", cancellationToken),
            await RoleAsync(rule, target, cancellationToken),
            await DeadLettersAsync(target, cancellationToken),
        ];
    }

    private CheckResult Verdict(EventRule rule, Message name, string definition, RevisionVerdict verdict) => verdict.State switch
    {
        RevisionState.Current or RevisionState.Floating => results.Ok(Depth, name, CheckMessages.DefinitionState(definition, verdict.State)),
        RevisionState.Unresolved => results.Skip(Depth, name, CheckMessages.DefinitionUnresolved(definition, verdict.Reason)),
        RevisionState.Missing => results.Fail(Depth, name, CheckMessages.DefinitionMissing(definition, verdict.Reason), CheckMessages.RegisterDefinition()),
        _ => results.Fail(Depth, name, CheckMessages.DefinitionOutdated(definition, verdict.State, verdict.Latest), Repair(rule)),
    };

    // A sync skips the targets of disabled and managed rules.
    private static Message Repair(EventRule rule) => rule.ManagedBy is { } service ? CheckMessages.RepairManagedTarget(service)
        : rule.State == RuleStates.Disabled ? CheckMessages.RepairTargetOfDisabledRule(rule.EventBusName, rule.Name)
        : CheckMessages.RepairTarget(rule.EventBusName, rule.Name);

    private Task<CheckResult> QueueAsync(string arn, CancellationToken cancellationToken)
    {
        string name = Events.Names.Arn.TryParse(arn, out Arn? parsed) ? parsed.Resource.Substring(parsed.Resource.IndexOf('/') + 1) : arn;
        Message check = CheckMessages.JobQueue(name);
        return results.GuardAsync(Depth + 1, check, CheckMessages.GrantDescribeJobQueues(), async () =>
        {
            _queues ??= (await retry.RunAsync(() => account.Batch.DescribeJobQueuesAsync(cancellationToken).ToListAsync(cancellationToken), cancellationToken))
                .GroupBy(queue => queue.String("jobQueueArn") ?? "", StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
            if (!_queues.TryGetValue(arn, out JsonObject? queue))
                return results.Fail(Depth + 1, check, CheckMessages.JobQueueNotFound(), CheckMessages.CreateJobQueue());
            string state = queue.String("state") ?? "?", status = queue.String("status") ?? "?";
            return state == "ENABLED" && status == "VALID"
                ? results.Ok(Depth + 1, check, CheckMessages.JobQueueState(state, status, null))
                : results.Fail(Depth + 1, check, CheckMessages.JobQueueState(state, status, queue.String("statusReason")), state != "ENABLED" ? CheckMessages.EnableJobQueue(name) : CheckMessages.CheckComputeEnvironments());
        }, cancellationToken);
    }

    private Task<CheckResult> RoleAsync(EventRule rule, JsonObject target, CancellationToken cancellationToken)
    {
        // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html: for a job queue, EventBridge relies on a role alone.
        if (target.String("RoleArn") is not { } role)
            return Task.FromResult(results.Fail(Depth + 1, CheckMessages.AnyRole(), CheckMessages.NoRole(), CheckMessages.AddRole()));
        Message check = CheckMessages.Role(role.Substring(role.LastIndexOf('/') + 1));
        if (rule.AccountId is { } owner && caller is not null && owner != caller)
            return Task.FromResult(results.Skip(Depth + 1, check, CheckMessages.RoleUnknown(RoleMessages.OtherAccount(role, caller))));
        Arn named = Events.Names.Arn.In("events", region, rule.AccountId ?? caller ?? "", BusName.RuleResource(BusName.Of(rule.EventBusName), rule.Name));
        return _roles.RunAsync(Depth + 1, check, RoleUse.OfBatch(named, target)!, cancellationToken);
    }

    private Task<CheckResult> DeadLettersAsync(JsonObject target, CancellationToken cancellationToken)
    {
        if ((target["DeadLetterConfig"] as JsonObject)?.String("Arn") is not { } arn)
            return Task.FromResult(results.Fail(Depth + 1, CheckMessages.AnyDeadLetterQueue(), CheckMessages.NoDeadLetterQueue(), CheckMessages.AddDeadLetterQueue()));
        if (!Events.Names.Arn.TryParse(arn, out Arn? queue) || queue.Service != "sqs")
            return Task.FromResult(results.Fail(Depth + 1, CheckMessages.AnyDeadLetterQueue(), CheckMessages.NotAQueue(arn), CheckMessages.CorrectDeadLetterQueue()));
        Message check = CheckMessages.DeadLetterQueue(queue.Resource);
        return results.GuardAsync(Depth + 1, check, CheckMessages.CheckQueue(), async () =>
        {
            long count;
            try
            {
                count = await retry.RunAsync(() => account.Queues.CountMessagesAsync(queue, cancellationToken), cancellationToken);
            }
            catch (ServiceCallException e) when (e.Call.Code == "UnknownOperationException")
            {
                return results.Skip(Depth + 1, check, CheckMessages.NoSqs());
            }

            return count == 0
                ? results.Ok(Depth + 1, check, CheckMessages.Empty())
                : results.Fail(Depth + 1, check, CheckMessages.DeadLetters(count), CheckMessages.ReadDeadLetters());
        }, cancellationToken);
    }
}
