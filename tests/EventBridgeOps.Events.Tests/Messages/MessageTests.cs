using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Tests;

public sealed class MessageTests
{
    private static Message RuleNotFound(string rule, int count) =>
        Message.Of($"Rule {rule} has {count:target|targets}. Run {"target list":cmd}, set {"EventBusName":param}, or see {"errors":topic}.");

    [Fact]
    public void A_message_keeps_its_parts_by_name_and_its_tokens()
    {
        Message message = RuleNotFound("upload", 3);

        Assert.Equal("MessageTests.RuleNotFound", message.Id);
        Assert.Equal("Rule {rule} has {count}. Run {cmd:target list}, set {param:EventBusName}, or see {topic:errors}.", message.Template);
        Assert.Equal([new("rule", "upload"), new("count", 3)], message.Parts);
        Assert.Equal(["target list", "EventBusName", "errors"], message.Tokens.Select(token => token.Text));
    }

    [Theory]
    [InlineData(1, "Rule java -Xmx512m has 1 target. Run <target list>, set [EventBusName], or see (errors).")]
    [InlineData(0, "Rule java -Xmx512m has 0 targets. Run <target list>, set [EventBusName], or see (errors).")]
    public void A_front_end_spells_tokens_and_leaves_what_the_user_wrote(int count, string expected) => Assert.Equal(expected, RuleNotFound("java -Xmx512m", count).In(new Brackets()));

    [Fact]
    public void A_time_is_written_as_AWS_writes_it()
    {
        DateTimeOffset moment = new(2026, 11, 28, 17, 2, 54, TimeSpan.FromHours(1));

        Assert.Equal("done at 2026-11-28T16:02:54Z", Message.Of($"done at {moment}").ToString());
    }

    [Fact]
    public void Messages_and_errors_inside_a_message_are_spelled_alike()
    {
        OpsException cause = new(ErrorIds.RuleNotFound, Message.Of($"Run {"rule list":cmd}."));

        Assert.Equal("Failed: Run <rule list>.; Run <rule list>", Message.Of($"Failed: {cause}; {cause:clause}").In(new Brackets()));
        Assert.Equal("Run <rule list>. -> Run <rule list>.", Message.Join(" -> ", [cause.Said, cause.Said]).In(new Brackets()));
        Assert.Equal("Run rule list.", cause.Message);
        Assert.Equal("Run <rule list>.", cause.In(new Brackets()).Message);
    }

    [Fact]
    public void An_error_inside_a_message_keeps_its_secrets_to_itself()
    {
        OpsException cause = new(ErrorIds.RequestRejected, Message.Verbatim("postgres://user:hunter2@host/db was refused"));

        Assert.DoesNotContain("hunter2", Message.Of($"Failed: {cause}").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_redacts_values_and_not_its_own_text()
    {
        Assert.Equal("[AccessKey] and --secret-key must be together.", Error(Message.Of($"{"AccessKey":param} and --secret-key must be together.")));
        Assert.Equal("--database-url-stdin was specified with [redacted] and 2, [redacted].", Error(Message.Of($"--database-url-stdin was specified with {"password=hunter2"} and {new[] { "2", "token=hunter2" }}.")));
        Assert.Equal("The password: [redacted], and token=[redacted].", Error(Message.Of($"The password: {"hunter2"}, and {"token"}={"hunter2"}.")));
        Assert.Equal("Why: --token must be given: [redacted]", Error(Message.Of($"Why: {Message.Of($"--token must be given: {"api_key=hunter2"}")}")));
        Assert.DoesNotContain("hunter2", Error(Message.Join(" ", [Message.Verbatim("--password hunter2"), Message.Verbatim("password=hunter2")])), StringComparison.Ordinal);

        static string Error(Message message) => new OpsException(ErrorIds.Unexpected, message).In(new Brackets()).Message.Replace("password=[redacted]", "[redacted]", StringComparison.Ordinal)
            .Replace("2, token=[redacted]", "2, [redacted]", StringComparison.Ordinal).Replace("api_key=[redacted]", "[redacted]", StringComparison.Ordinal);
    }

    private sealed class Brackets : IVoice
    {
        public string Command(string path) => $"<{path}>";

        public string Parameter(string name) => $"[{name}]";

        public string Topic(string name) => $"({name})";
    }
}
