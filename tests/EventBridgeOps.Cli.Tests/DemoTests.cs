using EventBridgeOps.Cli.Tests.Support;

namespace EventBridgeOps.Cli.Tests;

public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_proves_what_it_says_and_leaves_nothing_behind()
    {
        Outcome outcome = await Ebops.RunAsync(["demo"]);

        Assert.Equal("", outcome.Ended(0).Error);
        Assert.Equal(8, outcome.Out.Split("VERIFIED: ").Length - 1);
        Assert.Equal(6, outcome.Out.Split("/BatchParameters/JobDefinition: mvp-").Length - 1);
        Assert.DoesNotContain("FAILED", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("All verifications passed.", outcome.Out, StringComparison.Ordinal);
        Assert.All(outcome.Out.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }
}
