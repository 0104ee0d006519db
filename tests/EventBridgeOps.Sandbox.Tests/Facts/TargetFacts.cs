namespace EventBridgeOps.Sandbox.Tests.Facts;

/// <summary>Targets of rules. Source: LocalStack's test_events_targets.snapshot.json and test_events.snapshot.json, recorded from AWS on 2025-03-12.</summary>
public sealed class TargetFacts : FactTest
{
    [Fact]
    public async Task SixthTargetIsAnErrorOfTheCallAndNotAFailedEntry()
    {
        await PutRule("r");
        (await PutTargets("r", [.. Enumerable.Range(1, 5).Select(number => QueueTarget($"q{number}"))])).Succeeded();
        (await PutTargets("r", QueueTarget("q6"))).Failed(400, "LimitExceededException");
        Assert.Equal(5, (await ListTargets("r")).Json.GetProperty("Targets").GetArrayLength());
    }

    [Fact]
    public async Task AnswerSaysHowManyTargetsFailed()
    {
        await PutRule("r");
        Assert.Equal("""{"FailedEntryCount":0,"FailedEntries":[]}""", (await PutTargets("r", QueueTarget("q"))).Succeeded().Text);
    }

    [Theory]
    [InlineData("a.b-c_D9", true)]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234", true)]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345", false)]
    [InlineData("a/b", false)]
    [InlineData("", false)]
    public async Task IdHas64LettersDigitsDotsHyphensAndUnderscoresAtMost(string id, bool isTaken)
    {
        await PutRule("r");
        Answer answer = await PutTargets("r", $$"""{"Id":"{{id}}","Arn":"{{Queues}}q"}""");
        if (isTaken)
            answer.Succeeded();
        else
            answer.Failed(400, "ValidationException");
    }

    [Fact]
    public async Task RuleWithTargetsCannotBeDeletedAndDeletingAMissingRuleSucceeds()
    {
        await RuleWith(QueueTarget("q"));
        (await Aws.Events("DeleteRule", """{"Name":"r"}""")).Failed(400, "ValidationException", "Rule can't be deleted since it has targets.");
        (await Aws.Events("RemoveTargets", """{"Rule":"r","Ids":["q"]}""")).Succeeded();
        (await Aws.Events("DeleteRule", """{"Name":"r"}""")).Succeeded();
        (await Aws.Events("DeleteRule", """{"Name":"r"}""")).Succeeded(); // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteRule.html
    }
}
