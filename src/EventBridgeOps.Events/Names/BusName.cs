namespace EventBridgeOps.Events.Names;

/// <summary>An event bus by its name, whichever way it is written.</summary>
public static class BusName
{
    /// <summary>The name of the event bus that every account has.</summary>
    public const string Default = "default";

    private const string BusResource = "event-bus/";

    /// <summary>The name in an ARN; any other text as it is; <c>default</c> for none.</summary>
    public static string Of(string? bus) => string.IsNullOrEmpty(bus) ? Default : TryRead(bus, out _, out string? name) ? name : bus!;

    /// <summary>Reads the ARN of a bus.</summary>
    public static bool TryRead(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Arn? arn, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? name)
    {
        bool isBus = Arn.TryParse(text, out arn) && arn.Service == "events" && arn.Resource.StartsWith(BusResource, StringComparison.Ordinal);
        name = isBus ? arn!.Resource.Substring(BusResource.Length) : null;
        return isBus;
    }
}
