using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Routes;

namespace EventBridgeOps.Core.Tests.Routes;

public sealed class RouteComparisonTests : RouteTest
{
    private const string Queue = "arn:aws:sqs:eu-west-1:123456789012:";

    [Fact]
    public async Task Rules_that_do_the_same_have_no_differences()
    {
        Assert.Empty(await CompareAsync(Rule("r", "a", "q"), Rule("r", "a", "q"), "a", "b"));
        Assert.Empty(await CompareAsync(Rule("old-name", "a", "q"), Rule("new-name", "a", "q"), "a")); // The event reaches the same target.
    }

    [Fact]
    public async Task Each_event_that_goes_elsewhere_is_shown()
    {
        Assert.Equal(
            ["e1 r/t Removed the event no longer reaches it", "e2 r/t Added the event did not reach it before"],
            await CompareAsync(Rule("r", "a", "q"), Rule("r", "b", "q"), "a", "b", "c"));
        Assert.Equal([$"e1 r/t Changed the target was {Queue}q, and is {Queue}p"], await CompareAsync(Rule("r", "a", "q"), Rule("r", "a", "p"), "a"));
    }

    [Fact]
    public async Task Another_input_or_state_is_a_difference()
    {
        Assert.Equal(["""e1 r/t Changed the input was "a", and is {"x":1}"""], await CompareAsync(Rule("r", "a", "q", ""","InputPath":"$.source" """), Rule("r", "a", "q", ""","InputPath":"$.detail" """), "a"));
        Assert.Equal(["e1 r/t Removed the event no longer reaches it"], await CompareAsync(Rule("r", "a", "q"), Rule("r", "a", "q", state: "DISABLED"), "a"));
        Assert.StartsWith("e1 r/t Changed the delivery was Delivered, and is Failing: ", Assert.Single(await CompareAsync(Rule("r", "a", "q"), Rule("r", "a", "q", ""","InputPath":"$.detail.none" """, arn: "arn:aws:states:eu-west-1:123456789012:stateMachine:${M}"), "a")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_that_fails_is_reported_once()
    {
        RouteComparison comparison = new(OfFile(Rule("r", "a", "q")), OfFile(Rule("r", "b", "q")));
        EventDocument[] events = [EventDocument.Parse("""{"Source":"a","DetailType":"t"}""", "entry"), EventDocument.Parse("""{"source":"a"}""", "e")];
        Assert.Single(await comparison.CompareAsync(Streams.From(events), Run, Run.Token).ToListAsync(Run.Token));
        Assert.Equal("entry", Assert.Single(Run.Failures).Target);
    }

    private async Task<List<string>> CompareAsync(string before, string after, params string[] sources)
    {
        RouteComparison comparison = new(OfFile(before), OfFile(after));
        IEnumerable<EventDocument> events = sources.Select((source, index) => EventDocument.Parse($$$"""{"source":"{{{source}}}","detail":{"x":1}}""", $"e{index + 1}"));
        return [.. (await comparison.CompareAsync(Streams.From(events), Run, Run.Token).ToListAsync(Run.Token)).Select(difference => $"{difference.Event} {difference.RuleName}/{difference.TargetId} {difference.State} {difference.Difference}")];
    }

    private static string Rule(string name, string source, string queue, string input = "", string state = "ENABLED", string? arn = null) =>
        $$$"""[{"Name":"{{{name}}}","State":"{{{state}}}","EventPattern":"{\"source\":[\"{{{source}}}\"]}","Targets":[{"Id":"t","Arn":"{{{arn ?? Queue + queue}}}"{{{input}}}}]}]""";
}
