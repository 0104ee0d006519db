using EventBridgeOps.Sandbox.Deliveries;

namespace EventBridgeOps.Sandbox.Tests.Facts;

/// <summary>Targets on other buses, in other Regions and accounts. Sources: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html and eb-service-cross-account.html.</summary>
public sealed class BusToBusFacts : FactTest
{
    [Fact]
    public async Task EventFromAnotherBusIsNotForwardedToAThird()
    {
        await Buses("one", "two", "three");
        await Forward("default", "one", "a");
        await Forward("one", "two", "a");
        await Send();
        Assert.Equal([DeliveryOutcome.Delivered, DeliveryOutcome.Lost], Server.Deliveries.OrderBy(delivery => delivery.EventBusName == "one").Select(delivery => delivery.Outcome));
    }

    /// <summary>The page: "prevents infinite loops"; the same limit ends a circle of buses.</summary>
    [Fact]
    public async Task CircleOfBusesEnds()
    {
        await Buses("one");
        await Forward("default", "one", "a");
        await Forward("one", "default", "a");
        await Forward("default", "default", "self");
        await Send();
        Assert.Equal(2, Server.Deliveries.Count(delivery => delivery.Outcome == DeliveryOutcome.Delivered));
        Assert.Equal("THIRD_ACCOUNT_HOP_DETECTED", Server.Deliveries.Single(delivery => delivery.EventBusName == "one").ErrorCode);
    }

    /// <summary>AWS recommends a role for every event bus that is a target, and demands one where an organization has access; without one, the sandbox delivers, and says that it is unknown whether AWS does.</summary>
    [Fact]
    public async Task BusWithoutRoleIsDeliveredToWithARemark()
    {
        (await Aws.Events("CreateEventBus", """{"Name":"one"}""")).Succeeded();
        await RuleWith($$"""{"Id":"t","Arn":"{{Bus}}one"}""");
        await Send();
        Assert.Equal((DeliveryOutcome.Delivered, "The target has no role; whether EventBridge delivers to it without one is unknown."), (Delivery().Outcome, Delivery().Reason));
    }

    [Theory]
    [InlineData("one", DeliveryOutcome.Delivered)]
    [InlineData("two", DeliveryOutcome.Lost)]
    public async Task RoleMustAllowToPutEventsOnTheBus(string allowed, DeliveryOutcome outcome)
    {
        (await Aws.Events("CreateEventBus", """{"Name":"one"}""")).Succeeded();
        await MakeRole($$"""{"Effect":"Allow","Action":"events:PutEvents","Resource":"{{Bus}}{{allowed}}"}""");
        await Forward("default", "one", "a");
        await Send();
        Assert.Equal(outcome, Delivery().Outcome);
        Assert.Equal(outcome == DeliveryOutcome.Lost ? "NO_PERMISSIONS" : null, Delivery().ErrorCode);
    }

    /// <summary>ministack's comment, verified against AWS on 2026-07-13.</summary>
    [Theory]
    [InlineData("arn:aws:sqs:us-east-1:123456789012:q")]
    [InlineData("arn:aws:sns:us-east-1:123456789012:t")]
    public async Task QueueAndTopicOfAnotherRegionAreTakenByPutTargetsAndFailLater(string arn)
    {
        using AwsClient there = new(Server.Endpoint, "us-east-1");
        (await there.Send("sqs", "/", "AmazonSQS.CreateQueue", """{"QueueName":"q"}""", "application/x-amz-json-1.0")).Succeeded();
        await RuleWith($$"""{"Id":"t","Arn":"{{arn}}"}""");
        await Send();
        Assert.Equal(DeliveryOutcome.Lost, Delivery().Outcome);
    }

    /// <summary>The role is needed in the account of the rule, and a policy in the other one, which the sandbox does not have.</summary>
    [Theory]
    [InlineData("arn:aws:sqs:eu-west-1:210987654321:q")]
    [InlineData("arn:aws:sns:eu-west-1:210987654321:t")]
    [InlineData("arn:aws:lambda:eu-west-1:210987654321:function:f")]
    [InlineData("arn:aws:events:eu-west-1:210987654321:event-bus/default")]
    [InlineData("arn:aws:kinesis:eu-west-1:210987654321:stream/s")]
    public async Task TargetOfAnotherAccountIsNotSimulated(string arn)
    {
        await MakeRole();
        await RuleWith($$"""{"Id":"t","Arn":"{{arn}}","RoleArn":"{{EventsRole}}"}""");
        await Send();
        Assert.Equal(DeliveryOutcome.NotSimulated, Delivery().Outcome);
    }

    /// <summary>Batch is not on the list of services that rules reach in other accounts.</summary>
    [Fact]
    public async Task JobQueueOfAnotherAccountFails()
    {
        await MakeBatch();
        await RuleWith(Target("t").Replace("eu-west-1:123456789012:job-queue", "eu-west-1:210987654321:job-queue", StringComparison.Ordinal));
        await Send();
        Assert.Equal(DeliveryOutcome.Lost, Delivery().Outcome);
    }

    private async Task Buses(params string[] names)
    {
        foreach (string name in names)
            (await Aws.Events("CreateEventBus", $$"""{"Name":"{{name}}"}""")).Succeeded();
        await MakeRole();
    }

    private async Task Forward(string from, string to, string name)
    {
        await PutRule(name, from);
        (await Aws.Events("PutTargets", $$"""{"Rule":"{{name}}","EventBusName":"{{from}}","Targets":[{"Id":"t","Arn":"{{Bus}}{{to}}","RoleArn":"{{EventsRole}}"}]}""")).Succeeded();
    }
}
