using System.Text;
using EventBridgeOps.Ci;

namespace EventBridgeOps.Core.Tests.Ci;

public sealed class CiCommandTests
{
    private static readonly string[] Hostile =
    [
        "\n::set-env name=PATH::/tmp", "\r::stop-commands::x", "::error::x", "##vso[task.setvariable variable=PATH]/tmp", "##[error]x", "#\n#vso[x]", "a::b", "%0A::x", "%AZP25", ";]x", ",:=", "\u2028::x", "\u0085::x", "\v::x", "\u001b[31m", "#", "###vso[x]", " ", "ä𝄞",
    ];

    [Fact]
    public void Whatever_the_text_is_a_line_is_one_command_and_says_it_unchanged()
    {
        Random random = new(4711);
        for (int round = 0; round < 5000; round++)
        {
            (string title, string message) = (Text(random), Text(random));
            foreach (CiLevel level in new[] { CiLevel.Notice, CiLevel.Warning, CiLevel.Error })
            {
                string gitHub = CiCommands.Annotation(CiKind.GitHub, level, title, message)!;
                Assert.Single(Lines(gitHub));
                string head = $"::{level.ToString().ToLowerInvariant()} title=";
                Assert.StartsWith(head, gitHub, StringComparison.Ordinal);
                int end = gitHub.IndexOf("::", 2, StringComparison.Ordinal);
                Assert.DoesNotContain(',', gitHub[head.Length..end]);
                Assert.Equal(Visible(message), Decode(gitHub[(end + 2)..]));
                Assert.Equal(Visible(title), Decode(gitHub[head.Length..end]));

                string azure = CiCommands.Annotation(CiKind.Azure, level, title, message)!;
                Assert.Single(Lines(azure));
                Assert.StartsWith(level == CiLevel.Notice ? "##[section]" : $"##vso[task.logissue type={level.ToString().ToLowerInvariant()}]", azure, StringComparison.Ordinal);
                Assert.Equal(0, azure.LastIndexOf("##", StringComparison.Ordinal));
            }

            Assert.Equal(0, CiCommands.SetAzureVariable("A", message).LastIndexOf("##", StringComparison.Ordinal));
            Assert.DoesNotContain("##vso", CiCommands.Disarm(CiKind.Azure, message), StringComparison.Ordinal);
            Assert.All(Lines(CiCommands.Disarm(CiKind.GitHub, message)), line => Assert.False(line.Trim().StartsWith("::", StringComparison.Ordinal) || line.Contains("##[", StringComparison.Ordinal), line));
        }
    }

    [Fact]
    public void Outside_CI_there_are_no_commands_and_text_stays_as_it_is()
    {
        Assert.Null(CiCommands.Annotation(CiKind.None, CiLevel.Error, "t", "m"));
        Assert.Null(CiCommands.Annotation(CiKind.GitHub, CiLevel.None, "t", "m"));
        Assert.Equal("a\n::b ##", CiCommands.Disarm(CiKind.None, "a\n::b ##"));
    }

    private static string Text(Random random)
    {
        StringBuilder text = new();
        for (int parts = random.Next(5); parts >= 0; parts--)
            text.Append(random.Next(3) == 0 ? "word" : Hostile[random.Next(Hostile.Length)]);
        return text.ToString();
    }

    // As .NET's readers, which both runners are built on, and Unicode see lines.
    private static string[] Lines(string text) => text.Split('\n', '\r', '\u0085', '\u2028', '\u2029', '\v', '\f');

    private static string Visible(string text) => string.Concat(text.Select(letter => (char.IsControl(letter) && letter is not ('\r' or '\n')) || letter is '\u2028' or '\u2029' ? ' ' : letter));

    private static string Decode(string text) => text.Replace("%2C", ",", StringComparison.Ordinal).Replace("%3A", ":", StringComparison.Ordinal).Replace("%0A", "\n", StringComparison.Ordinal).Replace("%0D", "\r", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);
}
