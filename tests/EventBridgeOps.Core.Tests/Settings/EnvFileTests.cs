using EventBridgeOps.Events.Messages;
using EventBridgeOps.Settings;

namespace EventBridgeOps.Core.Tests.Settings;

public sealed class EnvFileTests
{
    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("  A = 1  ", "1")]
    [InlineData("export A=1", "1")]
    [InlineData("export\tA=1\r\n", "1")]
    [InlineData("\uFEFF# first\n\nA=1 # why", "1")]
    [InlineData("A=a#b", "a#b")]
    [InlineData("A=\"x # y\" # z", "x # y")]
    [InlineData("A='x \\n $HOME'", "x \\n $HOME")]
    [InlineData("A=\"x\\ny\\t\\\"q\\\" \\$h \\z\"", "x\ny\t\"q\" $h \\z")]
    [InlineData("A=\"two\nlines\"", "two\nlines")]
    [InlineData("A=a=b", "a=b")]
    [InlineData("A=1\nA=2", "2")]
    [InlineData("A=it's", "it's")]
    public void Values_are_as_a_shell_would_have_them(string text, string expected) => Assert.Equal(expected, EnvFile.Parse(text, ".env").Find("A"));

    [Theory]
    [InlineData("A=")]
    [InlineData("A=''")]
    [InlineData("B=1")]
    [InlineData("")]
    public void Nothing_is_nothing(string text) => Assert.Null(EnvFile.Parse(text, ".env").Find("A"));

    [Theory]
    [InlineData("geheim", 1)]
    [InlineData("A=1\nexport geheim", 2)]
    [InlineData("\n\nA=\"geheim", 3)]
    [InlineData("A='geheim'x", 1)]
    [InlineData("1A=geheim", 1)]
    [InlineData("A=\"1\n2\" geheim", 2)]
    public void A_line_that_cannot_be_read_is_named_and_its_value_is_not(string text, int line)
    {
        OpsException error = Assert.Throws<OpsException>(() => EnvFile.Parse(text, ".env.x"));
        Assert.Equal(ErrorIds.InvalidEnvFile, error.ErrorId);
        Assert.Contains($"Line {line} of the settings file .env.x", error.Message);
        Assert.DoesNotContain("geheim", error.Message);
    }

    [Fact]
    public void The_file_goes_before_the_environment()
    {
        Func<string, string?> setting = EnvFile.Over(EnvFile.Parse("A=file\nB=", ".env"), name => $"environment {name}");
        Assert.Equal(("file", "environment B", "environment C"), (setting("A"), setting("B"), setting("C")));
    }

    [Fact]
    public void Its_text_has_names_alone() => Assert.Equal("A, B", EnvFile.Parse("A=geheim\nB=x", ".env").ToString());

    [Fact]
    public void A_file_that_is_not_there_is_an_error_of_ours() => Assert.Equal(ErrorIds.FileNotReadable, Assert.Throws<OpsException>(() => EnvFile.Read("/nowhere/.env")).ErrorId);
}
