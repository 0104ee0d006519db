using System.Globalization;
using System.IO.Compression;
using System.Text;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;

namespace EventBridgeOps.Events.Tests;

public sealed class EventReaderTests : IDisposable
{
    private readonly RecordingObserver _run = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("ebops-events-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("""{"id":"1"}""", "f:1=1")]
    [InlineData("{\"id\":\"1\"}\n{\"id\":\"2\"}\r\n\n  {\"id\":\"3\"}\n", "f:1=1 f:2=2 f:4=3")]
    [InlineData("""[{"id":"1"},{"id":"2"}]""", "f:1=1 f:1=2")]
    [InlineData("[\n  {\"id\":\"1\"},\n  {\n \"id\":\"2\",\n\"detail\":{\"a\":[1,\"]}\\\"\"]}\n},{\"id\":\"3\"}\n]", "f:2=1 f:3=2 f:6=3")]
    [InlineData("{\n \"id\":\"1\"\n}\n{\n \"id\":\"2\" }", "f:1=1 f:4=2")]
    [InlineData("{\"detail\":\n{\"a\":1},\"id\":\"1\"}", "f:1=1")]
    [InlineData("", "")]
    [InlineData(" \n ", "")]
    [InlineData("[]", "")]
    [InlineData("""{"Entries":[{"Source":"s","DetailType":"t","Detail":"{}"},{"Source":"u"}]}""", "f[0]:1=entry f[1]:1=entry")]
    [InlineData("""{"EventBusName":"x","Entries":[{"Source":"s"}]}""", "f[0]:1=entry")]
    [InlineData("""{"source":"s","Entries":[{"Source":"s"}]}""", "f:1=")]
    [InlineData("""[{"Source":"s"},{"DetailType":"t"},{"source":"s","Entries":"t"}]""", "f:1=entry f:1=entry f:1=")]
    [InlineData("[{\"id\":\"1\"}]\n[{\"id\":\"2\"}]", "f:1=1 f:2=2")]
    [InlineData("{\"id\":\"1\"},\n{\"id\":\"2\"},\n{\"id\":\"3\"}", "f:1=1 f:2=2 f:3=3")]
    [InlineData("{\"id\":\"1\"}{\"id\":\"2\",\"detail\":{\"a\":[{}, {}],\"b\":\"}{\"}} {\"id\":\"3\"}\n{\"id\":\"4\"}", "f:1=1 f:1=2 f:1=3 f:2=4")]
    [InlineData("{\n\"Entries\": [\n{\"Source\":\"s\"},\n\n{\n\"Source\":\"t\"}, {\"Source\":\"u\"}]}", "f[0]:3=entry f[1]:5=entry f[2]:6=entry")]
    public async Task All_forms_are_read_with_their_place(string text, string expected)
    {
        Assert.Equal(expected, Show(await ReadAsync(Encoding.UTF8.GetBytes(text))));
        Assert.Empty(_run.Failures);
        Assert.Equal(expected, Show(EventReader.ReadText(text, "f", _run)));
    }

    [Theory]
    [InlineData("{\"id\":\"1\"}\nnonsense\n{\"id\":\n{\"id\":\"4\"}\n17\n", "f:1=1 f:4=4", "f:2 f:3 f:5")]
    [InlineData("{\"id\":\"1\", broken\n{\"id\":\"2\"}\n", "f:2=2", "f:1")]
    [InlineData("nonsense\n{\"id\":\"2\"}\n", "f:2=2", "f:1")]
    [InlineData("[{\"id\":\"1\"},\n5,\n{\"id\" \"x\"},\n{\"id\":\"4\"}]", "f:1=1 f:4=4", "f:2 f:3")]
    [InlineData("[{\"id\":\"1\"},{\"id\":", "f:1=1", "f:1")]
    [InlineData("[{\"id\":\"1\"}", "f:1=1", "f:1")]
    [InlineData("{\n\"id\":\"1\"", "", "f:1")]
    [InlineData("{\"id\":\"1\"} x\n{\"id\":\"2\"}", "f:2=2", "f:1")]
    [InlineData("[[[{\"id\":\"1\"}]]]", "", "f:1")]
    [InlineData("null", "", "f:1")]
    public async Task What_is_no_event_is_an_error_with_its_place_and_the_rest_goes_on(string text, string expected, string faults)
    {
        Assert.Equal(expected, Show(await ReadAsync(Encoding.UTF8.GetBytes(text))));
        Assert.Equal(faults, string.Join(' ', _run.Failures.Select(failure => failure.Target)));
        Assert.All(_run.Failures, failure => Assert.Equal(ErrorIds.InvalidEvent, failure.Error.ErrorId));
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_an_error_of_their_line()
    {
        byte[] bytes = [.. "{\"id\":\"1\",\"source\":\""u8, 0xC3, 0x28, .. "\"}\n{\"id\":\"2\"}\n"u8];

        Assert.Equal("f:2=2", Show(await ReadAsync(bytes)));
        Assert.Contains("is not valid UTF-8", Assert.Single(_run.Failures).Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Marks_of_byte_order_and_gzip_are_understood_whatever_the_name()
    {
        const string Text = "{\"id\":\"ü\"}\n{\"id\":\"2\"}\n";
        byte[] plain = Encoding.UTF8.GetBytes(Text);
        byte[][] forms =
        [
            [0xEF, 0xBB, 0xBF, .. plain], [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Text)],
            [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(Text)], Packed(plain), Packed([0xEF, 0xBB, 0xBF, .. plain]),
        ];

        foreach (byte[] form in forms)
            Assert.Equal("f:1=ü f:2=2", Show(await ReadAsync(form)));
        Assert.Empty(_run.Failures);
    }

    [Fact]
    public async Task A_large_file_comes_bit_by_bit_with_progress_in_kilobytes_of_the_file()
    {
        string path = Path.Combine(_folder, "week.jsonl.gz");
        byte[] lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{{\"id\":\"{i}\",\"detail\":\"{new string((char)('a' + (i % 26)), i % 300)}{i * 7919L}\"}}\n")));
        await File.WriteAllBytesAsync(path, Packed(lines), TestContext.Current.CancellationToken);

        List<EventDocument> read = await EventReader.ReadFileAsync(path, _run, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(50_000, read.Count);
        Assert.Equal(("week.jsonl.gz:50000", "49999"), (read[^1].Origin, read[^1].Id));
        int total = (int)((new FileInfo(path).Length + 1023) / 1024);
        Assert.All(_run.ProgressSeen, progress => Assert.Equal(("Reading week.jsonl.gz (KB)", total), (progress.Activity.ToString(), progress.Total!.Value)));
        Assert.Equal(total, _run.ProgressSeen[^1].Done);
        Assert.True(_run.ProgressSeen.Count > 5);
    }

    [Fact]
    public async Task What_is_far_too_long_is_passed_over()
    {
        byte[] bytes = [.. "{\"id\":\"1\"}\n{\"x\":\""u8, .. Enumerable.Repeat((byte)'x', 17 * 1024 * 1024), .. "\"}\n{\"id\":\"3\"}\n"u8];

        Assert.Equal("f:1=1 f:3=3", Show(await ReadAsync(bytes)));
        Assert.Contains("longer than 16 MB", Assert.Single(_run.Failures).Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_an_error()
    {
        string missing = Path.Combine(_folder, "none");
        string damaged = Path.Combine(_folder, "damaged.gz");
        byte[] packed = Packed(Encoding.UTF8.GetBytes("{\"id\":\"1\"}\n"));
        packed[12] ^= 0xFF;
        await File.WriteAllBytesAsync(damaged, packed, TestContext.Current.CancellationToken);

        Assert.Empty(await EventReader.ReadFileAsync(missing, _run, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await EventReader.ReadFileAsync(damaged, _run, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal([(ErrorIds.FileNotReadable, missing), (ErrorIds.FileNotReadable, damaged)], _run.Failures.Select(failure => (failure.Error.ErrorId, $"{failure.Target}")));
    }

    [Fact]
    public async Task Reading_ends_when_it_is_told_to()
    {
        string path = Path.Combine(_folder, "many.jsonl");
        await File.WriteAllTextAsync(path, string.Concat(Enumerable.Repeat("{\"source\":\"s\"}\n", 100_000)), TestContext.Current.CancellationToken);
        using CancellationTokenSource ended = new();
        int count = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (EventDocument _ in EventReader.ReadFileAsync(path, _run, ended.Token))
            {
                if (++count == 10)
                    await ended.CancelAsync();
            }
        });
        Assert.True(count < 100_000);
    }

    [Fact]
    public async Task Whatever_the_bytes_are_there_is_an_end_and_no_crash()
    {
        RandomDocument random = new(3);
        for (int round = 0; round < 3_000; round++)
        {
            string text = string.Join(random.Below(2) == 0 ? "\n" : ",", Enumerable.Range(0, random.Below(5)).Select(_ => random.ValueText(3)));
            byte[] bytes = Encoding.UTF8.GetBytes(random.Below(2) == 0 ? text : "[" + text);
            for (int times = random.Below(4); times > 0 && bytes.Length > 0; times--)
                bytes[random.Below(bytes.Length)] = (byte)random.Below(256);
            foreach (EventDocument document in await ReadAsync(bytes))
                Assert.NotNull(document.Text);
        }

        Assert.All(_run.Failures, failure => Assert.Contains(failure.Error.ErrorId, new[] { ErrorIds.InvalidEvent, ErrorIds.FileNotReadable }));
    }

    [Fact]
    public async Task Written_on_lines_or_as_an_array_it_is_the_same()
    {
        RandomDocument random = new(5);
        for (int round = 0; round < 200; round++)
        {
            string[] events = [.. Enumerable.Range(0, 1 + random.Below(6)).Select(i => $"{{\"id\":\"{i.ToString(CultureInfo.InvariantCulture)}\",\"detail\":{random.ObjectText(4)}}}")];
            foreach (string form in new[] { string.Join('\n', events), "[" + string.Join(",\n", events) + "]", string.Join(' ', events.Select(one => one.Insert(1, "\n"))) })
                Assert.Equal(events, (await ReadAsync(Encoding.UTF8.GetBytes(form))).Select(document => document.Text.Replace("{\n", "{", StringComparison.Ordinal)));
        }

        Assert.Empty(_run.Failures);
    }

    private static byte[] Packed(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionMode.Compress))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private static string Show(IEnumerable<EventDocument> documents) =>
        string.Join(' ', documents.Select(document => $"{document.Origin}={(document.Form == EventForm.Entry ? "entry" : document.Id)}"));

    private async Task<List<EventDocument>> ReadAsync(byte[] bytes)
    {
        using Trickle stream = new(bytes);
        try
        {
            return await EventReader.ReadAsync(stream, "f", _run, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        }
        catch (OpsException e) when (e.ErrorId == ErrorIds.FileNotReadable)
        {
            return []; // bytes that begin like gzip and are not
        }
    }

    /// <summary>Gives a few bytes at a time, as a network does.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, Length > 10_000 ? 100_000 : 7)], cancellationToken);
    }
}
