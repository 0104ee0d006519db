using System.IO.Compression;
using System.Text;
using System.Text.Json;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.PatternTesting;

namespace EventBridgeOps.Core.Tests.PatternTesting;

public sealed class PatternCasesTests : IDisposable
{
    private readonly Run _run = new(new FakeAccount());

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("""{"name":"n","event":"{\"a\":1}","pattern":"{\"a\":[1]}"}""", """{"name":"n","result":"match"}""")]
    [InlineData("""{"name":"n","event":"{\"a\":2}","pattern":"{\"a\":[1]}"}""", """{"name":"n","result":"nomatch"}""")]
    [InlineData("""{"name":"n","event":"{\"a\":1}","pattern":"{\"a\":1}"}""", """{"name":"n","result":"invalid","message":"\"a\" must be an object or an array"}""")]
    [InlineData("""{"name":"n","pattern":"{\"a\":[]}"}""", """{"name":"n","result":"invalid","message":"Empty arrays are not allowed"}""")]
    [InlineData("""{"name":"n","pattern":"{\"a\":[1]}"}""", """{"name":"n","result":"valid"}""")]
    [InlineData("""{"name":"n","event":null,"pattern":"{\"a\":[1]}"}""", """{"name":"n","result":"valid"}""")]
    [InlineData("""{"pattern":"{\"a\":[1]}"}""", """{"name":null,"result":"valid"}""")]
    [InlineData("""{"name":"n","event":{"a":[1]},"pattern":{"a":[1]}}""", """{"name":"n","result":"match"}""")]
    [InlineData("""{"name":"\ud800\"\u0001\u00e9","pattern":"{\"a\":[1]}"}""", """{"name":"\ud800\"\u0001é","result":"valid"}""")]
    [InlineData("""{"name":"n","event":"{\"a\":\"\\ud800\"}","pattern":"{\"a\":[\"\\ud800\"]}"}""", """{"name":"n","result":"match"}""")]
    public async Task A_case_gives_one_line(string line, string expected)
    {
        PatternCaseResult result = Assert.Single(await RunAsync(line));

        Assert.Equal(expected, result.ToJson());
        Assert.Empty(_run.Failures);
        Assert.True(result.Passed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n  \n")]
    public async Task A_file_without_cases_does_not_pass(string text)
    {
        OpsException error = await Assert.ThrowsAsync<OpsException>(() => RunAsync(text));

        Assert.Equal(ErrorIds.InvalidCase, error.ErrorId);
        Assert.StartsWith("No test cases were found in ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"n","event":"nonsense","pattern":"{\"a\":[1]}"}""", PatternOutcome.BadEvent)]
    [InlineData("""{"name":"n","event":"{\"a\":\"\ud800\"}","pattern":"{\"a\":[1]}"}""", PatternOutcome.BadEvent)]
    [InlineData("""{"name":"n","event":"{}","pattern":"{\"a\":[\"\udc00\"]}"}""", PatternOutcome.Invalid)]
    [InlineData("""{"name":"n","event":"nonsense","pattern":"nonsense"}""", PatternOutcome.Invalid)]
    public async Task What_is_no_pattern_and_no_event_has_a_reason(string line, PatternOutcome expected)
    {
        PatternCaseResult result = Assert.Single(await RunAsync(line));

        Assert.Equal(expected, result.Result);
        Assert.False(string.IsNullOrEmpty(result.Message));
    }

    [Fact]
    public async Task Nesting_without_end_is_an_outcome_and_no_crash()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 100_000));
        List<PatternCaseResult> results = await RunAsync(
            $$"""{"pattern":{{JsonSerializer.Serialize(deep)}}}""",
            $$"""{"event":{{JsonSerializer.Serialize(deep)}},"pattern":"{\"a\":[1]}"}""",
            $$"""{"event":{{string.Concat(Enumerable.Repeat("[", 100_000))}}{{string.Concat(Enumerable.Repeat("]", 100_000))}},"pattern":"{\"a\":[1]}"}""");

        Assert.Equal([PatternOutcome.Invalid, PatternOutcome.BadEvent, PatternOutcome.BadEvent], results.Select(result => result.Result));
        Assert.Empty(_run.Failures);
    }

    [Fact]
    public async Task A_line_that_is_no_case_is_an_error_with_its_line_and_the_rest_goes_on()
    {
        List<PatternCaseResult> results = await RunAsync(
            """{"name":"a","pattern":"{\"a\":[1]}"}""", "", "nonsense", "[1]", """{"name":"b"}""", """{"pattern":"{}","expect":"perhaps"}""", """{"pattern":"{}"} {}""", """{"name":"z","pattern":"{\"a\":[1]}"}""");

        Assert.Equal(["a", "z"], results.Select(result => result.Name));
        Assert.Equal(["cases:3", "cases:4", "cases:5", "cases:6", "cases:7"], _run.Failures.Select(failure => failure.Target));
        Assert.All(_run.Failures, failure => Assert.Equal(ErrorIds.InvalidCase, failure.Error.ErrorId));
        Assert.Contains("it has no pattern", _run.Failures[2].Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_an_error_about_their_line()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("{\"name\":\""), 0xFF, .. Encoding.UTF8.GetBytes("\",\"pattern\":\"{}\"}\n{\"pattern\":\"{\\\"a\\\":[1]}\"}")];

        Assert.Equal("cases:2", Assert.Single(await RunAsync(bytes)).Origin);
        Assert.Equal("cases:1", Assert.Single(_run.Failures).Target);
    }

    [Fact]
    public async Task What_comes_out_other_than_expected_is_an_error_with_the_result()
    {
        List<PatternCaseResult> results = await RunAsync(
            """{"name":"a","event":"{\"a\":1}","pattern":"{\"a\":[1]}","expect":"match"}""",
            """{"name":"b","event":"{\"a\":1}","pattern":"{\"a\":1}","expect":"nomatch"}""");

        Assert.Equal([true, false], results.Select(result => result.Passed));
        ItemFailure failure = Assert.Single(_run.Failures);
        Assert.Equal((ErrorIds.CaseFailed, "cases:2 'b' returned invalid (\"a\" must be an object or an array), but nomatch was expected."), (failure.Error.ErrorId, failure.Error.Message));
        Assert.Same(results[1], failure.Target);
    }

    [Fact]
    public async Task A_misspelt_expectation_is_warned_of_and_what_else_a_case_carries_is_not()
    {
        await RunAsync("""{"name":"a","pattern":"{\"a\":[1]}","expected":"match","comment":"x"}""");

        Assert.StartsWith("cases:1: \"expected\" is not a member of a case.", Assert.Single(_run.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_may_be_compressed_or_as_Windows_PowerShell_writes_them()
    {
        const string line = """{"name":"ä","pattern":"{\"a\":[1]}"}""";
        using MemoryStream packed = new();
        await using (GZipStream gzip = new(packed, CompressionMode.Compress, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(line));

        Assert.Equal("ä", Assert.Single(await RunAsync(packed.ToArray())).Name);
        Assert.Equal("ä", Assert.Single(await RunAsync([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(line + "\r\n")])).Name);
        Assert.Equal("ä", Assert.Single(await RunAsync([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(line)])).Name);
    }

    [Fact]
    public async Task Random_bytes_never_crash_it()
    {
        Random random = new(20261121);
        byte[] seed = Encoding.UTF8.GetBytes("""{"name":"\ud800 a","event":"{\"a\":[1,{\"b\":\"\\u0041\"}]}","pattern":"{\"a\":[{\"prefix\":\"x\"}]}","expect":"match"}""");
        for (int i = 0; i < 3000; i++)
        {
            byte[] bytes = [.. seed];
            for (int j = random.Next(1, 6); j > 0; j--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            foreach (PatternCaseResult result in await RunAsync(bytes))
                JsonDocument.Parse(result.ToJson()).Dispose();
        }
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told()
    {
        OpsException error = await Assert.ThrowsAsync<OpsException>(() => PatternCases.RunFileAsync(Path.Combine(_run.Folder, "none.jsonl"), null, _run, Run.Token).ToListAsync(Run.Token));
        Assert.Equal(ErrorIds.FileNotReadable, error.ErrorId);
    }

    private Task<List<PatternCaseResult>> RunAsync(params string[] lines) => RunAsync(Encoding.UTF8.GetBytes(string.Join("\n", lines)));

    private async Task<List<PatternCaseResult>> RunAsync(byte[] bytes)
    {
        using MemoryStream stream = new(bytes);
        return await PatternCases.RunAsync(stream, "cases", null, _run, Run.Token).ToListAsync(Run.Token);
    }
}
