using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Publishing;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Archives;

/// <summary>Starts a replay, after it has found out what its rules do a second time.</summary>
/// <remarks>
/// Replayed events reach every rule that does not exclude them. A rule whose targets start work, such as an AWS Batch job, receives them only with consent.
/// </remarks>
/// <param name="api">Archives and replays.</param>
/// <param name="rules">Reads rules.</param>
/// <param name="ids">Makes names.</param>
/// <param name="retry">Retries an item when a call has used up its retries.</param>
/// <param name="time">The clock.</param>
public sealed class ReplayStarter(IArchiveApi api, RuleReader rules, IdSource ids, ItemRetry retry, TimeProvider time)
{
    private readonly ReplayReader _replays = new(api, retry);

    /// <summary>Starts a replay, and waits for its end if asked to.</summary>
    /// <param name="options">Which events, and to which rules.</param>
    /// <param name="approve">Asks for approval, with what happens again.</param>
    /// <param name="observer">Receives progress and warnings, and the failure of a replay that ended otherwise than completed.</param>
    /// <param name="cancellationToken">Cancels the wait. A replay that was started goes on.</param>
    /// <exception cref="OpsException">The replay was not started: <see cref="ErrorIds.InvalidArgument"/>, <see cref="ErrorIds.ResourceNotFound"/>, <see cref="ErrorIds.RuleNotFound"/>, <see cref="ErrorIds.ReplayRefused"/>; or a call failed.</exception>
    public async Task<Replay> RunAsync(ReplayOptions options, ApproveChange approve, IRunObserver observer, CancellationToken cancellationToken)
    {
        options.Check();
        (DateTimeOffset from, DateTimeOffset to) = options.Window(time.GetUtcNow());
        EventArchive archive = await new ArchiveReader(api, retry).FindAsync(options.ArchiveName!, cancellationToken);
        if (archive.State is not ("ENABLED" or "UPDATING") || archive.Arn is null || archive.EventBusArn is null)
            throw new OpsException(ErrorIds.ReplayRefused, ReplayMessages.ArchiveNotEnabled(archive.ArchiveName, archive.State ?? "", archive.Reason));
        string name = options.ReplayName is { Length: > 0 } given ? given : ids.Next("replay");
        IReadOnlyList<ReplayedRule> planned = await new ReplayPlanner(rules, observer).PlanAsync(archive, name, options.RuleName, cancellationToken);
        ReplayedRule[] receiving = [.. planned.Where(rule => rule.State == ReplayedRuleState.Receives)];
        Require(options, archive, planned, receiving);
        Warn(options, archive, from, to, planned, observer);
        Replay replay = new()
        {
            ReplayName = name,
            ArchiveName = archive.ArchiveName,
            EventBusName = archive.EventBusName,
            From = from,
            To = to,
            RuleName = options.RuleName.Count == 0 ? [] : [.. receiving.Select(rule => rule.RuleName)],
            Rules = planned,
            ArchivedEvents = archive.EventCount,
            Description = options.Description,
        };
        Message action = ReplayMessages.Start(from, to, archive.EventCount, archive.EventBusName, receiving.Select(With), planned.Where(rule => rule.State is not (ReplayedRuleState.Receives or ReplayedRuleState.NotNamed)).Select(LeftOut));
        switch (await approve(new PlannedChange(ReplayMessages.Archive(archive.ArchiveName).In(observer.Voice), action), cancellationToken))
        {
            case Approval.WhatIf:
                return replay with { State = ReplayState.WouldStart };
            case Approval.Declined:
                return replay with { State = ReplayState.Skipped, Reason = observer.Text(ChangeMessages.Declined()) };
        }

        (replay, bool isNew) = await StartAsync(replay, new ReplayRequest(name, archive.Arn, archive.EventBusArn, from, to, options.RuleName.Count == 0 ? [] : [.. receiving.Select(rule => rule.Arn!)], options.Description), options, cancellationToken);
        options.Started?.Invoke(name);
        if (isNew)
            observer.Verbose(ReplayMessages.Started(name));
        else
            observer.Warning(ReplayMessages.StartedBefore(name));
        return options.Wait ? await new ReplayWatch(_replays, time, observer).WaitAsync(replay, TimeSpan.FromSeconds(options.TimeoutSeconds), cancellationToken) : replay;
    }

    private static Message With(ReplayedRule rule) => ReplayMessages.RuleWith(rule.RuleName, rule.Effects);

    private static Message LeftOut(ReplayedRule rule) => ReplayMessages.LeftOut(rule.RuleName, rule.State);

    /// <summary>No filter means all rules, so a replay that no rule is left for must not be started.</summary>
    private static void Require(ReplayOptions options, EventArchive archive, IReadOnlyList<ReplayedRule> planned, ReplayedRule[] receiving)
    {
        if (receiving.Length == 0)
            throw new OpsException(ErrorIds.ReplayRefused, ReplayMessages.NothingReceives(archive.EventBusName, planned.Where(rule => rule.State != ReplayedRuleState.NotNamed).Select(LeftOut)));
        HashSet<string> named = new(NamePattern.ParseAll(options.RuleName).Where(pattern => !pattern.HasWildcard).Select(pattern => pattern.Prefix), StringComparer.Ordinal);
        ReplayedRule[] work = [.. receiving.Where(rule => rule.StartsWork && !named.Contains(rule.RuleName))];
        if (work.Length > 0 && !options.Force)
            throw new OpsException(ErrorIds.ReplayRefused, ReplayMessages.WorkAgain(work.Select(With), receiving.Except(work).Select(rule => rule.RuleName)));
    }

    private void Warn(ReplayOptions options, EventArchive archive, DateTimeOffset from, DateTimeOffset to, IReadOnlyList<ReplayedRule> planned, IRunObserver observer)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (to > now - ReplayOptions.Lateness)
            observer.Warning(ReplayMessages.MayBeLate(to));
        if (archive.CreatedAt is { } created && from < created)
            observer.Warning(ReplayMessages.BeforeArchive(archive.ArchiveName, created));
        if (archive.RetentionDays is > 0 and int days && from < now.AddDays(-days))
            observer.Warning(ReplayMessages.Expired(archive.ArchiveName, days));
        if (options.RuleName.Count > 0)
        {
            foreach (ReplayedRule rule in planned.Where(rule => rule.State is not (ReplayedRuleState.Receives or ReplayedRuleState.NotNamed)))
                observer.Warning(ReplayMessages.NamedInVain(LeftOut(rule)));
        }
    }

    /// <summary>Sends the call once at a time. Of a call without an answer, the replay itself says whether it arrived.</summary>
    /// <returns>The replay, and whether it is new: a run that is repeated with the same name goes on with the replay of the run before.</returns>
    private async Task<(Replay Replay, bool IsNew)> StartAsync(Replay replay, ReplayRequest request, ReplayOptions options, CancellationToken cancellationToken)
    {
        RetryBudget budget = retry.Start();
        while (true)
        {
            try
            {
                JsonObject answer = await api.StartReplayAsync(request, cancellationToken);
                return (replay with { State = Replay.StateOf(answer.String("State")), Arn = answer.String("ReplayArn"), StartedAt = answer["ReplayStartTime"] is { } started ? EventTime.Read(started) : null }, true);
            }
            catch (ServiceCallException e) when (e.MayPass)
            {
                if (e.MayHaveArrived && await ArrivedAsync(request, cancellationToken) is { } arrived)
                    return (From(arrived), true);
                if (!await budget.WaitAsync(e, cancellationToken))
                    throw;
            }
            catch (ServiceCallException e) when (e.Call.Code == "ResourceAlreadyExistsException")
            {
                if (options.ReplayName is not null && await FindAsync(request.ReplayName, cancellationToken) is { } before && IsSame(before, replay))
                    return (From(before), false);
                throw new OpsException(ErrorIds.ReplayRefused, ReplayMessages.NameInUse(request.ReplayName, options.ReplayName is null), e);
            }
            catch (ServiceCallException e) when (e.Call.Code == "LimitExceededException")
            {
                throw new OpsException(ErrorIds.ReplayRefused, ReplayMessages.TooManyActive(), e);
            }
        }

        Replay From(Replay found) => replay with { State = found.State, Reason = found.Reason, Arn = found.Arn, StartedAt = found.StartedAt, EndedAt = found.EndedAt };
    }

    /// <summary>Whether a replay sends the same events to the same rules. EventBridge keeps whole seconds.</summary>
    private static bool IsSame(Replay before, Replay wanted) => before.ArchiveName == wanted.ArchiveName
        && before.From?.ToUnixTimeSeconds() == wanted.From?.ToUnixTimeSeconds()
        && before.To?.ToUnixTimeSeconds() == wanted.To?.ToUnixTimeSeconds()
        && new HashSet<string>(before.RuleName, StringComparer.Ordinal).SetEquals(wanted.RuleName);

    private async Task<Replay?> ArrivedAsync(ReplayRequest request, CancellationToken cancellationToken) =>
        await FindAsync(request.ReplayName, cancellationToken) is { } found && found.ArchiveName == ArchiveReader.NameOf(request.ArchiveArn) && found.StartedAt >= time.GetUtcNow() - retry.Timeout - retry.Timeout ? found : null;

    private async Task<Replay?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await _replays.FindAsync(name, cancellationToken);
        }
        catch (ServiceCallException e) when (e.ErrorId == ErrorIds.ResourceNotFound)
        {
            return null;
        }
    }
}
