using System.Text;
using System.Text.Json.Nodes;
using EventBridgeOps.Changes;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Core.Tests;

public sealed class JournalTests : IDisposable
{
    private readonly FakeAccount _account = new FakeAccount().Define("job", [12, 14]);
    private readonly Run _run;

    public JournalTests() => _run = new Run(_account);

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task The_line_is_on_the_disk_before_the_write()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12"));
        string atWrite = "";
        _account.Before = (call, _) =>
        {
            if (call.StartsWith("PutTargets", StringComparison.Ordinal))
                atWrite = _run.JournalText;
            return Task.CompletedTask;
        };

        await _run.SyncAsync();

        Assert.Equal(["started", "writing"], atWrite.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Document.Parse(line).String("type")));
        Assert.EndsWith("\n", atWrite, StringComparison.Ordinal);
        Assert.Contains("\"JobDefinition\":\"job:12\"", atWrite, StringComparison.Ordinal);
        Assert.Contains("\"JobDefinition\":\"job:14\"", atWrite, StringComparison.Ordinal);
        Assert.Equal(3, _run.JournalText.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task A_change_tells_who_where_when_and_what()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12"));
        await _run.SyncAsync();

        Change change = Assert.Single(_run.NewJournal().Read());

        Assert.Matches("^19700101T0000[0-9]{2}Z-[0-9a-f]{6}$", change.Id);
        Assert.Equal((ChangeKind.Sync, ChangeStatus.Applied, "eu-west-1", FakeAccount.Id, "arn:aws:iam::123456789012:user/alice", null), (change.Kind, change.Status, change.Region, change.AccountId, change.Identity, change.Undoes));
        ChangeItem item = Assert.Single(change.Items);
        Assert.Equal(("bus/a/t", "job:12", "job:14", ChangeItemStatus.Written, null), (item.ToString(), item.From, item.To, item.Status, item.Error));
        Assert.Equal(["bus"], change.EventBusName);
    }

    [Fact]
    public async Task Many_writers_lose_and_mix_no_line()
    {
        string text = new('x', 20_000);
        JournalFolder[] journals = [.. Enumerable.Range(0, 4).Select(_ => new JournalFolder(_run.Folder, _run.Time))];
        await Task.WhenAll(Enumerable.Range(0, 80).Select(i => Task.Run(() => journals[i % 4].AppendAsync(Line(i, text), Run.Token))));

        string[] lines = _run.JournalText.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(Enumerable.Range(0, 80), lines.Select(line => (int)Document.Parse(line)["n"]!).Order());
    }

    [Fact]
    public async Task Another_process_is_waited_for()
    {
        Directory.CreateDirectory(_run.Folder);
        FileStream theirs = new(Path.Combine(_run.Folder, "lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        using CancellationTokenSource cancel = new();
        Run run = _run;
        JournalFolder slow = new(run.Folder, new ManualTimeProvider()), patient = new(run.Folder, run.Time);

        Task waiting = slow.AppendAsync(Line(1), cancel.Token);
        await Task.Yield();
        Assert.False(waiting.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        OpsException patienceEnds = await Assert.ThrowsAsync<OpsException>(() => patient.AppendAsync(Line(2), Run.Token));
        await theirs.DisposeAsync();
        await patient.AppendAsync(Line(3), Run.Token);

        Assert.Equal(ErrorIds.JournalUnavailable, patienceEnds.ErrorId);
        Assert.Equal(3, (int)Document.Parse(run.JournalText)["n"]!);
    }

    [Fact]
    public async Task A_torn_last_line_swallows_nothing()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12")).Rule("bus", "b", FakeAccount.Target("t", "job:12"));
        await _run.SyncAsync(selections: [new() { EventBusName = "bus", RuleName = "a" }]);
        string file = Assert.Single(Directory.GetFiles(_run.Folder, "*.jsonl"));
        byte[] bytes = await File.ReadAllBytesAsync(file, Run.Token);
        byte[] torn = Encoding.UTF8.GetBytes("""{"v":1,"change":"x","type":"started","text":"Größ""");
        await File.WriteAllBytesAsync(file, [.. bytes, .. torn[..^1]], Run.Token);

        await _run.SyncAsync(selections: [new() { EventBusName = "bus", RuleName = "b" }]);

        Assert.Equal(["bus/a/t", "bus/b/t"], _run.Journal.Read().Select(change => Assert.Single(change.Items).ToString()));
        Assert.All(_run.Journal.Read(), change => Assert.Equal(ChangeStatus.Applied, change.Status));
    }

    [Fact]
    public async Task Wherever_a_process_is_killed_the_journal_can_be_read_and_undone()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t1", "job:12"), FakeAccount.Target("t2", "job:12"));
        await _run.SyncAsync();
        string file = Assert.Single(Directory.GetFiles(_run.Folder, "*.jsonl"));
        string[] lines = await File.ReadAllLinesAsync(file, Run.Token);
        string whole = string.Join('\n', lines) + "\n";

        for (int length = 0; length <= whole.Length; length += 7)
        {
            await File.WriteAllTextAsync(file, whole[..length], Run.Token);
            Change? change = _run.Journal.Read().SingleOrDefault();
            int complete = whole[..length].Count(letter => letter == '\n') + (lines.Any(line => whole[..length].EndsWith(line, StringComparison.Ordinal)) ? 1 : 0);
            Assert.Equal(complete switch { < 2 => null, 2 => ChangeStatus.InFlight, _ => (ChangeStatus?)ChangeStatus.Applied }, change?.Status);
        }

        await File.WriteAllTextAsync(file, string.Join('\n', lines[..2]), Run.Token);
        Assert.All(await _run.UndoAsync(), result => Assert.Equal(SyncStatus.Reverted, result.Status));
        Assert.Equal(("job:12", "job:12"), (_account.JobDefinition("bus", "a", "t1"), _account.JobDefinition("bus", "a", "t2")));
    }

    [Fact]
    public async Task Nobody_else_can_read_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("the profile is closed to others there");
            return;
        }

        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12"));
        await _run.SyncAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_run.Folder));
        foreach (string file in Directory.GetFiles(_run.Folder))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Without_a_journal_nothing_is_written()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12")).Rule("bus", "b", FakeAccount.Target("t", "job:12"));
        await File.WriteAllTextAsync(_run.Folder, "a file where the folder should be", Run.Token);

        OpsException error = await Assert.ThrowsAsync<OpsException>(() => _run.SyncAsync());
        File.Delete(_run.Folder);

        Assert.Equal((ErrorIds.JournalUnavailable, 0), (error.ErrorId, _account.Count("PutTargets")));
        Assert.Equal("WriteError", ErrorIds.Category(error.ErrorId));
    }

    [Fact]
    public void What_is_no_line_of_ours_is_passed_over()
    {
        Directory.CreateDirectory(_run.Folder);
        File.WriteAllText(Path.Combine(_run.Folder, "changes-1.jsonl"), "not json\n[]\n{}\n{\"change\":5}\n{\"change\":\"x\",\"type\":\"writing\",\"targets\":[{\"id\":\"t\"}]}\n\n");

        Assert.Empty(_run.Journal.Read());
        Assert.Empty(ChangeJournal.In(Path.Combine(_run.Folder, "absent"), _run.Time, () => 0).Read());
    }

    [Fact]
    public async Task A_damaged_line_is_reported_with_its_place()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12"));
        await _run.SyncAsync();
        string id = Assert.Single(_run.Journal.Read()).Id;
        await _run.UndoAsync();
        string file = Assert.Single(Directory.GetFiles(_run.Folder, "*.jsonl"));
        string[] lines = await File.ReadAllLinesAsync(file, Run.Token);
        lines[0] = lines[0].Replace("started", "star", StringComparison.Ordinal);
        lines[4] = new string('x', 600_000); // Longer than what is read at once.
        await File.WriteAllTextAsync(file, string.Join('\n', lines) + "\n" + lines[1][..30], Run.Token);
        RecordingObserver list = new(), last = new(), find = new();

        Assert.DoesNotContain(_run.Journal.Read(list), change => change.Id == id);
        await _run.Journal.ReadLastAsync(10, last, Run.Token);
        Assert.Throws<OpsException>(() => _run.Journal.Find(id, find));

        Assert.Equal([Damaged(1), Damaged(5)], list.Warnings);
        Assert.Equal([Damaged(5), Damaged(1)], last.Warnings);
        Assert.Equal([Damaged(5), Damaged(1)], find.Warnings);

        string Damaged(int line) =>
            $"The change journal is damaged: line {line} of {file} is not a valid entry. The change that it belongs to may be missing or incomplete. Correct the line, or restore the file from a backup.";
    }

    [Fact]
    public async Task An_empty_id_finds_no_change()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12"));
        await _run.SyncAsync();

        Assert.Equal(ErrorIds.ChangeNotFound, Assert.Throws<OpsException>(() => _run.Journal.Find("")).ErrorId);
    }

    [Fact]
    public async Task A_change_is_found_by_the_start_of_its_id()
    {
        _account.Rule("bus", "a", FakeAccount.Target("t", "job:12"));
        await _run.SyncAsync();
        await _run.UndoAsync();
        string[] ids = [.. _run.Journal.Read().Select(change => change.Id)];
        string common = string.Concat(ids[0].Zip(ids[1]).TakeWhile(pair => pair.First == pair.Second).Select(pair => pair.First));

        Assert.Equal(ids[0], _run.Journal.Find(ids[0]).Id);
        Assert.Equal(ids[1], _run.Journal.Find(ids[1][..(common.Length + 1)].ToUpperInvariant()).Id);
        Assert.Contains("matches 2 changes", Assert.Throws<OpsException>(() => _run.Journal.Find(common)).Message, StringComparison.Ordinal);
        Assert.Equal(ErrorIds.ChangeNotFound, Assert.Throws<OpsException>(() => _run.Journal.Find("nope")).ErrorId);
    }

    [Theory]
    [InlineData("given", "env", "/state", "/home/u", "given")]
    [InlineData(null, "env", "/state", "/home/u", "env")]
    [InlineData(" ", "", "/state", "/home/u", "/state/ebops/journal")]
    [InlineData(null, null, null, "/home/u", "/home/u/.local/state/ebops/journal")]
    public void The_folder_is_the_one_given_or_the_users_own(string? given, string? variable, string? state, string? home, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "other folders there");
        string? Environment(string name) => name switch { JournalLocation.Variable => variable, "XDG_STATE_HOME" => state, "HOME" => home, _ => null };

        Assert.Equal(Path.GetFullPath(expected), JournalLocation.Resolve(given, Environment, Path.GetFullPath));
    }

    [Fact]
    public void Without_any_folder_the_journal_says_how_to_give_one() =>
        Assert.Contains(JournalLocation.Variable, Assert.Throws<OpsException>(() => JournalLocation.Resolve(null, _ => null, Path.GetFullPath)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_new_day_gets_a_new_file()
    {
        await new JournalFolder(_run.Folder, _run.Time).AppendAsync(Line(1), Run.Token);
        _run.Time.Advance(TimeSpan.FromDays(1));
        await new JournalFolder(_run.Folder, _run.Time).AppendAsync(Line(2), Run.Token);

        Assert.Equal(["changes-1970-01-01.jsonl", "changes-1970-01-02.jsonl"], Directory.GetFiles(_run.Folder, "*.jsonl").Select(Path.GetFileName).Order());
    }

    private static byte[] Line(int number, string text = "") => Document.WriteUtf8(new JsonObject { ["n"] = number, ["text"] = text });
}
