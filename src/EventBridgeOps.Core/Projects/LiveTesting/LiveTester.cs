using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Projects.Testing;
using EventBridgeOps.Publishing;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Projects.LiveTesting;

/// <summary>Tests a project in an account: its examples travel over a temporary event bus with copies of its rules, and what arrives is compared with what was foretold.</summary>
/// <remarks>
/// The targets of the copies are one temporary queue, so nothing of the project is invoked, unless the request names rules whose targets are.
/// All resources are deleted afterwards, also after Ctrl+C; what a killed test left is deleted by the next test of the project in the environment.
/// </remarks>
/// <param name="ports">The services.</param>
/// <param name="region">The Region of the session.</param>
public sealed class LiveTester(LiveTestPorts ports, string region)
{
    /// <summary>When events are sent again that have not arrived: a new rule does not match at once (https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html).</summary>
    private static readonly TimeSpan SendAgain = TimeSpan.FromSeconds(10);

    /// <summary>How long deleting the temporary resources may take, also after Ctrl+C.</summary>
    public static readonly TimeSpan RemovalPatience = TimeSpan.FromMinutes(2);

    private const int MessagesOfCall = 50;
    private const int MostCalls = 8;

    /// <summary>Runs the test.</summary>
    /// <param name="project">The project and its environment.</param>
    /// <param name="request">How.</param>
    /// <param name="approve">Asks whether to invoke targets.</param>
    /// <param name="observer">Receives progress, what earlier tests left, and what could not be deleted.</param>
    /// <param name="cancellationToken">Ends the test; what it created is deleted all the same.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.WrongAccountOrRegion"/>: the session is not in the account and Region of the environment; or a resource could not be created.</exception>
    public async Task<LiveTest> RunAsync(LiveProject project, ProjectTestRequest request, ApproveChange approve, IRunObserver observer, CancellationToken cancellationToken)
    {
        request.Check();
        ProjectEnvironment there = project.Environment;
        await EnvironmentSession.RequireAsync(there, region, ports.Identity, ports.Retry, cancellationToken);
        TestPlace place = new(there.AccountId, region);
        TestResources resources = new(ports, project, request.ThrottleLimit);
        RunRecords records = new(project.Project.Folder);
        await resources.RemoveLeftoversAsync(records, observer, cancellationToken);

        IReadOnlyList<LiveTestResult> results = await KeepAsync(name => TestAsync(name, project, request, place, resources, observer, cancellationToken));
        if (request.InvokeTarget.Count > 0)
        {
            TargetInvocation invocation = new(ports, project, request, place, resources);
            IReadOnlyList<LiveTestResult> more = await KeepAsync(name => invocation.RunAsync(name, results, approve, observer, cancellationToken));
            results = [.. results, .. more];
        }

        return new LiveTest(project.Name, there.Name, results);

        // Whatever happens, the record stays until nothing is left.
        async Task<IReadOnlyList<LiveTestResult>> KeepAsync(Func<string, Task<IReadOnlyList<LiveTestResult>>> run)
        {
            string name = ports.Ids.Next(TestTags.NamePrefix).Replace('_', '-');
            IDisposable? record = records.Begin(name, observer);
            try
            {
                return await run(name);
            }
            finally
            {
                record?.Dispose();
                if (resources.IsClean)
                    records.End(name);
            }
        }
    }

    /// <summary>Deletes what tests of a project left that were interrupted on this computer.</summary>
    /// <param name="project">The project and its environment.</param>
    /// <param name="observer">Receives what was left, and what could not be deleted.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RemoveLeftoversAsync(LiveProject project, IRunObserver observer, CancellationToken cancellationToken)
    {
        RunRecords records = new(project.Project.Folder);
        if (records.Interrupted().Count > 0)
            await new TestResources(ports, project, ThrottleLimits.Default).RemoveLeftoversAsync(records, observer, cancellationToken);
    }

    private async Task<IReadOnlyList<LiveTestResult>> TestAsync(string name, LiveProject project, ProjectTestRequest request, TestPlace place, TestResources resources, IRunObserver observer, CancellationToken cancellationToken)
    {
        TestPlan plan = TestPlan.Of(project.Project, name, place, observer);
        DeliveryLedger ledger = new(plan, place, ports.Time);
        // Without an event that can be sent to a rule, nothing is created.
        if (plan.Copies.Count == 0 || plan.Events.Count == 0)
            return ledger.Judge(request.TimeoutSeconds, observer);
        string? queueUrl = null;
        try
        {
            queueUrl = await resources.CreateQueueAsync(name, place.QueuePolicy(name, place.RuleArn(name + "-*", "*")), cancellationToken);
            foreach (string bus in plan.Buses)
                await resources.CreateBusAsync(bus, cancellationToken);
            await CreateRulesAsync([.. plan.Copies.SelectMany(copy => RuleCopies.Create(copy, place.QueueArn(name)))], resources, request, observer, cancellationToken);
            await DeliverAsync(plan, ledger, queueUrl, request, observer, cancellationToken);
        }
        finally
        {
            await resources.RemoveAsync(name, queueUrl, observer);
        }

        if (ledger.Ignored > 0)
            observer.Verbose(LiveTestMessages.Ignored(ledger.Ignored));
        return ledger.Judge(request.TimeoutSeconds, observer);
    }

    private static async Task CreateRulesAsync(IReadOnlyList<TemporaryRule> rules, TestResources resources, ProjectTestRequest request, IRunObserver observer, CancellationToken cancellationToken)
    {
        ProgressCount progress = new(observer, LiveTestMessages.Creating());
        progress.Expect(rules.Count);
        IAsyncEnumerable<string> created = OrderedParallel.SelectAsync(Streams.From(rules), request.ThrottleLimit, async (rule, token) =>
        {
            await resources.CreateRuleAsync(rule, tagged: false, token);
            return rule.Name;
        }, cancellationToken);
        await foreach (string rule in created)
            progress.Finish(rule);
    }

    /// <summary>Sends the events, and receives until everything has arrived and nothing more comes, or the time is up.</summary>
    private async Task DeliverAsync(TestPlan plan, DeliveryLedger ledger, string queueUrl, ProjectTestRequest request, IRunObserver observer, CancellationToken cancellationToken)
    {
        TimedBus bus = new(ports.Events, ports.Time);
        EventPublisher publisher = new(bus, ports.Presence, ports.Ids, ports.Retry, ports.Time);
        int calls = Math.Min(MostCalls, 1 + (plan.Expected.Count / MessagesOfCall));
        // It is received from the first event on, or the latencies would have the time until the last is sent.
        Task sending = SendAsync([.. plan.Events.SelectMany(each => plan.Buses.Select(busName => (each, busName)))]);
        List<Arrivals> held = [];
        long sent = 0, last = 0;
        TimeSpan waited = TimeSpan.Zero; // Without the time that sending takes.
        bool isSent = false, wasLate = false;
        try
        {
            await foreach (Arrivals arrivals in new ArrivalStream(ports.Queues, ports.Retry, ports.Time).ReadAsync(queueUrl, calls, cancellationToken))
            {
                held.Add(arrivals);
                // Which IDs the events have is known when they are sent, and they can arrive before.
                if (!sending.IsCompleted)
                    continue;
                await sending;
                if (!isSent)
                    (isSent, sent, last) = (true, arrivals.Answered, arrivals.Answered);
                foreach (Arrivals each in held.Where(each => each.Messages.Count > 0))
                {
                    last = Math.Max(last, each.Answered);
                    foreach (TestMessage message in each.Messages)
                        ledger.Arrived(message, each.Answered);
                }

                held.Clear();
                observer.Progress(new RunProgress(LiveTestMessages.Waiting(), ledger.Done, plan.Expected.Count));
                ExpectedDelivery[] missing = [.. ledger.Missing];
                TimeSpan since = ports.Time.GetElapsedTime(sent, arrivals.Answered);
                if (missing.Length == 0 && wasLate)
                {
                    // Events that must not match prove nothing if they came before their rule was ready.
                    (isSent, wasLate) = (false, false);
                    sending = SendAsync([.. plan.Unmatched.Select(pair => (pair.Event, pair.Copy.BusName)).Distinct()]);
                }
                else if ((missing.Length == 0 && arrivals.Messages.Count == 0 && arrivals.Asked >= last) || (waited + since).TotalSeconds >= request.TimeoutSeconds)
                {
                    return;
                }
                else if (missing.Length > 0 && since >= SendAgain)
                {
                    (TestEvent, string)[] again = [.. missing.Select(each => (each.Event, each.Copy.BusName)).Distinct()];
                    observer.Verbose(LiveTestMessages.SendingAgain(again.Length));
                    (isSent, wasLate, waited) = (false, true, waited + since);
                    sending = SendAsync(again);
                }
            }
        }
        finally
        {
            await Task.WhenAny(sending);
        }

        async Task SendAsync(IReadOnlyList<(TestEvent Event, string Bus)> events)
        {
            IEnumerable<Outgoing<(TestEvent Event, string Bus)>> entries = events.Select(each => new Outgoing<(TestEvent, string)>(each, each.Event.Entry with { EventBusName = each.Bus }));
            await foreach (((TestEvent Event, string Bus) item, EventResult? result) in publisher.SendAsync(Streams.From(entries), request.ThrottleLimit, observer.Voice, cancellationToken))
            {
                if (result is { EventId: { } id })
                    ledger.Sent(item.Event, item.Bus, id, bus[id]);
                else
                    ledger.Refused(item.Event, result?.Reason ?? "");
            }
        }
    }
}
