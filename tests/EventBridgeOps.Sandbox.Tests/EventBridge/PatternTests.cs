using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests;

public sealed class PatternTests : SandboxTest
{
    private const string Whole = """{"id":"1","account":"123456789012","source":"a","time":"2026-01-01T00:00:00Z","region":"eu-west-1","detail-type":"t","detail":{"n":300}}""";

    [Theory]
    [InlineData("""{"source":["a"]}""", true)]
    [InlineData("""{"source":["b"]}""", false)]
    [InlineData("""{"detail":{"n":[{"numeric":["=",3e2]}]}}""", true)]
    [InlineData("""{"resources":[{"exists":false}]}""", true)]
    public async Task A_pattern_is_tested(string pattern, bool expected) =>
        Assert.Equal(expected, (await Test(pattern, Whole)).Succeeded().Json.GetProperty("Result").GetBoolean());

    [Fact]
    public async Task A_bad_pattern_is_refused_with_its_reason_and_place() => (await Test("{\"source\":\n\"a\"}", Whole)).Failed(
        400, "InvalidEventPatternException",
        "Event pattern is not valid. Reason: \"source\" must be an object or an array\n at [Source: (String)\"{\"source\":\n\"a\"}\"; line: 2, column: 1]");

    [Theory]
    [InlineData("*test*", null)]
    [InlineData("*:*:*:*:*:event-bus/*", "Event pattern is not valid. Reason: Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character")]
    public async Task Wildcards_may_not_be_too_complex(string wildcard, string? message)
    {
        Answer answer = await Test($$"""{"source":[{"wildcard":"{{wildcard}}"}]}""", Whole);
        if (message is null)
            answer.Succeeded();
        else
            answer.Failed(400, "InvalidEventPatternException", message);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("account")]
    [InlineData("source")]
    [InlineData("time")]
    [InlineData("region")]
    [InlineData("detail-type")]
    public async Task An_event_must_be_whole(string field) =>
        (await Test("""{"source":["a"]}""", Whole.Replace($"\"{field}\"", "\"other\"", StringComparison.Ordinal))).Failed(400, "ValidationException", "Parameter Event is not valid.");

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task What_is_no_event_is_refused(string tested) => (await Test("""{"source":["a"]}""", tested)).Failed(400, "ValidationException", "Parameter Event is not valid.");

    [Fact]
    public async Task Both_are_required() => (await Aws.Events("TestEventPattern", "{}")).Failed(400, "ValidationException");

    private Task<Answer> Test(string pattern, string tested) =>
        Aws.Events("TestEventPattern", $$"""{"EventPattern":{{JsonSerializer.Serialize(pattern)}},"Event":{{JsonSerializer.Serialize(tested)}}}""");
}
