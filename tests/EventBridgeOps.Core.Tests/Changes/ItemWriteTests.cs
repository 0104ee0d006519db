using EventBridgeOps.Changes;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Services;

namespace EventBridgeOps.Core.Tests.Changes;

public sealed class ItemWriteTests
{
    private static readonly ResourceDocument Now = new(ScriptedKind.Document("before"));

    [Theory]
    [InlineData(true, true, null)]
    [InlineData(false, true, "Modified")]
    [InlineData(false, false, "OtherKind")]
    public void Edits_that_fit_only_by_force_say_that_it_was_modified_and_those_that_never_fit_that_it_is_of_another_kind(bool fits, bool fitsByForce, string? obstacle)
    {
        ScriptedKind kind = new() { Edits = (_, force) => fits || (force && fitsByForce) ? ScriptedKind.Document("after") : null };
        ItemWrite write = new(Item());
        write.Compare(kind, Now, force: false);
        Assert.Equal(obstacle, write.Error?.Message);
        Assert.Equal(obstacle is null, write.IsPending);
    }

    [Theory]
    [InlineData(false, "Gone")]
    [InlineData(true, "Gone")]
    public void What_is_gone_is_not_written(bool force, string obstacle)
    {
        ItemWrite write = new(Item());
        write.Compare(new ScriptedKind(), null, force);
        Assert.Equal(obstacle, write.Error?.Message);
        Assert.False(write.IsWritten);
    }

    [Fact]
    public void What_is_gone_is_made_again_by_force_where_the_plan_says_so()
    {
        PlannedItem item = Item() with { Recreate = true, After = """{"value":"whole"}""" };
        ItemWrite refused = new(item);
        refused.Compare(new ScriptedKind(), null, force: false);
        Assert.Equal("Gone", refused.Error?.Message);
        ItemWrite write = new(item);
        write.Compare(new ScriptedKind(), null, force: true);
        Assert.Equal("""{"value":"whole"}""", write.After?.ToJsonString());
    }

    [Theory]
    [InlineData(false, false, "Modified")]
    [InlineData(true, false, null)]
    [InlineData(false, true, null)]
    public void A_document_that_is_in_none_of_the_expected_states_is_modified(bool force, bool isExpected, string? obstacle)
    {
        ItemWrite write = new(Item() with { Expected = [PlannedItem.VersionPrefix + (isExpected ? "app:2" : "app:1")] });
        write.Compare(new ScriptedKind(), Now with { Version = "app:2" }, force);
        Assert.Equal(obstacle, write.Error?.Message);
    }

    [Fact]
    public void Without_expected_states_it_is_written()
    {
        ItemWrite write = new(Item());
        write.Compare(new ScriptedKind(), Now, force: false);
        Assert.Equal("""{"value":"after"}""", Assert.Single(write.Sent).ToJsonString());
        Assert.Same(Now, write.Before);
        Assert.True(write.IsPending);
    }

    [Fact]
    public void What_another_writer_did_already_is_superseded_and_not_written()
    {
        ItemWrite write = new(Item());
        ResourceDocument same = new(ScriptedKind.Document("after"));
        write.Compare(new ScriptedKind(), same, force: false);
        Assert.Equal((true, false, false), (write.IsSuperseded, write.IsWritten, write.IsPending));
        Assert.Same(same, write.Before);
    }

    [Fact]
    public void What_took_effect_although_it_failed_is_accepted_and_its_document_before_is_that_of_the_first_try()
    {
        ScriptedKind kind = new();
        ItemWrite write = new(Item());
        write.Compare(kind, Now, force: false);
        write.Answer(Fault(ErrorIds.Unreachable));
        write.Compare(kind, new ResourceDocument(ScriptedKind.Document("other")), force: true);
        Assert.Same(Now, write.Before);
        write.Answer(Fault(ErrorIds.ServiceUnavailable));
        write.Compare(kind, new ResourceDocument(ScriptedKind.Document("after"), "app:3") { Arn = "arn" }, force: false);
        Assert.Equal((true, new ResourceVersion("app:3", "arn"), 2), (write.IsAccepted, write.Made, write.Sent.Count));
    }

    [Theory]
    [InlineData(ErrorIds.Unreachable, true, true, true)]
    [InlineData(ErrorIds.ServiceUnavailable, true, true, true)]
    [InlineData(ErrorIds.Throttled, false, true, true)]
    [InlineData(ErrorIds.ConcurrentModification, false, true, true)]
    [InlineData(ErrorIds.AccessDenied, false, false, false)]
    public void An_error_says_whether_the_write_may_have_arrived_and_whether_it_is_tried_again(string errorId, bool mayHaveArrived, bool mayComeToShow, bool isPending)
    {
        ItemWrite write = new(Item());
        write.Compare(new ScriptedKind(), Now, force: false);
        write.Answer(Fault(errorId));
        Assert.Equal((mayHaveArrived, mayComeToShow, isPending, false), (write.MayHaveArrived, write.MayComeToShow, write.IsPending, write.IsWritten));
    }

    [Fact]
    public void A_write_that_shows_is_written_with_what_the_service_filled_in()
    {
        ItemWrite write = new(Item());
        write.Compare(new ScriptedKind(), Now, force: false);
        write.Answer(null);
        Assert.True(write.IsAccepted);
        Assert.Empty(write.Filled);
        write.Show(["/Extra"]);
        Assert.Equal((true, "/Extra"), (write.IsWritten, Assert.Single(write.Filled)));
        write.Show();
        Assert.Empty(write.Filled);
        write.End(new OpsException(ErrorIds.NotVerified, Message.Verbatim("no")));
        Assert.Equal((false, true), (write.IsWritten, write.MayComeToShow));
    }

    private static PlannedItem Item() => new() { Resource = ResourceId.Target("default", "r", "t"), Edits = [] };

    private static ServiceCallException Fault(string errorId) => new(errorId, Message.Verbatim("no"), new FailedCall("events", "PutTargets", null, 0, null));
}
