using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventBridgeOps.Sandbox.Wire;

/// <summary>The JSON of the sandbox's own endpoints.</summary>
internal static class WebJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };
}
