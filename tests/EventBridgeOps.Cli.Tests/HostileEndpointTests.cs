using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Cli.Tests;

/// <summary>Every command that calls AWS, against an endpoint that answers with something else: it ends with an error that is true, and never with "nothing found".</summary>
public sealed class HostileEndpointTests : IDisposable
{
    private const int Megabyte = 1024 * 1024;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ebops-endpoint-");

    public static TheoryData<string, string> Cases
    {
        get
        {
            string[] commands =
            [
                "target list --event-bus-name *", "target sync --event-bus-name *", "target sync --event-bus-name b --rule-name r", "rule list --event-bus-name *", "rule list --event-bus-name b",
                "bus list", "check", "route --event {\"source\":\"s\"} --event-bus-name *", "image list", "image update --repository-name a --image-tag b", "event send --source s --detail-type t --detail {} --event-bus-name b",
                "pattern test --event {\"source\":\"s\"} --rule-name r --event-bus-name b", "pattern lint --rule-name r --event-bus-name b",
            ];
            string[] answers = ["endless", "html", "empty", "null", "nothing", "nameless", "huge", "control", "refused"];
            return [.. commands.SelectMany(command => answers.Select(answer => (command, answer)))];
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_command_ends_with_a_true_error(string command, string answer)
    {
        const string lists = "\"EventBuses\":[{0}],\"Rules\":[{0}],\"Targets\":[{0}],\"RuleNames\":[{0}],\"jobDefinitions\":[{0}],\"jobQueues\":[{0}],\"jobs\":[{0}],\"imageDetails\":[{0}],\"Entries\":[{0},{0}]";
        using StubServer endpoint = new(answer switch
        {
            "endless" => new StubAnswer(200, new string(' ', 64 * 1024)) { Endless = true },
            "html" => new StubAnswer(200, "<!DOCTYPE html><html><head><title>Sign in</title></head></html>") { Headers = new Dictionary<string, string> { ["Content-Type"] = "text/html" } },
            "empty" => new StubAnswer(200, ""),
            "null" => new StubAnswer(200, "null"),
            "nothing" => new StubAnswer(200, "{}"),
            "nameless" => new StubAnswer(200, "{" + lists.Replace("{0}", """{"Arn":"a"}""", StringComparison.Ordinal) + "}"),
            "huge" => new StubAnswer(200, "{\"Name\":\"" + new string('x', 20 * Megabyte) + "\"}"),
            "control" => new StubAnswer(400, """{"__type":"Validation\u001b[2JException","message":"bad \u001b]0;owned\u0007 \u202e name\r\n::error::x"}"""),
            _ => new StubAnswer(400, """{"__type":"AccessDeniedException","message":"User is not authorized"}"""),
        });

        Outcome outcome = await Ebops.RunAsync([.. command.Split(' '), .. CliTest.SessionFor(new Uri(endpoint.Url)), .. command.StartsWith("target sync", StringComparison.Ordinal) || command.StartsWith("image update", StringComparison.Ordinal) ? (string[])["--journal-path", _folder.FullName] : []]);

        Assert.Contains(outcome.Code, (int[])[1, 3]);
        Assert.DoesNotContain(outcome.Out + outcome.Error, letter => letter is not ('\n' or '\t') && InertText.Steers(letter));
        Assert.InRange(outcome.Out.Length + outcome.Error.Length, 50, 20_000); // The results of a check are data.
        Assert.DoesNotContain("[redacted]", outcome.Error, StringComparison.Ordinal);
        Assert.InRange(endpoint.Sent, 0, 300L * Megabyte);
        Assert.Contains(answer is "control" or "refused" ? "AccessDenied|RequestRejected|denied|rejected" : "MalformedAnswer|unexpected response", Said(outcome), StringComparer.Ordinal);
    }

    // Which of the alternatives is said.
    private static IEnumerable<string> Said(Outcome outcome) => new[] { "AccessDenied|RequestRejected|denied|rejected", "MalformedAnswer|unexpected response" }
        .Where(all => all.Split('|').Any(word => (outcome.Error + outcome.Out).Contains(word, StringComparison.Ordinal)));
}
