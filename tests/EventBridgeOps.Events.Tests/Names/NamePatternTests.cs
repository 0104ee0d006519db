using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Events.Tests;

public class NamePatternTests
{
    [Theory]
    [InlineData("mvp", "mvp", true)]
    [InlineData("mvp", "MVP", false)]
    [InlineData("mvp", "mvp-a", false)]
    [InlineData("*", "", true)]
    [InlineData("*", "any\nthing", true)]
    [InlineData("mvp-*", "mvp-", true)]
    [InlineData("mvp-*", "xmvp-", false)]
    [InlineData("*-x", "a-x", true)]
    [InlineData("*-x", "a-x\n", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[a-c]x", "dx", false)]
    [InlineData("[^a]x", "^x", true)]
    [InlineData("[^a]x", "bx", false)]
    [InlineData("[\\d]x", "dx", true)]
    [InlineData("[\\d]x", "1x", false)]
    [InlineData("[a[]x", "[x", true)]
    [InlineData("a.b*", "axb", false)]
    [InlineData("a`*b", "a*b", true)]
    [InlineData("a`*b", "axb", false)]
    [InlineData("a`[b`]*", "a[b]c", true)]
    [InlineData("a]*", "a]b", true)]
    [InlineData("a``", "a`", true)]
    [InlineData("a`", "a`", true)]
    [InlineData("(a|b)$*", "(a|b)$c", true)]
    public void A_name_fits_or_not(string pattern, string name, bool fits) => Assert.Equal(fits, NamePattern.Parse(pattern).IsMatch(name));

    [Theory]
    [InlineData("mvp-*", "mvp-", true)]
    [InlineData("mvp", "mvp", false)]
    [InlineData("*", "", true)]
    [InlineData("a`*b*c", "a*b", true)]
    [InlineData("a`*b", "a*b", false)]
    [InlineData("a[b]c", "a", true)]
    public void The_prefix_is_what_all_names_begin_with(string pattern, string prefix, bool wild)
    {
        NamePattern read = NamePattern.Parse(pattern);

        Assert.Equal((prefix, wild, pattern), (read.Prefix, read.HasWildcard, read.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a[b")]
    [InlineData("a[]")]
    [InlineData("[]a]")]
    [InlineData("[z-a]")]
    public void A_bad_pattern_is_explained(string pattern) => Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<OpsException>(() => NamePattern.Parse(pattern)).ErrorId);

    [Fact]
    public void No_pattern_means_all() => Assert.Equal("*", Assert.Single(NamePattern.ParseAll([])).Text);
}
