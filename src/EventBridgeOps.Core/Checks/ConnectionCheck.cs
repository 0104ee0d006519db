using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Jobs;
using EventBridgeOps.Patterns;
using EventBridgeOps.Publishing;
using EventBridgeOps.Roles;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Checks;

/// <summary>Checks the full delivery path of an event, from the identity of the caller to the Batch job.</summary>
/// <param name="account">The account.</param>
/// <param name="publisher">Sends the test event.</param>
/// <param name="region">The Region.</param>
/// <param name="retry">What to do when the retries of a call are exhausted.</param>
/// <param name="time">The clock.</param>
public sealed class ConnectionCheck(ConnectionPorts account, EventPublisher publisher, string region, ItemRetry retry, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Runs the checks.</summary>
    /// <param name="query">What to check.</param>
    /// <param name="store">The job store; null to skip it.</param>
    /// <param name="approve">Asks whether to send the test event.</param>
    /// <param name="observer">Receives progress.</param>
    /// <param name="cancellationToken">Ends the check at once.</param>
    /// <returns>The checks as they finish, in the order of the tree.</returns>
    public async IAsyncEnumerable<CheckResult> RunAsync(
        ConnectionQuery query, IMvpJobStore? store, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        query.Check();
        CheckResults results = new(observer.Voice);
        yield return results.Ok(0, CheckMessages.Region(), Message.Verbatim(region));
        CallerIdentity? caller = null;
        yield return await results.GuardAsync(
            0, CheckMessages.Identity(), CheckMessages.CheckCredentials(),
            async () => results.Ok(0, CheckMessages.Identity(), Message.Verbatim((caller = await account.Identity.GetCallerIdentityAsync(cancellationToken)).Arn)), cancellationToken);

        Message busCheck = CheckMessages.Bus(query.EventBusName);
        CheckResult bus = await results.GuardAsync(0, busCheck, CheckMessages.CheckBus(), async () =>
        {
            JsonObject found = await Try(() => account.Events.DescribeEventBusAsync(query.EventBusName, cancellationToken), cancellationToken);
            publisher.Presence.Found(query.EventBusName);
            return results.Ok(0, busCheck, found.String("Arn") is { } arn ? Message.Verbatim(arn) : CheckMessages.Found());
        }, cancellationToken);
        if (bus.ErrorId == ErrorIds.AccessDenied)
            bus = bus with { Advice = CheckMessages.GrantDescribeEventBus().In(observer.Voice) };
        yield return bus;
        List<BatchTarget> targets = [];
        bool mayExist = bus.Status == CheckStatus.OK || bus.ErrorId == ErrorIds.AccessDenied; // Who may not look may still send.
        if (mayExist)
        {
            yield return await MayPutAsync(query, results, cancellationToken);
            await foreach (CheckResult result in RulesAsync(query, caller, targets, results, cancellationToken))
                yield return result;
        }

        if (store is not null)
        {
            yield return await results.GuardAsync(
                0, CheckMessages.JobStore(), CheckMessages.OtherJobStore(),
                async () => results.Ok(0, CheckMessages.JobStore(), await Try(() => store.CheckAsync(cancellationToken), cancellationToken)), cancellationToken);
        }

        if (query.Send && mayExist)
        {
            await foreach (CheckResult result in SendAsync(query, targets, results, approve, observer, cancellationToken))
                yield return result;
        }
    }

    /// <summary>EventBridge checks permissions first: an entry that it rejects for its content was not rejected for them.</summary>
    private Task<CheckResult> MayPutAsync(ConnectionQuery query, CheckResults results, CancellationToken cancellationToken)
    {
        Message check = CheckMessages.PutEvents();
        if (EntryLimits.IsReserved(query.Entry.Source))
            return Task.FromResult(results.Skip(1, check, CheckMessages.OnlyServicesSend(query.Entry.Source)));
        return results.GuardAsync(1, check, CheckMessages.GrantPutEvents(), async () =>
        {
            try
            {
                PutEventAnswer answer = (await Try(() => account.EventBus.PutEventsAsync([query.Entry with { Detail = "{", Id = null }], cancellationToken), cancellationToken))[0];
                return answer.ErrorCode switch
                {
                    null => results.Ok(1, check, CheckMessages.AllowedAnyDetail()),
                    "MalformedDetail" or "InvalidArgument" => results.Ok(1, check, CheckMessages.Allowed()),
                    var code => results.Fail(1, check, CheckMessages.Rejected(code, answer.ErrorMessage), CheckMessages.GrantPutEvents()),
                };
            }
            catch (ServiceCallException e) when (e.ErrorId == ErrorIds.RequestRejected)
            {
                return results.Ok(1, check, CheckMessages.Allowed());
            }
        }, cancellationToken);
    }

    private async IAsyncEnumerable<CheckResult> RulesAsync(ConnectionQuery query, CallerIdentity? caller, List<BatchTarget> targets, CheckResults results, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Message check = CheckMessages.RulesFor(query.Entry.Source, query.Entry.DetailType);
        List<EventRule> rules = [];
        CheckResult read = await results.GuardAsync(1, check, CheckMessages.GrantListRules(), async () =>
        {
            IReadOnlyList<NamePattern> names = NamePattern.ParseAll(query.RuleName);
            List<JsonObject> all = await retry.RunAsync(() => account.Events.ListRulesAsync(query.EventBusName, null, cancellationToken).ToListAsync(cancellationToken), cancellationToken);
            rules.AddRange(all.Select(rule => new EventRule(query.EventBusName, rule)).Where(rule => names.Any(name => name.IsMatch(rule.Name)) && rule.Document.String("EventPattern") is not null));
            string document = query.Entry.AsEvent(region, time.GetUtcNow());
            rules.RemoveAll(rule => !Matches(rule, document));
            return rules.Count > 0
                ? results.Ok(1, check, CheckMessages.RulesMatch(rules.Count))
                : results.Fail(1, check, CheckMessages.NoRuleMatches(all.Count), await OtherBusesAsync(document) is { Count: > 0 } buses ? CheckMessages.OtherBus(buses) : CheckMessages.CreateRule());
        }, cancellationToken);
        yield return read;

        async Task<IReadOnlyList<string>> OtherBusesAsync(string document)
        {
            try
            {
                return (await new RuleReader(account.Events, retry).EnabledAsync(cancellationToken)).Matching(document);
            }
            catch (OpsException)
            {
                cancellationToken.ThrowIfCancellationRequested();
                return []; // It is only advice.
            }
        }

        await using JobDefinitionCatalog catalog = new(account.Batch);
        TargetCheck targetCheck = new(account, new RevisionJudge(catalog, region, retry), region, caller?.AccountId, retry, results);
        foreach (EventRule rule in rules.OrderBy(rule => rule.Name, StringComparer.Ordinal))
        {
            yield return rule.State?.StartsWith(RuleStates.Enabled, StringComparison.Ordinal) == true
                ? results.Ok(2, CheckMessages.Rule(rule.Name), CheckMessages.State(rule.State))
                : results.Fail(2, CheckMessages.Rule(rule.Name), rule.State is { } state ? CheckMessages.State(state) : CheckMessages.NoState(), CheckMessages.EnableRule(rule.Name, query.EventBusName));
            List<JsonObject> found = [];
            CheckResult listed = await results.GuardAsync(3, CheckMessages.TargetsOf(rule.Name), CheckMessages.GrantListTargets(), async () =>
            {
                found = await retry.RunAsync(() => account.Events.ListTargetsByRuleAsync(query.EventBusName, rule.Name, cancellationToken).ToListAsync(cancellationToken), cancellationToken);
                return found.Count > 0
                    ? results.Ok(3, CheckMessages.Targets(), CheckMessages.TargetCount(found.Count))
                    : results.Fail(3, CheckMessages.TargetsOf(rule.Name), CheckMessages.NoTargets(), CheckMessages.AddTarget());
            }, cancellationToken);
            if (listed.Status != CheckStatus.OK)
                yield return listed;
            foreach (JsonObject target in found)
            {
                if (target.String("Arn") is { } queue && (target["BatchParameters"] as JsonObject)?.String("JobName") is { } name)
                    targets.Add(new BatchTarget(queue, name));
                foreach (CheckResult result in await targetCheck.RunAsync(rule, target, cancellationToken))
                    yield return result;
            }
        }
    }

    private async IAsyncEnumerable<CheckResult> SendAsync(
        ConnectionQuery query, List<BatchTarget> targets, CheckResults results, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BatchTarget[] places = [.. targets.Distinct()];
        HashSet<string> before = new(StringComparer.Ordinal);
        foreach (BatchTarget place in places)
            before.UnionWith((await JobsAsync(place, cancellationToken)).Select(job => job.String("jobId") ?? ""));

        EventResult? sent = null;
        await foreach (EventResult result in publisher.PublishAsync(Streams.From([query.Entry]), new PublishOptions(), approve, SilentObserver.In(observer.Voice), cancellationToken))
            sent = result;
        yield return sent!.Status switch
        {
            EventStatus.Sent => results.Ok(0, CheckMessages.TestEvent(), CheckMessages.Sent(sent.EventId)),
            EventStatus.Failed => results.Fail(0, CheckMessages.TestEvent(), sent.Reason is { } reason ? CheckMessages.NotSentBecause(reason) : CheckMessages.NotSent(), CheckMessages.SeePutEvents()) with { ErrorId = sent.ErrorId },
            _ => results.Skip(0, CheckMessages.TestEvent(), CheckMessages.NotSent()),
        };
        if (sent.Status != EventStatus.Sent)
            yield break;
        if (places.Length == 0)
        {
            yield return results.Skip(1, CheckMessages.BatchJob(), CheckMessages.NoBatchTarget());
            yield break;
        }

        long start = time.GetTimestamp();
        while (true)
        {
            foreach (BatchTarget place in places)
            {
                if ((await JobsAsync(place, cancellationToken)).Find(job => !before.Contains(job.String("jobId") ?? "")) is not { } job)
                    continue;
                yield return results.Ok(1, CheckMessages.BatchJob(), CheckMessages.BatchJobFound(job.String("jobId"), job.String("jobName"), job.String("status")));
                yield break;
            }

            if (time.GetElapsedTime(start) + Interval > query.Timeout)
                break;
            observer.Progress(new RunProgress(CheckMessages.WaitingForBatchJob(), 0, null, $"{time.GetElapsedTime(start).TotalSeconds:0} s"));
            await time.Delay(Interval, cancellationToken);
        }

        yield return results.Fail(1, CheckMessages.BatchJob(), CheckMessages.NoBatchJob(query.Timeout), CheckMessages.FindBatchJob());
    }

    private Task<List<JsonObject>> JobsAsync(BatchTarget place, CancellationToken cancellationToken) =>
        retry.RunAsync(() => account.Jobs.ListJobsAsync(place.Queue, place.JobName, cancellationToken).ToListAsync(cancellationToken), cancellationToken);

    private static bool Matches(EventRule rule, string document)
    {
        try
        {
            return EventPattern.Parse(rule.Document.String("EventPattern")!).Matches(document);
        }
        catch (PatternException)
        {
            return false;
        }
    }

    private Task<T> Try<T>(Func<Task<T>> call, CancellationToken cancellationToken) => retry.RunAsync(call, cancellationToken);

    private sealed record BatchTarget(string Queue, string JobName);
}

/// <summary>The services that a check of the connection calls.</summary>
/// <param name="Events">EventBridge.</param>
/// <param name="EventBus">Sends to event buses.</param>
/// <param name="Batch">AWS Batch.</param>
/// <param name="Jobs">Batch jobs.</param>
/// <param name="Queues">Dead-letter queues.</param>
/// <param name="Identity">The identity of the caller.</param>
/// <param name="Roles">The roles of targets.</param>
public sealed record ConnectionPorts(IEventBridgeApi Events, IEventBusApi EventBus, IBatchApi Batch, IBatchJobApi Jobs, IQueueApi Queues, IIdentityApi Identity, IRoleApi Roles);

/// <summary>The dead-letter queues in Amazon SQS.</summary>
public interface IQueueApi
{
    /// <summary>GetQueueAttributes: the approximate number of messages in a queue, with those that a consumer has received and those that are delayed.</summary>
    /// <param name="queue">The ARN of the queue.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <exception cref="ServiceCallException">The service rejected the call or could not be reached; <see cref="ErrorIds.ResourceNotFound"/> when the queue does not exist.</exception>
    Task<long> CountMessagesAsync(Arn queue, CancellationToken cancellationToken);
}
