namespace EventBridgeOps.Sandbox.Tests;

public sealed class TargetTests : SandboxTest
{
    public static TheoryData<string> StrangeMembers { get; } = new()
    {
        """ "Invented": {"a" : [ 1.0, 1, 1e400, -0, 12345678901234567890123456789.10, 1E+2 ]} """,
        """ "InputTransformer":{"InputPathsMap":{"a":"$.a"},"InputTemplate":"\"<a>\"\n\u2713 é \/ \ud83d\ude80"} """,
        """ "Half":"\ud800" """,
        """ "Twice":{"a":1,"a":2} """,
        """ "Nothing":null """,
        $" \"Deep\":{string.Concat(Enumerable.Repeat("{\"a\":[", 500))}{string.Concat(Enumerable.Repeat("]}", 500))} ",
    };

    protected override SandboxOptions Options => new() { Seed = 1, KeepUnknownMembers = true };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await PutRule("r");
    }

    [Theory]
    [MemberData(nameof(StrangeMembers))]
    public async Task A_target_comes_back_letter_for_letter(string member)
    {
        string target = Target("1", more: "," + member);
        (await PutTargets("r", target)).Succeeded();
        Assert.Equal($$"""{"Targets":[{{target}}]}""", (await ListTargets("r")).Text);
    }

    [Fact]
    public async Task Putting_a_target_replaces_the_whole_document()
    {
        (await PutTargets("r", Target("1", more: ",\"RetryPolicy\":{\"MaximumRetryAttempts\":1}"), Target("2"))).Succeeded();
        (await PutTargets("r", Target("1"))).Succeeded();
        Assert.Equal($$"""{"Targets":[{{Target("1")}},{{Target("2")}}]}""", (await ListTargets("r")).Text);
    }

    [Fact]
    public async Task A_rule_takes_five_targets_and_none_of_a_request_that_brings_too_many()
    {
        (await PutTargets("r", [.. Enumerable.Range(1, 4).Select(i => Target($"{i}"))])).Succeeded();
        (await PutTargets("r", Target("5"), Target("6"))).Failed(400, "LimitExceededException");
        Assert.Equal(4, (await ListTargets("r")).Json.GetProperty("Targets").GetArrayLength());
        (await PutTargets("r", Target("4"), Target("5"))).Succeeded();
    }

    [Theory]
    [InlineData("""{"Arn":"arn:aws:sqs:eu-west-1:123456789012:q"}""")]
    [InlineData("""{"Id":"a b","Arn":"arn:aws:sqs:eu-west-1:123456789012:q"}""")]
    [InlineData("""{"Id":"1"}""")]
    [InlineData("""{"Id":"1","Arn":"nonsense"}""")]
    [InlineData("""{"Id":"1","Arn":"arn:aws:sqs:eu-west-1:123456789012:q.fifo"}""")]
    [InlineData("""{"Id":"1","Arn":"arn:aws:batch:eu-west-1:123456789012:job-queue/q"}""")]
    [InlineData("""{"Id":"1","Arn":"arn:aws:batch:eu-west-1:123456789012:job-queue/q","BatchParameters":{"JobName":"n"}}""")]
    [InlineData("""{"Id":"1","Arn":"arn:aws:sqs:eu-west-1:123456789012:q","Input":"{}","InputPath":"$"}""")]
    [InlineData("""{"Id":"1","Arn":"arn:aws:sqs:eu-west-1:123456789012:q","RetryPolicy":{"MaximumRetryAttempts":186}}""")]
    public async Task Bad_targets_are_refused(string target) => (await PutTargets("r", target)).Failed(400, "ValidationException");

    [Fact]
    public async Task A_request_takes_ten_entries()
    {
        (await PutTargets("r", [.. Enumerable.Range(1, 11).Select(i => Target($"{i}"))])).Failed(400, "ValidationException");
        (await PutTargets("r")).Failed(400, "ValidationException");
        (await Aws.Events("RemoveTargets", """{"Rule":"r","Ids":[]}""")).Failed(400, "ValidationException");
    }

    [Theory]
    [InlineData("""{"Id":"\ud800","Arn":"arn:aws:sqs:eu-west-1:123456789012:q"}""")]
    [InlineData("""{"Id":"1","Arn":"arn:aws:sqs:eu-west-1:123456789012:q","\ud800":1}""")]
    [InlineData("""{"Id":1,"Arn":"arn:aws:sqs:eu-west-1:123456789012:q"}""")]
    [InlineData("7")]
    public async Task What_is_not_of_the_right_kind_is_not_read(string target) =>
        (await PutTargets("r", target)).Failed(400, "SerializationException");

    [Fact]
    public async Task Targets_of_a_rule_that_is_not_there_are_not_found()
    {
        (await PutTargets("s", Target("1"))).Failed(400, "ResourceNotFoundException", "Rule s does not exist on EventBus default.");
        (await Aws.Events("ListTargetsByRule", """{"Rule":"s"}""")).Failed(400, "ResourceNotFoundException");
        (await Aws.Events("ListTargetsByRule", """{"Rule":"s","EventBusName":"b"}"""))
            .Failed(400, "ResourceNotFoundException", "Event bus b does not exist.");
    }

    [Fact]
    public async Task Rules_are_found_by_their_target()
    {
        foreach (string? rule in new[] { "s", "t" })
        {
            await PutRule(rule);
            (await PutTargets(rule, Target("1"), Target("2"))).Succeeded();
        }

        (await PutTargets("r", """{"Id":"1","Arn":"arn:aws:sqs:eu-west-1:123456789012:q"}""")).Succeeded();
        Assert.Equal(["s", "t"], await Pages(
            token => Aws.Events("ListRuleNamesByTarget", $$"""{"TargetArn":"{{Queue}}","Limit":1{{Continued("NextToken", token)}}}"""), "RuleNames", ""));
    }
}
