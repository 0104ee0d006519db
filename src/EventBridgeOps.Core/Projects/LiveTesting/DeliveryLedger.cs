using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Projects.LiveTesting;

/// <summary>Keeps what was sent, what must arrive, and what arrived.</summary>
/// <param name="plan">The plan.</param>
/// <param name="place">The account and the Region.</param>
/// <param name="time">The clock.</param>
internal sealed class DeliveryLedger(TestPlan plan, TestPlace place, TimeProvider time)
{
    private readonly ILookup<string, ExpectedDelivery> _byGroup = plan.Expected.ToLookup(each => each.Group, StringComparer.Ordinal);
    private readonly ILookup<TestEvent, ExpectedDelivery> _byEvent = plan.Expected.ToLookup(each => each.Event);
    private readonly Dictionary<string, TestEvent> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<TestEvent, string> _refused = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<TestMessage> _strays = [];

    /// <summary>How many deliveries have arrived.</summary>
    public int Done { get; private set; }

    /// <summary>How many messages arrived that EventBridge delivered more than once, or whose event this test does not know.</summary>
    public int Ignored { get; private set; }

    /// <summary>What has not arrived, of the events that could be sent.</summary>
    public IEnumerable<ExpectedDelivery> Missing => plan.Expected.Where(each => each.Latency is null && !_refused.ContainsKey(each.Event));

    /// <summary>An event was sent to an event bus.</summary>
    public void Sent(TestEvent @event, string busName, string id, long sent)
    {
        _ids[id] = @event;
        foreach (ExpectedDelivery each in _byEvent[@event].Where(each => each.Copy.BusName == busName))
            each.Sent(id, sent, place);
    }

    /// <summary>An event could not be sent.</summary>
    public void Refused(TestEvent @event, string reason) => _refused[@event] = reason;

    /// <summary>A message arrived.</summary>
    /// <returns>Whether it was waited for.</returns>
    public bool Arrived(TestMessage message, long at)
    {
        if (message.Group is not { } group || !_seen.Add(message.Id))
            return false;
        TestMessage read = IsMatch(group) ? message with { Body = Unquoted(message.Body) } : message;
        bool again = false;
        foreach (ExpectedDelivery each in _byGroup[group])
        {
            if (!each.Foretells(read.Body, out long sent))
                continue;
            again = true;
            if (each.Latency is not null)
                continue;
            each.Arrived(time.GetElapsedTime(sent, at));
            Done++;
            return true;
        }

        // EventBridge delivers at least once; and an event whose answer was lost has been sent again with another ID.
        if (again || (IsMatch(group) && !_ids.ContainsKey(read.Body)))
            Ignored++;
        else
            _strays.Add(read);
        return false;
    }

    /// <summary>What was found, rule by rule.</summary>
    /// <param name="timeout">How long was waited, in seconds.</param>
    /// <param name="observer">Says how texts are spelled.</param>
    public IReadOnlyList<LiveTestResult> Judge(int timeout, IRunObserver observer)
    {
        List<LiveTestResult> results = [.. plan.NotTested];
        foreach (IGrouping<(RuleCopy Copy, TestEvent Event), ExpectedDelivery> pair in plan.Expected.GroupBy(each => (each.Copy, each.Event)))
        {
            ExpectedDelivery match = pair.First(each => each.Target is null);
            IEnumerable<ExpectedDelivery> targets = pair.Where(each => each.Target is not null);
            foreach (ExpectedDelivery each in targets.Any() ? targets : [match])
                results.Add(Judge(each, match.Latency is not null, timeout, observer));
        }

        foreach ((RuleCopy copy, TestEvent each) in plan.Unmatched.Where(pair => !_strays.Exists(stray => stray.Group == pair.Copy.MatchGroup && _ids[stray.Body] == pair.Event)))
        {
            results.Add(_refused.TryGetValue(each, out string? refused)
                ? Result(copy, null, each, LiveTestState.Failed) with { Reason = observer.Text(LiveTestMessages.NotSent(refused)) }
                : Result(copy, null, each, LiveTestState.Passed) with { Reason = observer.Text(LiveTestMessages.NoMatch()) });
        }

        results.AddRange(_strays.Select(stray => Stray(stray, observer)));
        Dictionary<string, int> order = plan.Copies.Select((copy, index) => (copy.Rule.Name, index)).ToDictionary(each => each.Name, each => each.index, StringComparer.Ordinal);
        return [.. results.OrderBy(result => order[result.RuleName])];
    }

    private LiveTestResult Judge(ExpectedDelivery expected, bool matched, int timeout, IRunObserver observer)
    {
        LiveTestResult result = Result(expected.Copy, expected.Target, expected.Event, LiveTestState.Failed) with { Expected = expected.Target is null ? null : expected.Expected };
        if (expected.Latency is { } latency)
        {
            return result with
            {
                State = LiveTestState.Passed,
                LatencyMilliseconds = Math.Round(latency.TotalMilliseconds, 1),
                Reason = expected.Copy.Rule.IsEnabled ? null : observer.Text(LiveTestMessages.CopyEnabled()),
            };
        }

        if (_refused.TryGetValue(expected.Event, out string? refused))
            return result with { Reason = observer.Text(LiveTestMessages.NotSent(refused)) };
        if (_strays.Find(stray => stray.Group == expected.Group) is { } other && expected.Target is not null)
        {
            _strays.Remove(other);
            return result with { Actual = other.Body, Reason = observer.Text(LiveTestMessages.OtherInput(other.Body, expected.Expected)) };
        }

        return result with { Reason = observer.Text(matched ? LiveTestMessages.NoInput(timeout, expected.Expected) : LiveTestMessages.NotMatched(timeout)) };
    }

    private LiveTestResult Stray(TestMessage stray, IRunObserver observer)
    {
        (RuleCopy copy, ProjectTarget? target) = plan.Copies
            .SelectMany(copy => copy.Rule.Targets.Cast<ProjectTarget?>().Append(null).Select(target => (copy, target)))
            .First(each => each.copy.GroupOf(each.target) == stray.Group);
        return target is null
            ? Result(copy, null, _ids[stray.Body], LiveTestState.Failed) with { Reason = observer.Text(LiveTestMessages.MatchesThough()) }
            : Result(copy, target, null, LiveTestState.Failed) with { Actual = stray.Body, Reason = observer.Text(LiveTestMessages.NotForetold(stray.Body)) };
    }

    private static LiveTestResult Result(RuleCopy copy, ProjectTarget? target, TestEvent? @event, LiveTestState state) =>
        new() { RuleName = copy.Rule.Name, TargetId = target?.Id, EventName = @event?.Name, EventBusName = copy.BusName, State = state };

    private static bool IsMatch(string group) => group.IndexOf('.') < 0;

    private static string Unquoted(string body)
    {
        try
        {
            return Document.Text(JsonNode.Parse(body)) ?? body;
        }
        catch (JsonException)
        {
            return body;
        }
    }
}
