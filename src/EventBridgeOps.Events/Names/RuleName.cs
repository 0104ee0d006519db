namespace EventBridgeOps.Events.Names;

/// <summary>A rule and its event bus.</summary>
/// <param name="Bus">The name of the event bus.</param>
/// <param name="Name">The name of the rule.</param>
public readonly record struct RuleName(string Bus, string Name)
{
    /// <summary>Reads the ID that CloudFormation gives to a rule: its name on the default event bus, else <c>bus|name</c>, where the bus may be an ARN.</summary>
    /// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html#aws-resource-events-rule-return-values</remarks>
    /// <param name="physicalId">The physical ID of the rule in a stack.</param>
    public static RuleName OfPhysicalId(string physicalId)
    {
        int end = physicalId.IndexOf('|');
        return end < 0 ? new(BusName.Default, physicalId) : new(BusName.Of(physicalId.Substring(0, end)), physicalId.Substring(end + 1));
    }
}
