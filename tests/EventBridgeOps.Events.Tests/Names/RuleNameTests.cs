using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Events.Tests;

/// <summary>The rule that the physical ID of a resource of CloudFormation names.</summary>
public sealed class RuleNameTests
{
    [Theory]
    [InlineData("nightly", "default", "nightly")]
    [InlineData("orders|nightly", "orders", "nightly")]
    [InlineData("arn:aws:events:eu-west-1:123456789012:event-bus/orders|nightly", "orders", "nightly")]
    public void A_physical_ID_names_a_rule(string physicalId, string bus, string name) => Assert.Equal(new RuleName(bus, name), RuleName.OfPhysicalId(physicalId));
}
