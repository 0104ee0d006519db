namespace EventBridgeOps.Events.Names;

/// <summary>The name of an event bus, from a name or an ARN.</summary>
public static class BusName
{
    /// <summary>The name of the default event bus.</summary>
    public const string Default = "default";

    private const string BusResource = "event-bus/";

    /// <summary>Returns the name in an ARN; any other text unchanged; <c>default</c> for null or empty.</summary>
    public static string Of(string? bus) => string.IsNullOrEmpty(bus) ? Default : TryRead(bus, out _, out string? name) ? name : bus!;

    /// <summary>The resource in the ARN of a rule: <c>rule/name</c> on the default bus, else <c>rule/bus/name</c>.</summary>
    /// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html#amazoneventbridge-resources-for-iam-policies</remarks>
    /// <param name="bus">The bus's name.</param>
    /// <param name="rule">The rule's name.</param>
    public static string RuleResource(string bus, string rule) => bus == Default ? $"rule/{rule}" : $"rule/{bus}/{rule}";

    /// <summary>The ARN of a rule on an event bus that is given by its ARN: the rule is where the event bus is. Null for a name.</summary>
    /// <param name="bus">The bus's name or ARN.</param>
    /// <param name="rule">The rule's name.</param>
    internal static string? RuleArn(string? bus, string rule) => TryRead(bus, out Arn? arn, out string? name) ? (arn with { Resource = RuleResource(name, rule) }).ToString() : null;

    /// <summary>Reads the ARN of an event bus.</summary>
    public static bool TryRead(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Arn? arn, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? name)
    {
        bool isBus = Arn.TryParse(text, out arn) && arn.Service == "events" && arn.Resource.StartsWith(BusResource, StringComparison.Ordinal);
        name = isBus ? arn!.Resource.Substring(BusResource.Length) : null;
        return isBus;
    }
}
