using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Roles;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Targets;

namespace EventBridgeOps.DeadLetters;

/// <summary>What is known of a dead letter's cause now.</summary>
/// <param name="State">Whether it could be delivered.</param>
/// <param name="Said">What is known, and what to do.</param>
internal sealed record Diagnosis(DeadLetterState State, Message Said)
{
    /// <summary>The target in its rule; null if it is not known.</summary>
    public string? TargetId { get; init; }

    /// <summary>The call that delivers it; null if there is none.</summary>
    public LetterDelivery? Delivery { get; init; }
}

/// <summary>Finds out whether the causes of dead letters still exist. Rules, job definitions and targets are read once in a run.</summary>
internal sealed class DeadLetterDoctor(RuleReader rules, IBatchApi batch, ITargetResourceApi resources, IRoleApi roles, ITrailApi trail, CallerAccount caller, string region, ItemRetry retry, CancellationToken ended) : IAsyncDisposable
{
    private readonly JobDefinitionCatalog _catalog = new(batch);
    private readonly DeregistrationHistory _history = new(trail, ended);
    private readonly PermissionCheck _permissions = new(roles, retry, ended);
    private readonly ConcurrentDictionary<(string Bus, string Rule), Lazy<Task<IReadOnlyDictionary<string, JsonObject>?>>> _targets = new();
    private readonly ConcurrentDictionary<Arn, Lazy<Task<TargetResource?>>> _resources = new();

    public ValueTask DisposeAsync() => _catalog.DisposeAsync();

    /// <summary>Diagnoses a dead letter.</summary>
    /// <exception cref="OpsException">The run cannot continue.</exception>
    public async Task<Diagnosis> ExamineAsync(DeadLetter letter)
    {
        if (letter.Cause == DeadLetterCause.NotADeadLetter)
            return new(DeadLetterState.NotRedrivable, DeadLetterMessages.NotADeadLetter());
        if (letter.Cause == DeadLetterCause.FunctionFailed)
            return await WithDeliveryAsync(letter, target: null, _ => Task.FromResult(new Diagnosis(DeadLetterState.Unknown, DeadLetterMessages.FunctionFailed())));
        if (letter is not { EventBusName: { } bus, RuleName: { } rule })
            return new(DeadLetterState.NotRedrivable, DeadLetterMessages.NoRule());
        // A rule of another account may have the name of one that is here.
        if (Arn.TryParse(letter.RuleArn, out Arn? arn) && (arn.Region != region || (await caller.IdAsync(ended) is { } account && arn.AccountId != account)))
            return new(DeadLetterState.Unknown, DeadLetterMessages.RuleElsewhere(rule, arn.AccountId, arn.Region));
        return await OrUnknownAsync(async () =>
        {
            IReadOnlyDictionary<string, JsonObject>? all = await _targets.GetOrAdd((bus, rule), _ => new(() => rules.TargetsAsync(bus, rule, ended))).Value;
            if (all is null)
                return new(DeadLetterState.NotRedrivable, DeadLetterMessages.RuleGone(bus, rule));
            KeyValuePair<string, JsonObject>[] same = [.. all.Where(target => target.Value.String("Arn") == letter.TargetArn)];
            return same.Length switch
            {
                0 => new(DeadLetterState.NotRedrivable, DeadLetterMessages.TargetGone(bus, rule, letter.TargetArn)),
                1 => await WithDeliveryAsync(letter, same[0].Value, delivery => ExamineAsync(letter, same[0].Value, delivery)) with { TargetId = same[0].Key },
                _ => new(DeadLetterState.NotRedrivable, DeadLetterMessages.SeveralTargets(bus, rule, same.Length)),
            };
        });
    }

    private static async Task<Diagnosis> OrUnknownAsync(Func<Task<Diagnosis>> examine)
    {
        try
        {
            return await examine();
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            return new(DeadLetterState.Unknown, DeadLetterMessages.LookupFailed(e));
        }
    }

    private static async Task<Diagnosis> WithDeliveryAsync(DeadLetter letter, JsonObject? target, Func<LetterDelivery?, Task<Diagnosis>> examine)
    {
        LetterDelivery? delivery = LetterDelivery.Of(letter, target, out Message? reason);
        Diagnosis diagnosis = await OrUnknownAsync(() => examine(delivery));
        return delivery is null ? diagnosis with { State = DeadLetterState.NotRedrivable, Said = DeadLetterMessages.Both(diagnosis.Said, reason!) } : diagnosis with { Delivery = delivery };
    }

    private async Task<Diagnosis> ExamineAsync(DeadLetter letter, JsonObject target, LetterDelivery? delivery)
    {
        // A job definition can be the cause of a refusal that says nothing of it, and it prevents the delivery whatever the cause was.
        if ((target["BatchParameters"] as JsonObject)?.String("JobDefinition") is { } reference && await ExamineAsync(letter, reference) is { } found)
            return found;
        return letter.Cause switch
        {
            DeadLetterCause.NoPermission => await _permissions.ExamineAsync(letter, target, await ResourceAsync(letter)),
            // It was the moment, not the event: only a delivery shows whether it has passed.
            DeadLetterCause.Throttled => new(DeadLetterState.Ready, DeadLetterMessages.Throttled(letter.RetryAttempts)),
            DeadLetterCause.TooLarge => await SizeAsync(letter, delivery),
            DeadLetterCause.FairShare => await FairShareAsync(letter),
            DeadLetterCause.NotFound => await ExistenceAsync(letter),
            _ => new(DeadLetterState.Unknown, DeadLetterMessages.Unexplained()),
        };
    }

    /// <summary>What the job definition says of the cause; null if nothing.</summary>
    private async Task<Diagnosis?> ExamineAsync(DeadLetter letter, string reference)
    {
        RevisionVerdict verdict = await new RevisionJudge(_catalog, region, retry).JudgeAsync(reference, Arn.TryParse(letter.TargetArn, out Arn? queue) ? queue.AccountId : null, ended);
        Diagnosis? found = verdict.State switch
        {
            RevisionState.Inactive or RevisionState.Missing => new(DeadLetterState.Blocked, DeadLetterMessages.StillInactive(reference, verdict.Reason!, verdict.Latest)),
            RevisionState.Unresolved when letter.Cause is not (DeadLetterCause.RevisionNotActive or DeadLetterCause.NotFound or DeadLetterCause.Rejected or DeadLetterCause.Other) => null,
            RevisionState.Unresolved => new(DeadLetterState.Unknown, DeadLetterMessages.RevisionUnknown(reference, verdict.Reason!)),
            _ when letter.Cause == DeadLetterCause.RevisionNotActive => new(DeadLetterState.Ready, DeadLetterMessages.ActiveNow(reference)),
            _ => null,
        };
        return found is not null && await _history.FindAsync(letter, reference) is { } deregistered ? found with { Said = DeadLetterMessages.Both(found.Said, deregistered) } : found;
    }

    private async Task<Diagnosis> SizeAsync(DeadLetter letter, LetterDelivery? delivery)
    {
        if (delivery is null || await ResourceAsync(letter) is not { MaxInputBytes: { } most })
            return new(DeadLetterState.Unknown, DeadLetterMessages.TooLarge());
        return delivery.InputBytes > most
            ? new(DeadLetterState.Blocked, DeadLetterMessages.StillTooLarge(delivery.InputBytes, most))
            : new(DeadLetterState.Ready, DeadLetterMessages.SmallNow(delivery.InputBytes, most));
    }

    private async Task<Diagnosis> FairShareAsync(DeadLetter letter) => await ResourceAsync(letter) switch
    {
        null => new(DeadLetterState.Blocked, DeadLetterMessages.StillMissing(letter.TargetArn)),
        { IsKnown: true, HasSchedulingPolicy: false } => new(DeadLetterState.Ready, DeadLetterMessages.NoFairShare(letter.TargetArn)),
        _ => new(DeadLetterState.Blocked, DeadLetterMessages.FairShare(letter.TargetArn)),
    };

    private async Task<Diagnosis> ExistenceAsync(DeadLetter letter) => await ResourceAsync(letter) switch
    {
        null => new(DeadLetterState.Blocked, DeadLetterMessages.StillMissing(letter.TargetArn)),
        { IsKnown: true } => new(DeadLetterState.Ready, DeadLetterMessages.ExistsNow(letter.TargetArn)),
        _ => new(DeadLetterState.Unknown, DeadLetterMessages.NotFound(letter.TargetArn)),
    };

    private Task<TargetResource?> ResourceAsync(DeadLetter letter) => Arn.TryParse(letter.TargetArn, out Arn? target)
        ? _resources.GetOrAdd(target, _ => new(() => retry.RunAsync(() => resources.FindAsync(target, ended), ended))).Value
        : Task.FromResult<TargetResource?>(new TargetResource(IsKnown: false));
}
