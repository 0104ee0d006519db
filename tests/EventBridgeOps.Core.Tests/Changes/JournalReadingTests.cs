using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Core.Tests.Changes;

/// <summary>Reading a journal: what it costs, and that journals of earlier versions are still read.</summary>
public sealed class JournalReadingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ebops-reading-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_journal_of_version_1_tells_the_same_as_ever()
    {
        string journals = Path.Combine(AppContext.BaseDirectory, "Changes", "Journals");
        File.Copy(Path.Combine(journals, "changes-2026-11-26.jsonl"), Path.Combine(_folder, "changes-2026-11-26.jsonl"));
        JsonArray expected = JsonNode.Parse(File.ReadAllText(Path.Combine(journals, "changes.json")))!.AsArray();

        IReadOnlyList<Change> changes = Open(_folder).Read();

        Assert.Equal(expected.Count, changes.Count);
        Assert.Contains(changes, change => change.Items.Any(item => item.Kind == ChangeItemKind.Deregistration));
        foreach ((Change change, JsonNode? was) in changes.Zip(expected))
        {
            Assert.Equal(
                (Text(was, "Id"), Text(was, "Kind"), Text(was, "Status"), Text(was, "Undoes"), Text(was, "Region"), Text(was, "AccountId"), Text(was, "Identity"), $"{DateTimeOffset.Parse(Text(was, "Time")!, CultureInfo.InvariantCulture):O}"),
                (change.Id, $"{change.Kind}", $"{change.Status}", change.Undoes, change.Region, change.AccountId, change.Identity, $"{change.Time:O}"));
            Assert.Equal(
                was!["Items"]!.AsArray().Select(item => string.Join("|", "Kind EventBusName RuleName TargetId JobDefinitionName From To Status Error Before After".Split(' ').Select(name => Text(item, name)))),
                change.Items.Select(item => string.Join("|", item.Kind, item.EventBusName, item.RuleName, item.TargetId, item.JobDefinitionName, item.From, item.To, item.Status, item.Error, item.Before, item.After)));
        }

        static string? Text(JsonNode? node, string name) => node?[name]?.ToString();
    }

    [Fact]
    public void A_journal_of_a_later_version_is_not_misread()
    {
        File.WriteAllText(Path.Combine(_folder, "changes-2026-11-26.jsonl"), """{"v":3,"change":"x","type":"started"}""" + "\n");

        OpsException error = Assert.Throws<OpsException>(() => Open(_folder).Read());

        Assert.Equal(ErrorIds.JournalUnavailable, error.ErrorId);
        Assert.Contains("Update EventBridgeOps.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kind_of_resource_that_is_not_known_is_not_taken_for_a_target()
    {
        CountingStore store = new();
        store.Add(Started("x"));
        store.Add("""{"v":2,"change":"x","type":"writing","items":[{"resource":"Unheard","name":"bus/rule/t","before":{},"after":{}}]}""");
        RecordingObserver observer = new();

        Assert.Empty(new ChangeJournal(store, TimeProvider.System, () => 0).Read(observer));
        Assert.NotEmpty(observer.Warnings);
    }

    [Fact]
    public async Task The_latest_changes_and_a_change_by_its_id_are_read_from_the_end()
    {
        CountingStore store = new();
        ChangeJournal journal = new(store, TimeProvider.System, () => 0);
        for (int i = 0; i < 1000; i++)
            store.Write(Id(i), i == 999 ? Id(998) : null, "t");

        IReadOnlyList<Change> last = await journal.ReadLastAsync(2, SilentObserver.Instance, Run.Token);
        Assert.Equal([Id(998), Id(999)], last.Select(change => change.Id));
        Assert.Equal([ChangeStatus.Undone, ChangeStatus.Applied], last.Select(change => change.Status));
        Assert.InRange(store.TakeCount(), 1, 7);

        Assert.Equal("""{"Id":"t"}""", Assert.Single((await journal.FindAsync(Id(990), SilentObserver.Instance, Run.Token)).Items).Before);
        Assert.InRange(store.TakeCount(), 1, 31);

        Assert.Equal(1000, (await journal.ReadAsync(SilentObserver.Instance, Run.Token).ToListAsync(Run.Token)).Count);
        Assert.Equal(2 * 3000, store.TakeCount());

        static string Id(int number) => $"20261121T093005Z-{number:x6}";
    }

    [Fact]
    public void Changes_that_were_made_at_the_same_time_come_in_the_order_in_which_they_were_begun()
    {
        CountingStore store = new();
        string[] ids = ["b", "a", "c"];
        foreach (string id in ids)
            store.Add(Started(id));
        foreach (string id in (string[])["c", "a", "b"])
            store.Add(Items(id, "writing", "t"));
        store.Add(Items("a", "written", "t"));

        Change[] changes = [.. new ChangeJournal(store, TimeProvider.System, () => 0).Read()];

        Assert.Equal(ids, changes.Select(change => change.Id));
        Assert.Equal([ChangeStatus.InFlight, ChangeStatus.Applied, ChangeStatus.InFlight], changes.Select(change => change.Status));
    }

    [Fact]
    public void A_hundred_thousand_targets_in_one_change_are_each_found_again()
    {
        const int targets = 100_000;
        CountingStore store = new();
        store.Add(Started("x"));
        string[] names = [.. Enumerable.Range(0, targets).Select(i => $"t{i}")];
        store.Add(Items("x", "writing", names));
        store.Add(Items("x", "written", names));

        Change change = Assert.Single(new ChangeJournal(store, TimeProvider.System, () => 0).Read());

        Assert.Equal((targets, ChangeStatus.Applied), (change.TargetCount, change.Status));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Lines_are_the_same_from_either_end(int seed)
    {
        Random random = new(seed);
        string path = Path.Combine(_folder, "lines");
        string[] lines = [.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => new string('x', random.Next(4) switch { 0 => 0, 1 => random.Next(10), 2 => random.Next(20_000), _ => random.Next(700_000) }))];
        string text = string.Join('\n', lines) + (random.Next(2) == 0 ? "\n" : "");
        File.WriteAllText(path, text);
        string[] whole = text.Split('\n', StringSplitOptions.RemoveEmptyEntries); // empty lines are nothing to a reader

        Assert.Equal(whole.Select(Length), ReadAll(path, backward: false));
        Assert.Equal(whole.Reverse().Select(Length), ReadAll(path, backward: true));

        static int Length(string line) => line.Length;

        static IEnumerable<int> ReadAll(string path, bool backward)
        {
            using LineFile file = new(File.OpenRead(path), backward);
            List<int> lengths = [];
            while (file.Next() is { } line)
            {
                Assert.Equal(-1, line.Span.IndexOfAnyExcept((byte)'x'));
                if (line.Length > 0)
                    lengths.Add(line.Length);
            }

            return lengths;
        }
    }

    private static ChangeJournal Open(string folder) => ChangeJournal.In(folder, TimeProvider.System, () => 0);

    private static string Started(string id, string? undoes = null) =>
        $$"""{"v":2,"change":"{{id}}","type":"started","kind":"Sync",{{(undoes is null ? "" : $"\"undoes\":\"{undoes}\",")}}"region":"eu-west-1","time":"2026-11-21T09:30:05+00:00"}""";

    private static string Items(string id, string type, params string[] targets) =>
        $$"""{"v":2,"change":"{{id}}","type":"{{type}}","items":[{{string.Join(',', targets.Select(target => $$"""{"resource":"Target","name":"bus/rule/{{target}}"{{(type == "writing" ? $$""","before":{"Id":"{{target}}"},"after":{"Id":"{{target}}","Arn":"a"}""" : "")}}}"""))}}]}""";

    /// <summary>Lines in memory, and how many of them were read.</summary>
    private sealed class CountingStore : IJournalStore
    {
        private readonly List<byte[]> _lines = [];
        private int _read;

        public string Location => "memory";

        public void Write(string id, string? undoes, string target)
        {
            Add(Started(id, undoes));
            Add(Items(id, "writing", target));
            Add(Items(id, "written", target));
        }

        public void Add(string line) => _lines.Add(Encoding.UTF8.GetBytes(line));

        public int TakeCount() => Interlocked.Exchange(ref _read, 0);

        public Task AppendAsync(byte[] line, CancellationToken cancellationToken)
        {
            _lines.Add(line);
            return Task.CompletedTask;
        }

        public async IAsyncEnumerable<StoredLine> ReadAsync(bool newestFirst, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            for (int i = 0; i < _lines.Count; i++)
            {
                _read++;
                yield return new StoredLine(_lines[newestFirst ? _lines.Count - 1 - i : i], MayBeHalf: false, () => Message.Verbatim("memory"));
            }
        }
    }
}
