using System.Text.Json;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Patterns;
using EventBridgeOps.Patterns.Events;
using EventBridgeOps.Patterns.Syntax;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.EventBridge;

/// <summary>Event patterns, judged by the pattern engine in the service's words.</summary>
internal static class PatternOperations
{
    private const string TooComplex = "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character";

    public static RawDocument Test(Operation operation)
    {
        Constraints constraints = new();
        constraints.Text("eventPattern", operation.Input["EventPattern"], required: true, longest: 4096);
        constraints.Text("event", operation.Input["Event"], required: true);
        constraints.Check();

        EventPattern pattern = Read(operation.Input.Text("EventPattern")!);
        string tested = operation.Input.Text("Event")!;
        if (!IsWhole(tested))
            throw BadEvent();
        try
        {
            return RawDocument.Empty.With("Result", pattern.Matches(tested));
        }
        catch (EventException)
        {
            throw BadEvent();
        }
    }

    /// <summary>Reads a pattern, or refuses it as PutRule and TestEventPattern do.</summary>
    public static EventPattern Read(string text)
    {
        EventPattern pattern;
        try
        {
            pattern = EventPattern.Parse(text);
        }
        catch (PatternException e)
        {
            throw Invalid(e.ServiceMessage);
        }

        return EventPattern.Check(text).WildcardScore > PatternReport.MaxWildcardScore
            ? throw Invalid($"Event pattern is not valid. Reason: {TooComplex}")
            : pattern;
    }

    private static AwsError Invalid(string message) => new(400, "InvalidEventPatternException", message);

    private static AwsError BadEvent() => AwsError.Validation("Parameter Event is not valid.");

    private static bool IsWhole(string text)
    {
        try
        {
            JsonElement document = Json.Parse(text);
            return document.ValueKind == JsonValueKind.Object
                && EventDocument.TestedFields.All(field => document.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
