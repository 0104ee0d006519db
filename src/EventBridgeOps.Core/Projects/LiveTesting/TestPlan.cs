using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Inputs;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Patterns;
using EventBridgeOps.Projects.Testing;

namespace EventBridgeOps.Projects.LiveTesting;

/// <summary>What a live test sends, and what must happen then.</summary>
/// <param name="Copies">The copies of the rules.</param>
/// <param name="Events">The events to send, to each temporary event bus.</param>
/// <param name="Expected">What must arrive.</param>
/// <param name="Unmatched">Which rules must not match which events, because their tests say so.</param>
/// <param name="NotTested">What cannot be tested.</param>
internal sealed record TestPlan(
    IReadOnlyList<RuleCopy> Copies, IReadOnlyList<TestEvent> Events, IReadOnlyList<ExpectedDelivery> Expected, IReadOnlyList<(RuleCopy Copy, TestEvent Event)> Unmatched, IReadOnlyList<LiveTestResult> NotTested)
{
    // An ID that no event has. A pattern that asks for IDs has no use.
    private const string AnyId = "00000000-0000-4000-8000-000000000000";

    /// <summary>The temporary event buses.</summary>
    public IReadOnlyList<string> Buses { get; } = [.. Copies.Select(copy => copy.BusName).Distinct(StringComparer.Ordinal)];

    /// <summary>Makes the plan.</summary>
    /// <param name="project">The project.</param>
    /// <param name="name">The name of the test, with which the names of the event buses start.</param>
    /// <param name="place">The account and the Region.</param>
    /// <param name="observer">Says how texts are spelled.</param>
    public static TestPlan Of(Project project, string name, TestPlace place, IRunObserver observer)
    {
        Dictionary<RuleTest, TestEvent> tests = [];
        IReadOnlyList<TestEvent> events = TestEvent.Of(project, tests);
        IReadOnlyDictionary<string, EventPattern> patterns = new ProjectRules(project).Patterns;
        IReadOnlyList<RuleCopy> copies = RuleCopies.Of(project.Rules, name);
        List<ExpectedDelivery> expected = [];
        List<(RuleCopy, TestEvent)> unmatched = [];
        List<LiveTestResult> notTested = [];
        (TestEvent Event, byte[] Offline, byte[] Live)[] documents = [.. events.Select(each => (each, Document.WriteUtf8(each.Event), Document.WriteUtf8(each.AsSent(AnyId, place.AccountId, place.Region))))];
        foreach (RuleCopy copy in copies)
        {
            EventPattern pattern = patterns[copy.Rule.Name];
            HashSet<TestEvent> tested = [.. copy.Rule.Tests.Where(tests.ContainsKey).Select(test => tests[test])];
            bool any = false;
            foreach ((TestEvent each, byte[] offline, byte[] live) in documents)
            {
                bool matches = pattern.Matches(offline);
                if (!matches && !tested.Contains(each))
                    continue;
                any = true;
                if ((each.Fault is { } fault ? LiveTestMessages.NotSendable(fault) : pattern.Matches(live) != matches ? LiveTestMessages.OtherPlace(place.AccountId, place.Region) : null) is { } reason)
                    notTested.Add(Skip(copy.Rule, null, each, reason, observer));
                else if (matches)
                    Expect(copy, each, place, expected, notTested, observer);
                else
                    unmatched.Add((copy, each));
            }

            if (!any)
                notTested.Add(Skip(copy.Rule, null, null, LiveTestMessages.NoEvent(), observer));
        }

        return new TestPlan(copies, [.. events.Where(each => each.Fault is null)], expected, unmatched, notTested);
    }

    private static void Expect(RuleCopy copy, TestEvent @event, TestPlace place, List<ExpectedDelivery> expected, List<LiveTestResult> notTested, IRunObserver observer)
    {
        expected.Add(new ExpectedDelivery(copy, null, @event));
        foreach (ProjectTarget target in copy.Rule.Targets)
        {
            TargetInput input = ExpectedDelivery.Foretell(copy, target, @event, AnyId, place);
            if (input.Text is not null && input.Fault is null)
                expected.Add(new ExpectedDelivery(copy, target, @event));
            else
                notTested.Add(Skip(copy.Rule, target, @event, LiveTestMessages.InputNotKnown(input.Fault ?? input.Remark ?? Message.None), observer));
        }
    }

    private static LiveTestResult Skip(ProjectRule rule, ProjectTarget? target, TestEvent? @event, Message reason, IRunObserver observer) =>
        new() { RuleName = rule.Name, TargetId = target?.Id, EventName = @event?.Name, State = LiveTestState.NotTested, Reason = observer.Text(reason) };
}
