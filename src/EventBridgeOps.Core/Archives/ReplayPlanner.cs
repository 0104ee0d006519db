using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Archives;

/// <summary>Finds out what a replay does to each rule of its event bus.</summary>
/// <param name="rules">Reads rules.</param>
/// <param name="observer">Receives warnings.</param>
internal sealed class ReplayPlanner(RuleReader rules, IRunObserver observer)
{
    /// <summary>What the replay does to each rule, by name.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="replayName">The name of the replay.</param>
    /// <param name="ruleName">The rules that are named; empty for all.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="OpsException">The rules could not be read, or a rule that is named does not exist.</exception>
    public async Task<IReadOnlyList<ReplayedRule>> PlanAsync(EventArchive archive, string replayName, IReadOnlyList<string> ruleName, CancellationToken cancellationToken)
    {
        List<RuleSummary> all = await ReadAsync(archive.EventBusName, cancellationToken);
        IReadOnlyList<NamePattern> named = NamePattern.ParseAll(ruleName);
        if (named.FirstOrDefault(pattern => !all.Exists(rule => pattern.IsMatch(rule.RuleName))) is { } missing && ruleName.Count > 0)
            throw new OpsException(ErrorIds.RuleNotFound, ReplayMessages.NoSuchRule(missing.Text, archive.EventBusName));
        List<ReplayedRule> planned = [];
        foreach (RuleSummary rule in all)
        {
            ReplayedRuleState state = !named.Any(pattern => pattern.IsMatch(rule.RuleName)) ? ReplayedRuleState.NotNamed
                : rule.ManagedBy is { Length: > 0 } ? ReplayedRuleState.Managed
                : string.IsNullOrEmpty(rule.EventPattern) ? ReplayedRuleState.Scheduled
                : rule.State == RuleStates.Disabled ? ReplayedRuleState.Disabled
                : ReplayPattern.Excludes(rule, replayName) ? ReplayedRuleState.Excludes
                : ReplayedRuleState.Receives;
            List<RepeatedWork> work = state == ReplayedRuleState.Receives ? await WorkAsync(archive, rule, cancellationToken) : [];
            planned.Add(new ReplayedRule { RuleName = rule.RuleName, State = state, StartsWork = work.Exists(each => each.StartsWork), Effects = [.. work.Select(each => observer.Text(each.What))], Arn = rule.Arn });
        }

        return planned;
    }

    private async Task<List<RepeatedWork>> WorkAsync(EventArchive archive, RuleSummary rule, CancellationToken cancellationToken)
    {
        List<RepeatedWork> work = [];
        foreach (RuleTarget target in rule.Targets)
        {
            work.Add(RepeatedWork.Of(target));
            if (BusName.TryRead(target.Arn, out Arn? bus, out string? name) && Arn.TryParse(archive.EventBusArn, out Arn? own) && (bus.AccountId, bus.Region) == (own.AccountId, own.Region) && name != archive.EventBusName)
                work.AddRange(await BeyondAsync(name, cancellationToken));
        }

        return work;
    }

    /// <summary>The work that rules of an event bus start to which events are forwarded. Whether a forwarded event still has <c>replay-name</c> is not documented, so their patterns are not asked.</summary>
    private async Task<IEnumerable<RepeatedWork>> BeyondAsync(string bus, CancellationToken cancellationToken)
    {
        try
        {
            List<RuleSummary> beyond = await ReadAsync(bus, cancellationToken);
            return beyond.Where(rule => rule.State != RuleStates.Disabled && rule.EventPattern is { Length: > 0 })
                .SelectMany(rule => rule.Targets.Select(RepeatedWork.Of).Where(work => work.StartsWork).Select(work => new RepeatedWork(ReplayMessages.Beyond(bus, rule.RuleName, work.What), true)));
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            cancellationToken.ThrowIfCancellationRequested();
            observer.Warning(ReplayMessages.BeyondUnknown(bus, e));
            return [];
        }
    }

    private async Task<List<RuleSummary>> ReadAsync(string bus, CancellationToken cancellationToken)
    {
        FirstFailure failures = new(observer);
        List<RuleSummary> read = await rules.ReadAsync(new RuleQuery { EventBusName = [NamePattern.Escape(bus)] }, withTargets: true, failures, cancellationToken).ToListAsync(cancellationToken);
        return failures.Error is { } error ? throw error : read;
    }
}
