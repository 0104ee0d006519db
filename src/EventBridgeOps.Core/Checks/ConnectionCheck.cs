using System.Runtime.CompilerServices;
using System.Text.Json;
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
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Checks;

/// <summary>Looks at the whole way of an event, from the caller's identity to the Batch job, and says of each part whether it is in place.</summary>
/// <param name="account">The account.</param>
/// <param name="publisher">Sends the test event.</param>
/// <param name="region">The region worked in.</param>
/// <param name="retry">What to do when a call has run out of tries.</param>
/// <param name="time">The clock.</param>
public sealed class ConnectionCheck(ConnectionPorts account, EventPublisher publisher, string region, ItemRetry retry, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Checks.</summary>
    /// <param name="query">What.</param>
    /// <param name="store">Where jobs are kept; null for no look at it.</param>
    /// <param name="approve">Asks whether the test event is to be sent.</param>
    /// <param name="observer">Hears of progress.</param>
    /// <param name="cancellationToken">Ends the check at once.</param>
    /// <returns>The checks as they are done, in the order of a tree.</returns>
    public async IAsyncEnumerable<CheckResult> RunAsync(
        ConnectionQuery query, IMvpJobStore? store, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Ok(0, "region", region);
        yield return await GuardAsync(0, "identity", "Check the credentials.", async () => Ok(0, "identity", (await account.Identity.GetCallerIdentityAsync(cancellationToken)).Arn), cancellationToken);

        string busCheck = $"bus {query.EventBusName}";
        CheckResult bus = await GuardAsync(
            0, busCheck, "Check its name, the region and the account; aws events list-event-buses shows those that are there.",
            async () => Ok(0, busCheck, (await Try(() => account.Events.DescribeEventBusAsync(query.EventBusName, cancellationToken), cancellationToken)).String("Arn") ?? "is there"), cancellationToken);
        yield return bus;
        List<BatchTarget> targets = [];
        if (bus.Status == CheckStatus.OK)
        {
            yield return await MayPutAsync(query, cancellationToken);
            await foreach (CheckResult result in RulesAsync(query, targets, cancellationToken))
                yield return result;
        }

        if (store is not null)
        {
            yield return await GuardAsync(
                0, "jobs' store", "Make the table with New-MvpJobTable (ebops mvp create-table), or name another store.",
                async () => Ok(0, "jobs' store", await Try(() => store.CheckAsync(cancellationToken), cancellationToken)), cancellationToken);
        }

        if (query.Send && bus.Status == CheckStatus.OK)
        {
            await foreach (CheckResult result in SendAsync(query, targets, approve, observer, cancellationToken))
                yield return result;
        }
    }

    /// <summary>EventBridge looks at permissions first: an entry that it refuses for its content was not refused for them.</summary>
    private Task<CheckResult> MayPutAsync(ConnectionQuery query, CancellationToken cancellationToken)
    {
        const string Check = "events:PutEvents";
        const string Advice = "Have events:PutEvents on the bus added to the identity's policies, or to the bus's own policy where it is another account's; conditions on events:source and events:detail-type count too.";
        return GuardAsync(1, Check, Advice, async () =>
        {
            try
            {
                PutEventAnswer answer = (await Try(() => account.EventBus.PutEventsAsync([query.Entry with { Detail = "{", Id = null }], cancellationToken), cancellationToken))[0];
                return answer.ErrorCode switch
                {
                    null => Ok(1, Check, "allowed; this service even takes an entry whose detail is no JSON"),
                    "MalformedDetail" or "InvalidArgument" => Ok(1, Check, "allowed"),
                    var code => Ng(1, Check, $"refused: {code}. {answer.ErrorMessage}", Advice),
                };
            }
            catch (ServiceCallException e) when (e.ErrorId == ErrorIds.RequestRejected)
            {
                return Ok(1, Check, "allowed");
            }
        }, cancellationToken);
    }

    private async IAsyncEnumerable<CheckResult> RulesAsync(ConnectionQuery query, List<BatchTarget> targets, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string check = $"rules for {query.Entry.Source}, {query.Entry.DetailType}";
        List<EventRule> rules = [];
        CheckResult read = await GuardAsync(1, check, "Have events:ListRules added.", async () =>
        {
            IReadOnlyList<NamePattern> names = NamePattern.ParseAll(query.RuleName);
            List<JsonObject> all = await retry.RunAsync(() => account.Events.ListRulesAsync(query.EventBusName, null, cancellationToken).ToListAsync(cancellationToken), cancellationToken);
            rules.AddRange(all.Select(rule => new EventRule(query.EventBusName, rule)).Where(rule => names.Any(name => name.IsMatch(rule.Name)) && rule.Document.String("EventPattern") is not null));
            string document = AsEvent(query.Entry);
            rules.RemoveAll(rule => !Matches(rule, document));
            return rules.Count > 0
                ? Ok(1, check, $"{rules.Count} match{(rules.Count == 1 ? "es" : "")}")
                : Ng(1, check, $"none of {all.Count} matches", "Make a rule whose pattern matches this event, or correct a pattern.");
        }, cancellationToken);
        yield return read;

        await using JobDefinitionCatalog catalog = new(account.Batch);
        TargetCheck targetCheck = new(account, new RevisionJudge(catalog, region, retry), retry);
        foreach (EventRule rule in rules.OrderBy(rule => rule.Name, StringComparer.Ordinal))
        {
            yield return rule.State?.StartsWith("ENABLED", StringComparison.Ordinal) == true
                ? Ok(2, $"rule {rule.Name}", rule.State)
                : Ng(2, $"rule {rule.Name}", rule.State ?? "without a state", $"Enable it: aws events enable-rule --name {rule.Name} --event-bus-name {query.EventBusName}.");
            List<JsonObject> found = [];
            CheckResult listed = await GuardAsync(3, $"targets of {rule.Name}", "Have events:ListTargetsByRule added.", async () =>
            {
                found = await retry.RunAsync(() => account.Events.ListTargetsByRuleAsync(query.EventBusName, rule.Name, cancellationToken).ToListAsync(cancellationToken), cancellationToken);
                return found.Count > 0 ? Ok(3, "targets", $"{found.Count}") : Ng(3, $"targets of {rule.Name}", "there are none", "Add the target that is to run.");
            }, cancellationToken);
            if (listed.Status != CheckStatus.OK)
                yield return listed;
            foreach (JsonObject target in found)
            {
                if (target.String("Arn") is { } queue && (target["BatchParameters"] as JsonObject)?.String("JobName") is { } name)
                    targets.Add(new BatchTarget(queue, name));
                foreach (CheckResult result in await targetCheck.RunAsync(target, rule.AccountId, cancellationToken))
                    yield return result;
            }
        }
    }

    private async IAsyncEnumerable<CheckResult> SendAsync(
        ConnectionQuery query, List<BatchTarget> targets, ApproveChange approve, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BatchTarget[] places = [.. targets.Distinct()];
        HashSet<string> before = new(StringComparer.Ordinal);
        foreach (BatchTarget place in places)
            before.UnionWith((await JobsAsync(place, cancellationToken)).Select(job => job.String("jobId") ?? ""));

        EventResult? sent = null;
        await foreach (EventResult result in publisher.PublishAsync(Streams.From([query.Entry]), new PublishOptions(), approve, SilentObserver.Instance, cancellationToken))
            sent = result;
        yield return sent!.Status switch
        {
            EventStatus.Sent => Ok(0, "test event", $"sent as {sent.EventId}"),
            EventStatus.Failed => Ng(0, "test event", sent.Reason ?? "not sent", "See the check of events:PutEvents.") with { ErrorId = sent.ErrorId },
            _ => Skip(0, "test event", "not sent"),
        };
        if (sent.Status != EventStatus.Sent)
            yield break;
        if (places.Length == 0)
        {
            yield return Skip(1, "Batch job", "no target would start one");
            yield break;
        }

        long start = time.GetTimestamp();
        while (true)
        {
            foreach (BatchTarget place in places)
            {
                if ((await JobsAsync(place, cancellationToken)).Find(job => !before.Contains(job.String("jobId") ?? "")) is not { } job)
                    continue;
                yield return Ok(1, "Batch job", $"{job.String("jobId")} ({job.String("jobName")}) is {job.String("status")}");
                yield break;
            }

            if (time.GetElapsedTime(start) + Interval > query.Timeout)
                break;
            observer.Progress(new RunProgress("Waiting for a Batch job", 0, null, $"{time.GetElapsedTime(start).TotalSeconds:0} s"));
            await time.Delay(Interval, cancellationToken);
        }

        yield return Ng(1, "Batch job", $"none has come to be in {query.Timeout.TotalSeconds:0} seconds", "Look into the dead-letter queues, at the rules' metric FailedInvocations, and whether the targets' roles may batch:SubmitJob.");
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

    /// <summary>The entry as rules will see it: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html.</summary>
    private string AsEvent(EventEntry entry) => Document.Write(new JsonObject
    {
        ["version"] = "0",
        ["id"] = "00000000-0000-0000-0000-000000000000",
        ["detail-type"] = entry.DetailType,
        ["source"] = entry.Source,
        ["account"] = "000000000000",
        ["time"] = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
        ["region"] = region,
        ["resources"] = new JsonArray([.. entry.Resources.Select(resource => JsonValue.Create(resource))]),
        ["detail"] = DetailOf(entry),
    });

    private static JsonObject DetailOf(EventEntry entry)
    {
        try
        {
            return Document.Parse(entry.Detail);
        }
        catch (JsonException e)
        {
            throw new OpsException(ErrorIds.InvalidEntry, "The test event's Detail is no JSON object.", e);
        }
    }

    private Task<T> Try<T>(Func<Task<T>> call, CancellationToken cancellationToken) => retry.RunAsync(call, cancellationToken);

    /// <summary>Runs a check; what fails is its result, except what ends the whole run.</summary>
    internal static async Task<CheckResult> GuardAsync(int depth, string check, string advice, Func<Task<CheckResult>> run, CancellationToken cancellationToken)
    {
        try
        {
            return await run();
        }
        catch (OpsException e) when (!e.EndsRun || e.ErrorId == ErrorIds.JobStoreUnavailable)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Ng(depth, check, e.Message, advice) with { ErrorId = e.ErrorId };
        }
    }

    internal static CheckResult Ok(int depth, string check, string result) => new() { Check = check, Depth = depth, Status = CheckStatus.OK, Result = result };

    internal static CheckResult Skip(int depth, string check, string result) => new() { Check = check, Depth = depth, Status = CheckStatus.SKIP, Result = result };

    internal static CheckResult Ng(int depth, string check, string result, string advice) => new() { Check = check, Depth = depth, Status = CheckStatus.NG, Result = result, Advice = advice };

    private sealed record BatchTarget(string Queue, string JobName);
}

/// <summary>What a check of the connection asks.</summary>
/// <param name="Events">EventBridge.</param>
/// <param name="EventBus">The way into event buses.</param>
/// <param name="Batch">Batch.</param>
/// <param name="Jobs">Batch's jobs.</param>
/// <param name="Queues">Dead-letter queues.</param>
/// <param name="Identity">Who is calling.</param>
public sealed record ConnectionPorts(IEventBridgeApi Events, IEventBusApi EventBus, IBatchApi Batch, IBatchJobApi Jobs, IQueueApi Queues, IIdentityApi Identity);

/// <summary>What the domain asks of Amazon SQS about dead-letter queues.</summary>
public interface IQueueApi
{
    /// <summary>GetQueueAttributes: about how many messages wait in a queue.</summary>
    /// <param name="queue">The queue's ARN.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <exception cref="ServiceCallException">The service refused, or could not be reached; <see cref="ErrorIds.ResourceNotFound"/> when there is no such queue.</exception>
    Task<long> CountMessagesAsync(Arn queue, CancellationToken cancellationToken);
}
