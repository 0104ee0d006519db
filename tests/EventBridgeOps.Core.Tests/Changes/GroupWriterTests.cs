using EventBridgeOps.Changes;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Core.Tests.Changes;

public sealed class GroupWriterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ebops-writer-");
    private readonly ManualTimeProvider _time = new() { AutoAdvance = true };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_throttled_write_keeps_the_tries_going_although_another_one_cannot_be_reached()
    {
        ScriptedKind kind = new() { Answers = (attempt, write) => attempt == 4 ? null : Fault(write.Item.Resource.TargetId == "first" ? ErrorIds.Unreachable : ErrorIds.Throttled) };
        List<ItemWrite> writes = await WriteAsync(kind, "first", "second");
        Assert.All(writes, write => Assert.True(write.IsAccepted));
        Assert.Equal(4, kind.Tries);
    }

    [Fact]
    public async Task Writes_that_cannot_be_reached_are_tried_twice()
    {
        ScriptedKind kind = new() { Answers = (_, _) => Fault(ErrorIds.Unreachable) };
        ItemWrite write = Assert.Single(await WriteAsync(kind, "t"));
        Assert.Equal((2, ErrorIds.Unreachable), (kind.Tries, write.Error?.ErrorId));
    }

    [Fact]
    public async Task A_write_that_may_not_be_repeated_is_looked_for_before_it_is_sent_again()
    {
        ScriptedKind kind = new() { IsRepeatable = false, Answers = (attempt, _) => attempt == 1 ? Fault(ErrorIds.ServiceUnavailable) : null };
        TimeSpan start = _time.Now;
        Assert.True(Assert.Single(await WriteAsync(kind, "t")).IsAccepted);
        Assert.Equal((2, 1 + 1 + 4), (kind.Tries, kind.Reads)); // Before each try, and four looks for the first.
        Assert.True(_time.Now - start >= TimeSpan.FromSeconds(0.2 + 0.4 + 0.8 + 1.6));
    }

    [Theory]
    [InlineData(ErrorIds.Throttled)]
    [InlineData(ErrorIds.ConcurrentModification)]
    public async Task A_write_that_was_refused_is_not_looked_for(string errorId)
    {
        ScriptedKind kind = new() { IsRepeatable = false, Answers = (attempt, _) => attempt == 1 ? Fault(errorId) : null };
        await WriteAsync(kind, "t");
        Assert.Equal((2, 2), (kind.Tries, kind.Reads));
    }

    [Fact]
    public async Task One_write_that_may_have_arrived_is_enough_to_look()
    {
        ScriptedKind kind = new() { IsRepeatable = false, Answers = (attempt, write) => attempt > 1 ? null : Fault(write.Item.Resource.TargetId == "first" ? ErrorIds.Throttled : ErrorIds.ServiceUnavailable) };
        await WriteAsync(kind, "first", "second");
        Assert.Equal(6, kind.Reads);
    }

    [Fact]
    public async Task What_took_effect_is_not_sent_again()
    {
        ScriptedKind kind = null!;
        kind = new ScriptedKind
        {
            IsRepeatable = false,
            Answers = (_, write) =>
            {
                kind.There[write.Item.Resource.Name] = new ResourceDocument(write.After!);
                return Fault(ErrorIds.Unreachable);
            },
        };
        Assert.True(Assert.Single(await WriteAsync(kind, "t")).IsAccepted);
        Assert.Equal(1, kind.Tries);
    }

    [Fact]
    public async Task A_look_back_that_fails_for_a_while_is_waited_out()
    {
        ScriptedKind kind = new() { Shows = look => look < 3 ? throw Fault(ErrorIds.Throttled) : true };
        Assert.True((await VerifyAsync(kind, TimeSpan.FromSeconds(10))).IsWritten);
        Assert.Equal(3, kind.Looks);
    }

    [Fact]
    public async Task A_look_back_that_fails_for_good_ends_the_write_at_once()
    {
        ScriptedKind kind = new() { Shows = _ => throw Fault(ErrorIds.AccessDenied) };
        ItemWrite write = await VerifyAsync(kind, TimeSpan.FromSeconds(10));
        Assert.Equal((1, "not verified: no"), (kind.Looks, write.Error?.Message));
    }

    [Fact]
    public async Task A_write_is_looked_for_until_the_time_is_used_up_and_then_is_not_verified()
    {
        ScriptedKind kind = new() { Shows = _ => false };
        ItemWrite write = await VerifyAsync(kind, TimeSpan.FromSeconds(0.2 + 0.4));
        Assert.Equal((3, ErrorIds.NotVerified), (kind.Looks, write.Error?.ErrorId)); // At once, after 0.2 s, and exactly at the end.
    }

    private static ServiceCallException Fault(string errorId) => new(errorId, Message.Verbatim("no"), new FailedCall("events", "PutTargets", null, 0, null));

    private async Task<List<ItemWrite>> WriteAsync(ScriptedKind kind, params string[] ids)
    {
        List<ItemWrite> writes = [.. ids.Select(id => new ItemWrite(new PlannedItem { Resource = ResourceId.Target("default", "r", id), Edits = [] }))];
        foreach (ItemWrite write in writes)
            kind.There[write.Item.Resource.Name] = new ResourceDocument(ScriptedKind.Document("before"));
        await Writer(kind).WriteAsync(writes, force: false, isRevert: false, Token);
        return writes;
    }

    private async Task<ItemWrite> VerifyAsync(ScriptedKind kind, TimeSpan timeout)
    {
        List<ItemWrite> writes = await WriteAsync(kind, "t");
        await Writer(kind).VerifyAsync(writes, timeout, isRevert: false, Token);
        return writes[0];
    }

    private GroupWriter Writer(ScriptedKind kind) => new(
        kind,
        new ChangeRecorder(ChangeJournal.In(_folder.FullName, _time, () => 0), null!, new ChangeOrigin(ChangeKind.Sync, "eu-west-1", null) { Caller = new CallerIdentity("123456789012", "arn", "id") }, null, SilentObserver.Instance, Token),
        new ItemRetry(_time, () => 0),
        _time);
}
