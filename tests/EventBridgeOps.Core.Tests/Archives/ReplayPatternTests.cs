using EventBridgeOps.Archives;
using EventBridgeOps.Events.Rules;

namespace EventBridgeOps.Core.Tests.Archives;

/// <summary>Replayed events have <c>replay-name</c>, and reach every rule whose pattern does not exclude it: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html.</summary>
public sealed class ReplayPatternTests
{
    [Theory]
    [InlineData("""{"source":["s"]}""", false)]
    [InlineData("""{"source":["s"],"replay-name":[{"exists":false}]}""", true)]
    [InlineData("""{"replay-name":[{"exists":false}]}""", true)]
    [InlineData("""{"source":["s"],"replay-name":[{"exists":true}]}""", false)]
    [InlineData("""{"replay-name":["other"]}""", true)]
    [InlineData("""{"replay-name":["mine"]}""", false)]
    [InlineData("""{"replay-name":[{"prefix":"mi"}]}""", false)]
    [InlineData("""{"replay-name":[{"anything-but":["mine"]}],"detail":{"a":[{"exists":false}]}}""", true)]
    [InlineData("""{"detail":{"replay-name":[{"exists":false}]}}""", false)] // A field of the detail is another one.
    [InlineData("""{"$or":[{"source":["a"],"replay-name":[{"exists":false}]},{"source":["b"],"replay-name":[{"exists":false}]}]}""", true)]
    [InlineData("""{"$or":[{"source":["a"],"replay-name":[{"exists":false}]},{"source":["b"]}]}""", false)]
    [InlineData("""{"replay-name":[{"exists":false}],"$or":[{"source":["a"]},{"detail":{"x":[1]}}]}""", true)]
    [InlineData("""{"source":["s"],"detail":{"$or":[{"a":[1]},{"b":[{"exists":false}]}]},"replay-name":[{"exists":false}]}""", true)]
    [InlineData("""{"source":[{"unheard-of":1}],"replay-name":[{"exists":false}]}""", true)]
    [InlineData("""{"replay-name":[{"unheard-of":1}]}""", false)] // What is not understood may match.
    public void The_engine_decides_whether_a_pattern_excludes_replays(string pattern, bool excludes) =>
        Assert.Equal(excludes, ReplayPattern.Excludes(new RuleSummary { EventBusName = "b", RuleName = "r", EventPattern = pattern, Document = "{}" }, "mine"));
}
