using System.Management.Automation;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.PowerShell.Pipeline;

/// <summary>
/// What an object from the pipeline says about a rule or a target: output of this module or of AWS.Tools, read back from a file, or a custom object.
/// </summary>
internal sealed class PipelineItem(PSObject source)
{
    /// <summary>The object as the user sees it.</summary>
    public object Source => source.BaseObject is PSCustomObject ? source : source.BaseObject;

    public string? EventBusName => Text("EventBusName");

    /// <summary>The name of the rule; null for an event bus, whose name is also in <c>Name</c>.</summary>
    public string? RuleName => Text("RuleName") ?? (EventBus is null ? Text("Name") : null);

    /// <summary>The name of the event bus that the object stands for, as from <c>Get-EVBEventBusList</c>; otherwise null.</summary>
    public string? EventBus => EventBridgeOps.Events.Names.Arn.TryParse(Text("Arn"), out Arn? arn) && arn.Service == "events" && arn.Resource.StartsWith("event-bus/", StringComparison.Ordinal) ? Text("Name") : null;

    public string? TargetId => Text("TargetId") ?? Text("Id");

    /// <summary>The Region of the object, from its property or its ARN.</summary>
    public string? Region => Text("Region") ?? Arn?.Region;

    /// <summary>The account ID of the rule, from the property of the object or its ARN.</summary>
    public string? AccountId => Text("AccountId") ?? (Arn is { Service: "events" } rule ? rule.AccountId : null);

    public string? ManagedBy => Text("ManagedBy");

    /// <summary>The state of the rule, if the object has all properties of its rule.</summary>
    public string? RuleState => source.Properties["ManagedBy"] is null ? null : Text("RuleState");

    public string? JobDefinition => Text("JobDefinition")
        ?? (Value("BatchParameters") is { } batch ? new PipelineItem(PSObject.AsPSObject(batch)).JobDefinition : null);

    /// <summary>The name alone, if the object is about a job definition.</summary>
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
            return null; // A property that cannot be read is ignored.
        }
    }
}
