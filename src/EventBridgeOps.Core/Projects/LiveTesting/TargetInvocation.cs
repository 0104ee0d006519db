using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Projects.Testing;
using EventBridgeOps.Publishing;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Projects.LiveTesting;

/// <summary>Sends the events of some rules to the event bus of the environment, where the real targets are invoked. A rule of the test's own, which matches its mark alone, proves that they arrive.</summary>
/// <param name="ports">The services.</param>
/// <param name="project">The project and its environment.</param>
/// <param name="request">Which rules.</param>
/// <param name="place">The account and the Region.</param>
/// <param name="resources">Creates and deletes the rule and its queue.</param>
internal sealed class TargetInvocation(LiveTestPorts ports, LiveProject project, ProjectTestRequest request, TestPlace place, TestResources resources)
{
    /// <summary>Sends the events, once, and looks what became of them.</summary>
    /// <param name="name">The name of the rule and the queue.</param>
    /// <param name="tested">What the test of the copies found.</param>
    /// <param name="approve">Asks whether to invoke the targets, once for each event bus.</param>
    /// <param name="observer">Receives progress and failures.</param>
    /// <param name="cancellationToken">Ends the test; what it created is deleted all the same.</param>
    public async Task<IReadOnlyList<LiveTestResult>> RunAsync(string name, IReadOnlyList<LiveTestResult> tested, ApproveChange approve, IRunObserver observer, CancellationToken cancellationToken)
    {
        TestPlan plan = TestPlan.Of(project.Project, name, place, observer);
        List<LiveTestResult> results = [];
        foreach (IGrouping<string, ProjectRule> bus in project.Project.Rules.Where(rule => request.InvokeTarget.Contains(rule.Name)).GroupBy(rule => rule.BusName ?? project.Environment.BusName, StringComparer.Ordinal))
        {
            ProjectRule[] failed = [.. bus.Where(rule => tested.Any(result => result.RuleName == rule.Name && result.State == LiveTestState.Failed))];
            results.AddRange(failed.Select(rule => Result(rule.Name, null, bus.Key, LiveTestState.NotTested, LiveTestMessages.CopiesFailed(), observer)));
            // The others that cannot be sent are among the results of the test of the copies.
            Invoked[] invoked = [.. plan.Expected.Where(each => each.Target is null && bus.Contains(each.Copy.Rule) && !failed.Contains(each.Copy.Rule)).GroupBy(each => each.Event).Select(each => new Invoked(each.Key, [.. each.Select(one => one.Copy.Rule)]))];
            if (invoked.Length == 0)
                continue;
            results.AddRange(await RunAsync(name, bus.Key, invoked, approve, observer, cancellationToken));
        }

        return results;
    }

    private async Task<IReadOnlyList<LiveTestResult>> RunAsync(string name, string bus, IReadOnlyList<Invoked> invoked, ApproveChange approve, IRunObserver observer, CancellationToken cancellationToken)
    {
        if (await ports.Presence.FaultAsync(bus, observer, cancellationToken) is not null)
            return All(invoked, bus, LiveTestState.Failed, LiveTestMessages.BusMissing(bus), observer);
        List<RuleSummary> rules = [];
        await foreach (RuleSummary rule in new Rules.RuleReader(ports.Rules, ports.Retry).ReadAsync(new RuleQuery { EventBusName = [bus], ThrottleLimit = request.ThrottleLimit }, withTargets: true, observer, cancellationToken))
            rules.Add(rule);
        RuleSet set = new(bus, rules.Where(rule => rule.State != RuleStates.Disabled), SilentObserver.Instance);
        if (TestMark.Choose(name, [.. invoked.Select(each => each.Event)], made => Matching(set, made)) is not { } mark)
            return All(invoked, bus, LiveTestState.NotTested, LiveTestMessages.NoMark(), observer);
        if (mark.IsTime)
            observer.Warning(LiveTestMessages.MarkedByTime(bus));

        Dictionary<TestEvent, string[]> matching = invoked.ToDictionary(each => each.Event, each => Matching(set, mark.On(each.Event)));
        RuleSummary[] asked = [.. set.Rules.Where(rule => matching.Values.Any(names => names.Contains(rule.RuleName)))];
        Message what = Message.Join(", ", asked.Select(rule => LiveTestMessages.RuleTargets(rule.RuleName, [.. rule.Targets.Select(target => target.TargetId)])));
        if (await approve(new PlannedChange(observer.Text(LiveTestMessages.Bus(bus)), LiveTestMessages.Invoke(invoked.Count, bus, what)), cancellationToken) != Approval.Write)
            return All(invoked, bus, LiveTestState.NotTested, LiveTestMessages.NotApproved(), observer);

        Dictionary<string, long> before = await DeadLettersAsync(asked, cancellationToken);
        Dictionary<TestEvent, (string? Reason, TimeSpan? Latency)> arrived;
        string? queueUrl = null;
        try
        {
            queueUrl = await resources.CreateQueueAsync(name, place.QueuePolicy(name, place.RuleArn(bus, name)), cancellationToken);
            await resources.CreateRuleAsync(new TemporaryRule(bus, name, mark.Pattern, [RuleCopies.Target(name, place.QueueArn(name), "0", new JsonObject { ["InputPath"] = "$.id" })]), tagged: true, cancellationToken);
            arrived = await SendAsync(bus, mark, set, invoked, queueUrl, observer, cancellationToken);
        }
        finally
        {
            await resources.RemoveAsync(name, queueUrl, observer);
        }

        Dictionary<string, long> after = await DeadLettersAsync(asked, cancellationToken);
        return [.. invoked.SelectMany(each => Judge(each, bus, set, matching[each.Event], arrived[each.Event], before, after, observer))];
    }

    private async Task<Dictionary<TestEvent, (string? Reason, TimeSpan? Latency)>> SendAsync(string bus, TestMark mark, RuleSet set, IReadOnlyList<Invoked> invoked, string queueUrl, IRunObserver observer, CancellationToken cancellationToken)
    {
        TimedBus timed = new(ports.Events, ports.Time);
        EventPublisher publisher = new(timed, ports.Presence, ports.Ids, ports.Retry, ports.Time);
        // A new rule does not match at once. Where no other rule matches it, an event of the test's own shows when it does; the real events are sent once.
        TestEvent probe = TestEvent.Probe(ports.Time.GetUtcNow());
        bool isProbed = Matching(set, mark.On(probe)).Length == 0, isSent = false;
        Dictionary<TestEvent, (string? Reason, TimeSpan? Latency)> found = [];
        Dictionary<string, TestEvent> ids = new(StringComparer.Ordinal);
        HashSet<string> open = [];
        long start = ports.Time.GetTimestamp();
        if (isProbed)
            await SendProbeAsync();
        // One stream for both, because a call that is cancelled can take messages with it.
        await foreach (Arrivals arrivals in new ArrivalStream(ports.Queues, ports.Retry, ports.Time).ReadAsync(queueUrl, 1, cancellationToken))
        {
            bool isLate = ports.Time.GetElapsedTime(start, arrivals.Answered).TotalSeconds >= request.TimeoutSeconds;
            if (!isSent && isProbed && arrivals.Messages.Count == 0 && !isLate)
            {
                await SendProbeAsync();
                continue;
            }

            if (!isSent)
            {
                await SendEventsAsync();
                (isSent, start) = (true, ports.Time.GetTimestamp());
                continue;
            }

            foreach (string id in arrivals.Messages.Select(message => message.Body.Trim('"')).Where(open.Remove))
                found[ids[id]] = (null, ports.Time.GetElapsedTime(timed[id], arrivals.Answered));
            observer.Progress(new RunProgress(LiveTestMessages.Waiting(), ids.Count - open.Count, ids.Count));
            if (open.Count == 0 || isLate)
                break;
        }

        return found;

        async Task SendEventsAsync()
        {
            IEnumerable<Outgoing<TestEvent>> entries = invoked.Select(each => new Outgoing<TestEvent>(each.Event, mark.On(each.Event).Entry with { EventBusName = bus }));
            await foreach ((TestEvent each, EventResult? result) in publisher.SendAsync(Streams.From(entries), request.ThrottleLimit, observer.Voice, cancellationToken))
            {
                found[each] = (result?.Reason, null);
                if (result?.EventId is not { } id)
                    continue;
                ids.Add(id, each);
                open.Add(id);
            }
        }

        async Task SendProbeAsync() => await publisher.SendAsync(Streams.From([new Outgoing<TestEvent>(probe, mark.On(probe).Entry with { EventBusName = bus })]), 1, observer.Voice, cancellationToken).ToListAsync(cancellationToken);
    }

    private IEnumerable<LiveTestResult> Judge(Invoked invoked, string bus, RuleSet set, string[] matching, (string? Reason, TimeSpan? Latency) arrived, Dictionary<string, long> before, Dictionary<string, long> after, IRunObserver observer)
    {
        foreach (ProjectRule rule in invoked.Rules)
        {
            LiveTestResult result = Result(rule.Name, invoked.Event, bus, LiveTestState.Failed, LiveTestMessages.NotArrived(bus, request.TimeoutSeconds), observer);
            yield return arrived.Latency is { } latency ? result with { State = LiveTestState.Passed, LatencyMilliseconds = Math.Round(latency.TotalMilliseconds, 1), Reason = observer.Text(LiveTestMessages.Arrived(bus)) }
                : arrived.Reason is { } reason ? result with { Reason = observer.Text(LiveTestMessages.NotSent(reason)) }
                : result;
            if (arrived.Latency is null)
                continue;
            if (!matching.Contains(rule.Name))
            {
                yield return result with { Reason = observer.Text(LiveTestMessages.NotOnBus(rule.Name, bus)) };
                continue;
            }

            foreach (RuleTarget target in set.Rules.First(each => each.RuleName == rule.Name).Targets)
                yield return Judge(result with { TargetId = target.TargetId }, DeadLetterQueue(target), before, after, observer);
        }
    }

    private static LiveTestResult Judge(LiveTestResult result, string? queue, Dictionary<string, long> before, Dictionary<string, long> after, IRunObserver observer)
    {
        if (queue is null || !before.TryGetValue(queue, out long old) || !after.TryGetValue(queue, out long now))
            return result with { State = LiveTestState.Unknown, Reason = observer.Text(LiveTestMessages.DeliveryUnknown()) };
        return now > old
            ? result with { Reason = observer.Text(LiveTestMessages.DeadLetters(queue, old, now)) }
            : result with { State = LiveTestState.Unknown, Reason = observer.Text(LiveTestMessages.NoNewDeadLetters(queue)) };
    }

    /// <summary>How many messages the dead-letter queues of targets have, as far as that can be found out.</summary>
    private async Task<Dictionary<string, long>> DeadLettersAsync(IEnumerable<RuleSummary> rules, CancellationToken cancellationToken)
    {
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        foreach (string queue in rules.SelectMany(rule => rule.Targets).Select(DeadLetterQueue).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            try
            {
                if (Arn.TryParse(queue, out Arn? arn))
                    counts[queue] = await ports.Retry.RunAsync(() => ports.DeadLetters.CountMessagesAsync(arn, cancellationToken), cancellationToken);
            }
            catch (OpsException e) when (!e.EndsRun)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return counts;
    }

    private static string? DeadLetterQueue(RuleTarget target) => (Document.Parse(target.Document)["DeadLetterConfig"] as JsonObject)?.String("Arn");

    private string[] Matching(RuleSet set, TestEvent made) =>
        [.. set.Match(EventDocument.Parse(Document.WriteUtf8(made.AsSent("00000000-0000-4000-8000-000000000000", place.AccountId, place.Region)), made.Name)).Select(rule => rule.RuleName)];

    private static IReadOnlyList<LiveTestResult> All(IEnumerable<Invoked> invoked, string bus, LiveTestState state, Message reason, IRunObserver observer) =>
        [.. invoked.SelectMany(each => each.Rules.Select(rule => Result(rule.Name, each.Event, bus, state, reason, observer)))];

    private static LiveTestResult Result(string rule, TestEvent? @event, string bus, LiveTestState state, Message reason, IRunObserver observer) =>
        new() { RuleName = rule, EventName = @event?.Name, EventBusName = bus, State = state, Reason = observer.Text(reason) };

    /// <summary>An event, and the rules that it is sent for.</summary>
    private sealed record Invoked(TestEvent Event, IReadOnlyList<ProjectRule> Rules);
}
