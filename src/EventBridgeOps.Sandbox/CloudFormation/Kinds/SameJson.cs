using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Sandbox.CloudFormation.Templates;

namespace EventBridgeOps.Sandbox.CloudFormation.Kinds;

/// <summary>Compares values whose members may be in another order.</summary>
internal static class SameJson
{
    public static bool Are(JsonElement? left, JsonElement? right) => left is null || right is null
        ? left is null && right is null
        : JsonNode.DeepEquals(TemplateBody.Node(left.Value), TemplateBody.Node(right.Value));
}
