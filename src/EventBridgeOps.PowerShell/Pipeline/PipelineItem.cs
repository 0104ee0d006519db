using System.Management.Automation;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.PowerShell.Pipeline;

/// <summary>
/// What an object from the pipeline says of a rule or a target: one of ours, of AWS.Tools', read back from a file, or made by hand.
/// </summary>
internal sealed class PipelineItem(PSObject source)
{
    /// <summary>The object as the user knows it.</summary>
    public object Source => source.BaseObject is PSCustomObject ? source : source.BaseObject;

    public string? EventBusName => Text("EventBusName");

    /// <summary>The name of the rule; null for an event bus, whose name is also in <c>Name</c>.</summary>
    public string? RuleName => Text("RuleName") ?? (EventBus is null ? Text("Name") : null);

    /// <summary>The name of the event bus that the object stands for, as <c>Get-EVBEventBusList</c> gives it; null of anything else.</summary>
    public string? EventBus => EventBridgeOps.Events.Names.Arn.TryParse(Text("Arn"), out Arn? arn) && arn.Service == "events" && arn.Resource.StartsWith("event-bus/", StringComparison.Ordinal) ? Text("Name") : null;

    public string? TargetId => Text("TargetId") ?? Text("Id");

    /// <summary>The region that the object was seen in, by its own word or its ARN's.</summary>
    public string? Region => Text("Region") ?? Arn?.Region;

    /// <summary>The account of the rule, by the object's own word or its ARN's.</summary>
    public string? AccountId => Text("AccountId") ?? (Arn is { Service: "events" } rule ? rule.AccountId : null);

    public string? ManagedBy => Text("ManagedBy");

    /// <summary>The rule's state, where the object tells all that there is to know of its rule.</summary>
    public string? RuleState => source.Properties["ManagedBy"] is null ? null : Text("RuleState");

    public string? JobDefinition => Text("JobDefinition")
        ?? (Value("BatchParameters") is { } batch ? new PipelineItem(PSObject.AsPSObject(batch)).JobDefinition : null);

    /// <summary>The name alone, where the object is about a job definition.</summary>
    public string? JobDefinitionName => Text("JobDefinitionName");

    public string? Status => Text("Status");

    public string? Document => Text("Document");

    private Arn? Arn => EventBridgeOps.Events.Names.Arn.TryParse(Text("Arn") ?? Text("JobDefinitionArn"), out Arn? arn) && arn is { Service: "events" or "batch", Region.Length: > 0 } ? arn : null;

    private string? Text(string property) =>
        LanguagePrimitives.TryConvertTo(Value(property), out string? text) && !string.IsNullOrEmpty(text) ? text : null;

    private object? Value(string property)
    {
        try
        {
            return source.Properties[property]?.Value;
        }
        catch (GetValueException)
        {
            return null; // A property that cannot be read says nothing.
        }
    }
}
