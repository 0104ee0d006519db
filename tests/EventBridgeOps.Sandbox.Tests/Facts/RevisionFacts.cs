using System.Text.Json;
using EventBridgeOps.Sandbox.Deliveries;

namespace EventBridgeOps.Sandbox.Tests.Facts;

/// <summary>Revisions of job definitions in targets, and the role of the target. Source: https://docs.aws.amazon.com/batch/latest/userguide/CWE_IAM_role.html.</summary>
public sealed class RevisionFacts : FactTest
{
    /// <summary>Inferred from the shape of the API: it takes the ARN of a target, which for Batch is the job queue.</summary>
    [Fact]
    public async Task RulesAreFoundByTheirJobQueueAndNotByTheirJobDefinition()
    {
        await MakeBatch();
        await RuleWith(Target("t"));
        Assert.Equal("""{"RuleNames":["r"]}""", (await Find(Queue)).Text);
        Assert.Equal("""{"RuleNames":[]}""", (await Find("arn:aws:batch:eu-west-1:123456789012:job-definition/job:1")).Text);

        async Task<Answer> Find(string arn) => (await Aws.Events("ListRuleNamesByTarget", $$"""{"TargetArn":"{{arn}}"}""")).Succeeded();
    }

    /// <summary>https://docs.aws.amazon.com/batch/latest/APIReference/API_DeregisterJobDefinition.html; the number of a revision is not used again.</summary>
    [Fact]
    public async Task DeregisteredRevisionIsGoneAfter180Days()
    {
        await Register("job");
        (await Aws.Batch("DeregisterJobDefinition", """{"jobDefinition":"job:1"}""")).Succeeded();
        Server.AdvanceTime(TimeSpan.FromDays(179));
        Assert.Equal("INACTIVE", Assert.Single(await Revisions()).GetProperty("status").GetString());
        (await Aws.Batch("DeregisterJobDefinition", """{"jobDefinition":"job:1"}""")).Succeeded(); // Once more does not keep it longer.
        Server.AdvanceTime(TimeSpan.FromDays(1));
        Assert.Empty(await Revisions());
        Assert.Equal(2, await Register("job"));

        async Task<JsonElement[]> Revisions() =>
            [.. (await Aws.Batch("DescribeJobDefinitions", """{"jobDefinitionName":"job"}""")).Succeeded().Json.GetProperty("jobDefinitions").EnumerateArray()];
    }

    /// <summary>A revision in the text of a state machine is no part of the target, so no rule is found by it; the sandbox runs no state machines, and says so.</summary>
    [Fact]
    public async Task RevisionInAStateMachineIsNotSeenByTheRule()
    {
        await MakeRole();
        await RuleWith($$"""{"Id":"t","Arn":"arn:aws:states:eu-west-1:123456789012:stateMachine:m","RoleArn":"{{EventsRole}}","Input":"{\"JobDefinition\":\"job:1\"}"}""");
        Assert.Equal("""{"RuleNames":[]}""", (await Aws.Events("ListRuleNamesByTarget", """{"TargetArn":"arn:aws:batch:eu-west-1:123456789012:job-definition/job:1"}""")).Succeeded().Text);
        await Send();
        Assert.Equal((DeliveryOutcome.NotSimulated, """{"JobDefinition":"job:1"}"""), (Delivery().Outcome, Delivery().Input));
    }

    /// <summary>Schedules (with the revision in the JSON text of their input: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html) and pipes are not in the sandbox, which refuses them.</summary>
    [Theory]
    [InlineData("scheduler", "/schedules/s", """{"ScheduleExpression":"rate(1 hour)","FlexibleTimeWindow":{"Mode":"OFF"},"Target":{"Arn":"arn:aws:scheduler:::aws-sdk:batch:submitJob","RoleArn":"r","Input":"{\"JobDefinition\":\"job:1\"}"}}""")]
    [InlineData("pipes", "/v1/pipes/p", """{"Source":"s","Target":"t","TargetParameters":{"BatchJobParameters":{"JobDefinition":"job:1","JobName":"j"}}}""")]
    public async Task SchedulesAndPipesAreRefused(string service, string path, string input)
    {
        Answer answer = await Aws.Send(service, path, null, input, "application/json");
        Assert.InRange(answer.Status, 400, 499);
        Assert.Contains("UnknownOperation", answer.ErrorCode, StringComparison.Ordinal);
    }

    /// <summary>aws/containers-roadmap issue 1761: what deregisters the old revision breaks what is pinned to it; without :N the newest active one runs.</summary>
    [Theory]
    [InlineData("job:1", DeliveryOutcome.DeadLettered)]
    [InlineData("job", DeliveryOutcome.Delivered)]
    public async Task TargetThatIsPinnedToADeregisteredRevisionFailsAtOnce(string definition, DeliveryOutcome outcome)
    {
        await MakeBatch();
        await MakeQueue("dead");
        await RuleWith(Target("t", definition, Dead));
        await Register("job");
        (await Aws.Batch("DeregisterJobDefinition", """{"jobDefinition":"job:1"}""")).Succeeded();
        await Send();
        Assert.Equal((outcome, 1), (Delivery().Outcome, Delivery().Attempts));
        if (outcome == DeliveryOutcome.Delivered)
            Assert.EndsWith("/job:2", (await OnlyJob()).GetProperty("jobDefinition").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("events.amazonaws.com", DeliveryOutcome.Delivered)]
    [InlineData("batch.amazonaws.com", DeliveryOutcome.Lost)]
    public async Task RoleOfTheTargetMustTrustEventBridge(string service, DeliveryOutcome outcome)
    {
        await MakeBatch();
        string trust = $$$"""{"Statement":{"Effect":"Allow","Principal":{"Service":"{{{service}}}"},"Action":"sts:AssumeRole"}}""";
        (await Iam("UpdateAssumeRolePolicy", $"&RoleName=events&PolicyDocument={Uri.EscapeDataString(trust)}")).Succeeded();
        await RuleWith(Target("t"));
        await Send();
        Assert.Equal(outcome, Delivery().Outcome);
    }

    /// <summary>The managed policy has the resource *; that a role for one revision ends with the next target is inferred.</summary>
    [Theory]
    [InlineData(true, DeliveryOutcome.Delivered)]
    [InlineData(false, DeliveryOutcome.Lost)]
    public async Task RoleForOneRevisionBreaksWhenTheTargetMovesOnAndTheManagedPolicyDoesNot(bool isManaged, DeliveryOutcome outcome)
    {
        (await Aws.Batch("CreateJobQueue", """{"jobQueueName":"main","priority":1,"state":"ENABLED"}""")).Succeeded();
        await Register("job");
        await Register("job");
        await MakeRole($$"""{"Effect":"Allow","Action":"batch:SubmitJob","Resource":["{{Queue}}","arn:aws:batch:eu-west-1:123456789012:job-definition/job:1"]}""");
        if (isManaged)
            (await Iam("AttachRolePolicy", "&RoleName=events&PolicyArn=arn:aws:iam::aws:policy/service-role/AWSBatchServiceEventTargetRole")).Succeeded();
        await RuleWith(Target("t"));
        await Send();
        Assert.Equal(DeliveryOutcome.Delivered, Delivery().Outcome);
        (await PutTargets("r", Target("t", "job:2"))).Succeeded();
        await Send();
        Assert.Equal(outcome, Server.Deliveries[^1].Outcome);
    }
}
