using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Targets;

/// <summary>Finds Batch targets and determines the state of their job definition references.</summary>
/// <param name="events">The account's EventBridge.</param>
/// <param name="batch">The account's AWS Batch.</param>
/// <param name="region">The Region of the session.</param>
/// <param name="retry">Retries an item when a call has used up its retries.</param>
public sealed class TargetScanner(IEventBridgeApi events, IBatchApi batch, string region, ItemRetry retry)
{
    private readonly RuleReader _rules = new(events, retry);

    /// <summary>Returns the Batch targets that match a query, ordered by event bus, rule and target, as soon as they are known.</summary>
    /// <param name="query">Which targets.</param>
    /// <param name="observer">Receives progress and failures. A rule that is deleted during the scan is not an error.</param>
    /// <param name="cancellationToken">Cancels the scan.</param>
    /// <exception cref="OpsException">The run cannot continue: for example, there are no credentials, or a pattern is not valid.</exception>
    public async IAsyncEnumerable<TargetRevision> ScanAsync(TargetQuery query, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using JobDefinitionCatalog catalog = new(batch);
        RevisionJudge judge = new(catalog, region, retry);
        TargetFilter filter = new(query);
        ProgressCount progress = new(observer, TargetMessages.ReadingTargets());
        IAsyncEnumerable<BusRules> buses = _rules.BusesWithRulesAsync(query.Rules, observer, cancellationToken);
        if (!query.Thorough)
            buses = NarrowAsync(buses, query.Rules.ThrottleLimit, new QueueRoute(events, batch, observer, cancellationToken), cancellationToken);
        IAsyncEnumerable<IEnumerable<TargetRevision>> found = OrderedParallel.SelectAsync(
            buses.SelectRules(progress, cancellationToken),
            query.Rules.ThrottleLimit,
            async (rule, token) =>
            {
                IEnumerable<TargetRevision>? targets = await ItemGuard.RunAsync(() => ReadAsync(rule, filter, judge, observer.Voice, token), rule.ToString(), observer, token);
                progress.Finish(rule.ToString());
                return targets ?? [];
            },
            cancellationToken);
        await foreach (TargetRevision target in found.FlattenAsync(cancellationToken))
        {
            foreach (Message difference in filter.Differences(target))
                observer.Warning(difference);
            yield return target;
        }
    }

    /// <summary>Says that no target was found, what was looked at, and which other event buses have targets with the names of the query.</summary>
    /// <param name="query">Which targets.</param>
    /// <param name="cancellationToken">Cancels the scan.</param>
    public async Task<Message> NothingFoundAsync(TargetQuery query, CancellationToken cancellationToken)
    {
        if (!query.Rules.IsOfDefaultBus || !query.NamesTargets)
            return query.NothingFound();
        List<TargetRevision> found = await ScanAsync(query with { Rules = query.Rules with { EventBusName = ["*"] } }, SilentObserver.Instance, cancellationToken).ToListAsync(cancellationToken);
        return found.Count == 0 ? query.NothingFound() : RuleMessages.OnOtherBuses(query.NothingFound(), found.Select(target => target.EventBusName).Distinct());
    }

    private static IAsyncEnumerable<BusRules> NarrowAsync(IAsyncEnumerable<BusRules> buses, int limit, QueueRoute route, CancellationToken cancellationToken) =>
        OrderedParallel.SelectAsync(buses, limit, route.NarrowAsync, cancellationToken);

    private async Task<IEnumerable<TargetRevision>?> ReadAsync(EventRule rule, TargetFilter filter, RevisionJudge judge, IVoice voice, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, JsonObject>? targets = await _rules.TargetsAsync(rule.EventBusName, rule.Name, cancellationToken);
        List<TargetRevision> found = [];
        foreach (KeyValuePair<string, JsonObject> target in (targets ?? new Dictionary<string, JsonObject>()).OrderBy(target => target.Key, StringComparer.Ordinal))
        {
            if (TargetDocument.JobDefinition(target.Value) is { } jobDefinition && filter.IsMatch(target.Key, jobDefinition))
            {
                RevisionVerdict verdict = await judge.JudgeAsync(jobDefinition, rule.AccountId, cancellationToken);
                if (filter.IsMatch(verdict.State))
                    found.Add(Describe(rule, target.Key, target.Value, jobDefinition, verdict, filter.Exclusion(rule), voice));
            }
        }

        return found;
    }

    private TargetRevision Describe(EventRule rule, string targetId, JsonObject target, string jobDefinition, RevisionVerdict verdict, Message? exclusion, IVoice voice) => new()
    {
        EventBusName = rule.EventBusName,
        RuleName = rule.Name,
        RuleState = rule.State,
        ManagedBy = rule.ManagedBy,
        TargetId = targetId,
        JobQueueArn = target.String("Arn"),
        RoleArn = target.String("RoleArn"),
        JobDefinition = jobDefinition,
        JobDefinitionName = verdict.Reference?.Name,
        Revision = verdict.Reference?.Revision,
        LatestRevision = verdict.Latest,
        RevisionsBehind = verdict.Behind,
        State = verdict.State,
        Reason = verdict.Reason?.In(voice),
        Exclusion = exclusion?.In(voice),
        Region = region,
        AccountId = rule.AccountId,
        Document = Document.Write(target),
    };
}

/// <summary>Which Batch targets of a rule match a query.</summary>
internal sealed class TargetFilter(TargetQuery query)
{
    private readonly IReadOnlyList<NamePattern> _targetIds = NamePattern.ParseAll(query.TargetId);
    private readonly IReadOnlyCollection<RevisionState> _states = query.Scope.States();
    private readonly IReadOnlyList<NamePattern> _jobDefinitions = NamePattern.ParseAll(query.JobDefinition.Select(JobDefinitionText.Name));

    private readonly IReadOnlyList<NamePattern> _queues = NamePattern.ParseAll(query.ExpectedJobQueue);
    private readonly IReadOnlyList<NamePattern> _roles = NamePattern.ParseAll(query.ExpectedRole);

    /// <summary>What a target has that was not expected.</summary>
    public IEnumerable<Message> Differences(TargetRevision target)
    {
        if (!IsExpected(_queues, target.JobQueueArn))
            yield return TargetMessages.OtherJobQueue(target, query.ExpectedJobQueue);
        if (!IsExpected(_roles, target.RoleArn))
            yield return TargetMessages.OtherRole(target, query.ExpectedRole);
    }

    public bool IsMatch(RevisionState state) => _states.Count == 0 || _states.Contains(state);

    public Message? Exclusion(EventRule rule) => query.Scope.Exclusion(rule.State, rule.ManagedBy);

    public bool IsMatch(string targetId, string jobDefinition) =>
        _targetIds.Any(pattern => pattern.IsMatch(targetId)) && _jobDefinitions.Any(pattern => pattern.IsMatch(JobDefinitionText.Name(jobDefinition)));

    // A resource may be expected by its ARN, or by the name at its end.
    private static bool IsExpected(IReadOnlyList<NamePattern> expected, string? arn) => expected.Any(name => name.IsMatch(arn ?? "") || name.IsMatch(arn?.Substring(arn.LastIndexOf('/') + 1) ?? ""));
}
