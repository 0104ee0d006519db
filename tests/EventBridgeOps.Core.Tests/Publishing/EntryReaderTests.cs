using System.IO.Compression;
using System.Text;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Publishing;

namespace EventBridgeOps.Core.Tests.Publishing;

/// <summary>All entries of a file, or an error; never one of three.</summary>
public sealed class EntryReaderTests
{
    private const string Three = "1@f:1 2@f:2 3@f:3";

    private readonly Sending _run = new();

    [Theory]
    [InlineData("""[{"Source":"s","DetailType":"t"},{"Source":"s","Det""", "the text ends before the value is complete")]
    [InlineData("""[{"Source":"s","DetailType":"t"},{"Source":"s","DetailType":"t"}""", "the array that contains it is not closed")]
    public async Task A_file_that_is_cut_off_is_not_read_in_part(string text, string why)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("ebops-cut-").FullName, "entries.json");
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);

        Assert.Empty(await new EntryReader(null).ReadFileAsync(path, _run, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));

        Assert.Contains(why, Assert.Single(_run.Failures).Error.Message, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Theory]
    [InlineData("[{E1},{E2},{E3}]", "1@f:1 2@f:1 3@f:1")]
    [InlineData("[\n  {E1},\n  {E2},\n  {E3}\n]\n", "1@f:2 2@f:3 3@f:4")]
    [InlineData("{E1}\n{E2}\r\n{E3}\n", Three)]
    [InlineData("{E1},\n{E2},\n{E3}", Three)]
    [InlineData("{E1}{E2} {E3}", "1@f:1 2@f:1 3@f:1")]
    [InlineData("{\n\"Entries\": [\n{E1},\n{E2},\n{E3}]}", "1@f[0]:3 2@f[1]:4 3@f[2]:5")]
    [InlineData("{\"Entries\": [{E1}]}\n{\"Entries\": [{E2},{E3}]}", "1@f[0]:1 2@f[0]:2 3@f[1]:2")]
    [InlineData("{\n\"Source\":\"s\",\n\"DetailType\":\"t\",\"Detail\":{\"n\":1}\n}\n{E2}{E3}", "1@f:1 2@f:5 3@f:5")]
    [InlineData("Source,DetailType,Detail\ns,t,\"{\"\"n\"\":1}\"\ns,t,\"{\"\"n\"\":2}\"\ns,t,\"{\"\"n\"\":3}\"\n", "1@f:2 2@f:3 3@f:4")]
    [InlineData("#TYPE System.Management.Automation.PSCustomObject\r\n\"detail\";\"source\";\"detailtype\"\r\n\"{\"\"n\"\":\n1}\";s;t\r\n\r\n{\"n\":2};s;t\r\n{\"n\":3};s;t", "1@f:3 2@f:6 3@f:7")]
    [InlineData("Source\tDetailType\tDetail\ns\tt\t{\"n\":1}\ns\tt\t{\"n\":2}\ns\tt\t{\"n\":3}", "1@f:2 2@f:3 3@f:4")]
    public async Task All_forms_are_read_whole(string text, string expected)
    {
        for (int i = 1; i <= 3; i++)
            text = text.Replace($"{{E{i}}}", $$$"""{"Source":"s","DetailType":"t","Detail":"{\"n\":{{{i}}}}"}""", StringComparison.Ordinal);
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        byte[][] forms =
        [
            utf8, [.. Encoding.UTF8.Preamble, .. utf8], Packed(utf8), [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
            [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(text)],
        ];
        foreach (byte[] form in forms)
            Assert.Equal(expected, Show(await ReadAsync(form)));
        Assert.Equal(expected, Show(new EntryReader(null).ReadText(text, "f", _run)));
        Assert.Empty(_run.Failures);
    }

    [Fact]
    public async Task UTF16_without_a_mark_is_known_by_its_bracket()
    {
        const string Text = """[{"Source":"s","DetailType":"t","Detail":{"n":1}}]""";
        Assert.Single(await ReadAsync(Encoding.Unicode.GetBytes(Text)));
        Assert.Single(await ReadAsync(Encoding.BigEndianUnicode.GetBytes(Text)));
    }

    [Fact]
    public async Task A_row_has_all_that_an_entry_can_have()
    {
        EventEntry entry = Assert.Single(await ReadAsync("SOURCE,detailType,EventBusName,Time,Resources,TraceHeader\ns,\"a, \"\"b\"\"\",orders,2026-11-21T09:30:00Z,arn:x,h\n"u8.ToArray(), "other"));
        Assert.Equal(("s", "a, \"b\"", "{}", "orders", "h", "arn:x"), (entry.Source, entry.DetailType, entry.Detail, entry.EventBusName, entry.TraceHeader, Assert.Single(entry.Resources)));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 9, 30, 0, TimeSpan.Zero), entry.Time);
        Assert.Equal("other", Assert.Single(await ReadAsync("Source,DetailType,EventBusName\ns,t,\n"u8.ToArray(), "other")).EventBusName);
    }

    [Theory]
    [InlineData("Source,DetailType,Detial\ns,t,{}\n", "Detial is not a field of an entry")]
    [InlineData("Source,DetailType\ns,t,u\n", "it has 3 fields, but the header has 2 columns")]
    [InlineData("nonsense", "Entries are expected as JSON lines, as a JSON array")]
    [InlineData("source: s\ndetail: t", "Entries are expected as JSON lines")]
    [InlineData("[[[{\"Source\":\"s\"}]]]", "an array inside an array")]
    [InlineData("[{\"Source\":\"s\",\"DetailType\":\"t\",\"Detail\":{}}", "is not closed")]
    public async Task What_is_no_entry_is_an_error_with_its_place(string text, string why)
    {
        await ReadAsync(Encoding.UTF8.GetBytes(text));
        OpsException error = _run.Failures[0].Error;
        Assert.Equal(ErrorIds.InvalidEntry, error.ErrorId);
        Assert.StartsWith("f:", error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_fault_of_many_lines_is_told_once_with_its_places()
    {
        string[] lines = [.. Enumerable.Range(1, 100).Select(i => $$$"""{"Source":"acme","DetailType":"{{{(i is 11 or 51 or 99 ? new string('D', 128 + i) : "ok")}}}","Detail":{}}""")];
        List<EventResult> results = await _run.SendAsync(new EntryReader(null).ReadText(string.Join('\n', lines), "x.jsonl", _run));
        Assert.Equal(97, _run.Bus.Taken.Count);
        Assert.Equal(["x.jsonl:11", "x.jsonl:51", "x.jsonl:99"], results.Where(result => result.Status == EventStatus.Failed).Select(result => result.Origin));
        Assert.Equal([1, 2], _run.Failures.Select(failure => failure.Count));
        Assert.StartsWith("x.jsonl:11: ", _run.Failures[0].Error.Message, StringComparison.Ordinal);
        Assert.Equal("The same error as in x.jsonl:11 occurred 2 more times (x.jsonl:51, x.jsonl:99).", _run.Failures[1].Error.Message);
    }

    [Fact]
    public async Task So_is_that_of_many_lines_that_are_no_entries()
    {
        List<EventEntry> entries = await ReadAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"source\":\"s\",\"detail-type\":\"t\",\"detail\":{}}\n", 50)) + "nonsense\n"));
        Assert.Empty(entries);
        Assert.Equal([1, 1, 49], _run.Failures.Select(failure => failure.Count));
        Assert.Contains("occurred 49 more times (f:2, f:3, f:4, f:5, f:6, f:7, f:8, f:9, f:10, f:11, ...)", _run.Failures[2].Error.Message, StringComparison.Ordinal);
        Assert.Equal(10, Assert.IsAssignableFrom<IReadOnlyList<string>>(_run.Failures[2].Target).Count); // Of millions, too.
    }

    [Fact]
    public async Task Of_very_many_different_faults_each_is_told()
    {
        List<EventEntry> entries = await ReadAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 1100).Select(i => $"{{\"Field{string.Concat(i.ToString(System.Globalization.CultureInfo.InvariantCulture).Select(digit => (char)('a' + digit - '0')))}\":1}}\n"))));
        Assert.Empty(entries);
        Assert.Equal(1100, _run.Failures.Count);
    }

    [Fact]
    public async Task A_request_for_a_global_endpoint_is_not_sent_to_the_default_event_bus()
    {
        Assert.Empty(await ReadAsync("""{"Entries":[{"Source":"s","DetailType":"t","Detail":{}}],"EndpointId":"abc.xyz"}"""u8.ToArray()));
        Assert.Contains("EndpointId is not supported", Assert.Single(_run.Failures).Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"FailedEntryCount":1,"Entries":[{"EventId":"1"},{"ErrorCode":"InternalFailure"}]}""")]
    [InlineData("""{"Entries":[{"EventId":"1"}]}""")]
    public async Task The_response_of_PutEvents_is_named_as_what_it_is(string response)
    {
        Assert.Empty(await ReadAsync(Encoding.UTF8.GetBytes(response)));
        Assert.Contains("it is the response of PutEvents", Assert.Single(_run.Failures).Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public async Task Lengths_are_counted_in_code_points(int letters, bool isSent)
    {
        EventEntry entry = Sending.Entry(0) with { DetailType = string.Concat(Enumerable.Repeat("\U0001F600", letters)) };
        EventResult result = Assert.Single(await _run.SendAsync([entry]));
        Assert.Equal(isSent ? null : "DetailType has 129 characters; the maximum is 128.", result.Reason);
    }

    private static string Show(IEnumerable<EventEntry> entries) => string.Join(' ', entries.Select(entry => $"{System.Text.Json.Nodes.JsonNode.Parse(entry.Detail)!["n"]}@{entry.Origin}"));

    private static byte[] Packed(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionMode.Compress))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private async Task<List<EventEntry>> ReadAsync(byte[] bytes, string? bus = null)
    {
        using MemoryStream stream = new(bytes);
        return await new EntryReader(bus).ReadAsync(stream, "f", _run, Run.Token).ToListAsync(Run.Token);
    }
}
