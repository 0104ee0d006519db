using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventBridgeOps.Sandbox.CloudFormation.Templates;

/// <summary>Texts in templates, where numbers and flags stand for texts too.</summary>
internal static class NodeText
{
    /// <summary>The text of a scalar; null for anything else.</summary>
    public static string? Of(JsonNode? node) => node switch
    {
        null or JsonObject or JsonArray => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => node.ToJsonString(),
    };

    /// <summary>The text of a string; null for anything else.</summary>
    public static string? String(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>The texts of a list of scalars.</summary>
    public static string[] List(JsonNode? node) => node switch
    {
        JsonArray list => [.. list.Select(Of).OfType<string>()],
        null => [],
        _ => Of(node) is { } one ? [one] : [],
    };

    /// <summary>Whether a value says yes, as a flag or as a text.</summary>
    public static bool Flag(JsonNode? node) => Of(node) is "true" or "True" or "TRUE";
}
