using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Cli.Tests;

/// <summary>Every command that calls AWS, against an endpoint that answers with something else: it ends with an error that is true, and never with "nothing found".</summary>
public sealed class HostileEndpointTests(AwsCommands commands) : IClassFixture<AwsCommands>
{
    private const int Megabyte = 1024 * 1024;

    private static readonly string[] Answers = ["endless", "html", "empty", "null", "nothing", "nameless", "huge", "control", "refused"];

    private static readonly string[] NotOurWords = ["[redacted]", "LineNumber", "isFinalBlock", "inner exception", "Object reference", "Stack empty", "Request ID: )"];

    public static TheoryData<string, string> Cases => [.. AwsCommands.Lines.SelectMany(line => Answers.Select(answer => (line, answer)))];

    public static TheoryData<string> Lines => [.. AwsCommands.Lines];

    [Fact]
    public void Every_command_that_calls_AWS_is_tried() =>
        Assert.All(AwsCommands.Described, path => Assert.Contains(AwsCommands.Lines, line => (line + " ").StartsWith(path + " ", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_command_ends_with_a_true_error(string line, string answer)
    {
        const string lists = "\"EventBuses\":[{0}],\"Rules\":[{0}],\"Targets\":[{0}],\"RuleNames\":[{0}],\"jobDefinitions\":[{0}],\"jobQueues\":[{0}],\"jobs\":[{0}],\"imageDetails\":[{0}],\"Entries\":[{0},{0}]";
        StubAnswer said = answer switch
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
        };

        // STS answers in XML.
        using StubServer endpoint = new((request, _) => said.Status == 400 && request.Body.StartsWith("Action=", StringComparison.Ordinal)
            ? said with { Body = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>denied &#x202e; name</Message></Error></ErrorResponse>" }
            : said);

        Outcome outcome = await Ebops.RunAsync(commands.Arguments(line, endpoint.Url));

        Assert.True(outcome.Code is 1 or 3, $"ended with {outcome.Code}: {outcome.Error}{outcome.Out}");
        Assert.DoesNotContain(outcome.Out + outcome.Error, letter => letter is not ('\n' or '\t') && InertText.Steers(letter));
        Assert.InRange(outcome.Out.Length + outcome.Error.Length, 50, 20_000); // The results of a check are data.
        Assert.All(NotOurWords, words => Assert.DoesNotContain(words, outcome.Error + outcome.Out, StringComparison.Ordinal));
        Assert.InRange(endpoint.Sent, 0, 300L * Megabyte);
        string[] expected = answer is "control" or "refused" ? ["AccessDenied", "RequestRejected", "denied", "rejected", "the service returned invalid"]
            : answer is "nothing" or "nameless" && (line.Contains(" j ", StringComparison.Ordinal) || line.StartsWith("mvp update", StringComparison.Ordinal)) ? ["JobNotFound"] // DynamoDB's own answer, if there is no item.
            : ["MalformedAnswer", "unexpected response"];
        Assert.True(expected.Any(words => (outcome.Error + outcome.Out).Contains(words, StringComparison.Ordinal)), outcome.Error + outcome.Out);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public Task A_command_ends_if_the_headers_drip(string line) => EndsInTimeAsync(line, StubDrip.Headers);

    [Theory]
    [MemberData(nameof(Lines))]
    public Task A_command_ends_if_the_body_drips(string line) => EndsInTimeAsync(line, StubDrip.Body);

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task An_endpoint_that_cannot_be_reached_is_a_true_error(string line)
    {
        Outcome outcome = await Ebops.RunAsync([.. commands.Arguments(line, "http://127.0.0.1:1"), "--retry-timeout", "0"], time: new ManualTimeProvider { AutoAdvance = true });

        Assert.Contains("could not reach http://127.0.0.1:1", outcome.Error + outcome.Out, StringComparison.Ordinal);
        Assert.Equal(line == "check" ? 3 : 1, outcome.Code); // The results of a check are data.
    }

    [Fact]
    public async Task Empty_pages_for_ever_end_and_are_seen_to_be_read()
    {
        ManualTimeProvider time = new() { AutoAdvance = true };
        using StubServer endpoint = new((_, number) =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return new StubAnswer(200, $$"""{"Rules":[],"NextToken":"t{{number}}"}""");
        });

        Outcome outcome = (await Ebops.RunAsync(commands.Arguments("rule list --event-bus-name b", endpoint.Url), onTerminal: true, time: time)).Ended(3);

        Assert.Contains("MalformedAnswer: ListRules on event bus b returned an unexpected response: 2000 pages in a row were empty", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(2001, endpoint.Requests.Count);
        Assert.Matches(@"\rWaiting for AWS 1[0-9]{3} events ListRules", outcome.Error);
    }

    [Theory]
    [InlineData("endless")]
    [InlineData("huge name")]
    [InlineData("huge message")]
    public async Task The_process_stays_small(string answer)
    {
        using StubServer endpoint = new(answer switch
        {
            "endless" => new StubAnswer(200, new string(' ', 64 * 1024)) { Endless = true },
            "huge name" => new StubAnswer(200, "{\"EventBuses\":[{\"Name\":\"" + new string('x', 50 * Megabyte) + "\"}]}"),
            _ => new StubAnswer(400, "{\"__type\":\"ValidationException\",\"message\":\"" + new string('x', 15 * Megabyte) + "\"}"),
        });
        using EbopsProcess process = new(commands.Arguments("bus list", endpoint.Url));

        long peak = process.PeakWorkingSet();

        Outcome outcome = (await process.EndAsync()).Ended(1);
        Assert.Contains(answer == "huge message" ? "RequestRejected" : "the response is longer than 16 MB", outcome.Error, StringComparison.Ordinal);
        Assert.InRange(outcome.Error.Length, 50, 10_000);
        Assert.InRange(peak / Megabyte, 20, 300);
    }

    // A second passes with each byte of any answer, so that calls at the same time take less.
    private async Task EndsInTimeAsync(string line, StubDrip drip)
    {
        using StubServer endpoint = new(new StubAnswer { Drip = drip });
        ManualTimeProvider time = new() { AutoAdvance = true };
        Task<Outcome> run = Ebops.RunAsync(commands.Arguments(line, endpoint.Url), time: time);
        Task hangs = endpoint.HangsAsync();
        while (await Task.WhenAny(run, hangs) == hangs)
        {
            if (time.IsAwaited) // Else what was due is still being done.
                time.Advance(TimeSpan.FromSeconds(1));
            endpoint.Drop();
            hangs = endpoint.HangsAsync();
        }

        Outcome outcome = await run;
        int calls = endpoint.Requests.Select(request => request.Headers.GetValueOrDefault("X-Amz-Target") + request.Path + request.Body).Distinct().Count();
        Assert.True(outcome.Code is 1 or 3, $"ended with {outcome.Code}: {outcome.Error}{outcome.Out}");
        Assert.InRange(calls, 1, 10);
        // A function may run for minutes before it answers.
        Assert.InRange(time.Now.TotalSeconds, 25, (line.StartsWith("automation invoke", StringComparison.Ordinal) ? 400 : 60) * calls);
        Assert.Contains("No response was received within ", outcome.Error + outcome.Out, StringComparison.Ordinal);
    }
}
