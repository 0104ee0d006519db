using EventBridgeOps.Sandbox.Deliveries;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Sandbox.Tests.Facts;

/// <summary>Retries of EventBridge. Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html; the ranges: pull request 8626 of serverless/serverless.</summary>
public sealed class RetryFacts : FactTest
{
    [Theory]
    [InlineData("\"MaximumRetryAttempts\":0", true)]
    [InlineData("\"MaximumRetryAttempts\":185", true)]
    [InlineData("\"MaximumRetryAttempts\":186", false)]
    [InlineData("\"MaximumRetryAttempts\":-1", false)]
    [InlineData("\"MaximumEventAgeInSeconds\":60", true)]
    [InlineData("\"MaximumEventAgeInSeconds\":86400", true)]
    [InlineData("\"MaximumEventAgeInSeconds\":59", false)]
    [InlineData("\"MaximumEventAgeInSeconds\":86401", false)]
    [InlineData("\"MaximumEventAge\":60", false)] // serverless/serverless issue 9903: the member that was shipped with this name.
    public async Task RetryPolicyTakes60To86400SecondsAnd0To185Attempts(string policy, bool isTaken)
    {
        await PutRule("r");
        Answer answer = await PutTargets("r", QueueTarget("q", $",\"RetryPolicy\":{{{policy}}}"));
        Assert.Equal(isTaken ? 200 : 400, answer.Status);
    }

    [Fact]
    public async Task WithoutPolicyRetriesEndAfter185AttemptsOr24Hours()
    {
        Server.Faults.Add(new FaultRule { Service = FaultRule.Delivery, Fault = Fault.Throttle() });
        await MakeQueue("dead");
        await RuleWith(QueueTarget("q", Dead));
        await Send();
        Server.AdvanceTime(TimeSpan.FromHours(20));
        Assert.Equal(DeliveryOutcome.Retrying, Delivery().Outcome);
        Server.AdvanceTime(TimeSpan.FromHours(5));
        SandboxDelivery delivery = Delivery();
        Assert.Equal(DeliveryOutcome.DeadLettered, delivery.Outcome);
        Assert.InRange(delivery.Attempts, 100, 186); // The first attempt is not a retry.
        Assert.True(delivery.ChangedAt - delivery.StartedAt <= TimeSpan.FromHours(24));
    }

    [Fact]
    public async Task TimeBetweenAttemptsGrowsExponentiallyWithJitter()
    {
        Server.Faults.Add(new FaultRule { Service = FaultRule.Delivery, Fault = Fault.InternalError() });
        await PutRule("r");
        (await PutTargets("r", """{"Id":"a","Arn":"arn:aws:sqs:eu-west-1:123456789012:q"}""", """{"Id":"b","Arn":"arn:aws:sqs:eu-west-1:123456789012:q"}""")).Succeeded();
        await Send();
        List<TimeSpan> first = Waits("a"), second = Waits("b");
        Assert.NotEqual(first, second);
        Assert.True(first[7] > 16 * first[1], $"{first[1]} {first[7]}");

        List<TimeSpan> Waits(string target)
        {
            List<TimeSpan> waits = [];
            for (int attempt = 0; attempt < 8; attempt++)
            {
                SandboxDelivery delivery = Assert.Single(Server.Deliveries, delivery => delivery.TargetId == target);
                waits.Add(delivery.NextAttemptAt!.Value - delivery.ChangedAt);
                Server.AdvanceTime(delivery.NextAttemptAt.Value - Clock.GetUtcNow() - ahead);
                ahead = delivery.NextAttemptAt.Value - Clock.GetUtcNow();
            }

            return waits;
        }
    }

    [Theory]
    [InlineData("\"MaximumRetryAttempts\":2", "MaximumRetryAttempts", "2")]
    [InlineData("\"MaximumEventAgeInSeconds\":60", "MaximumEventAgeInSeconds", null)]
    public async Task WhatIsRetriedEndsByTheLimitThatIsReachedFirst(string policy, string condition, string? retries)
    {
        Server.Faults.Add(new FaultRule { Service = FaultRule.Delivery, Fault = Fault.Throttle() });
        await MakeQueue("dead");
        await RuleWith(QueueTarget("q", $",\"RetryPolicy\":{{{policy}}}" + Dead));
        await Send();
        Server.AdvanceTime(TimeSpan.FromHours(1));
        Dictionary<string, string> attributes = (await Letter("dead")).Attributes;
        Assert.Equal(("THROTTLING", condition), (attributes["ERROR_CODE"], attributes["EXHAUSTED_RETRY_CONDITION"]));
        if (retries is not null)
            Assert.Equal(retries, attributes["RETRY_ATTEMPTS"]);
    }

    [Theory]
    [InlineData("closed", "NO_PERMISSIONS")]
    [InlineData("missing", "NO_RESOURCE")]
    public async Task MissingPermissionAndMissingResourceGoToTheDeadLetterQueueWithoutRetry(string queue, string code)
    {
        await MakeQueue("dead");
        await MakeClosedQueue("closed");
        await RuleWith(QueueTarget(queue, Dead));
        await Send();
        Dictionary<string, string> attributes = (await Letter("dead")).Attributes;
        Assert.Equal((code, "0"), (attributes["ERROR_CODE"], attributes["RETRY_ATTEMPTS"]));
        Assert.Equal((DeliveryOutcome.DeadLettered, 1), (Delivery().Outcome, Delivery().Attempts));
    }

    private TimeSpan ahead;
}
