namespace EventBridgeOps.Events.Rules;

/// <summary>ARNs of what is not there yet.</summary>
internal static class TemplateSymbols
{
    /// <summary>The ARN of an event bus.</summary>
    public static string BusArn(string bus) => "arn:${Partition}:events:${Region}:${AccountId}:event-bus/" + bus;
}
