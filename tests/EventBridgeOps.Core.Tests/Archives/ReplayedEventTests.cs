using EventBridgeOps.Archives;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Core.Tests.Archives;

public sealed class ReplayedEventTests
{
    [Theory]
    [InlineData("""{ "source":"s","region":"eu-west-1", "detail":{"n":1e3}}""", """{ "source":"s","region":"eu-west-1","replay-name":"r", "detail":{"n":1e3}}""")]
    [InlineData("""{"source":"s"}""", """{"replay-name":"r","source":"s"}""")]
    [InlineData("""{"source":"s","replay-name":"own"}""", """{"source":"s","replay-name":"own"}""")]
    [InlineData("""{"source":"s","detail":{"replay-name":"x","region":"y"}}""", """{"replay-name":"r","source":"s","detail":{"replay-name":"x","region":"y"}}""")]
    public async Task An_event_gets_the_name_of_the_replay_and_is_else_as_it_was(string given, string expected) =>
        Assert.Equal(expected, Assert.Single(await ReplayedEvent.NameAsync(Streams.From([EventDocument.Parse(given, "e")]), "r", Run.Token).ToListAsync(Run.Token)).Text);
}
