using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Events.Terraform;

/// <summary>Reads the expressions of a configuration: a constant, or the references in what is computed. How they are computed is not part of a plan.</summary>
/// <remarks>https://developer.hashicorp.com/terraform/internals/json-format#expression-representation.</remarks>
internal static class TerraformExpression
{
    /// <summary>The value of a constant; null for others.</summary>
    public static JsonNode? Constant(JsonNode? expression) => (expression as JsonObject)?["constant_value"];

    /// <summary>
    /// The references in an expression and the blocks below it. Terraform lists <c>a.b.c</c> together with <c>a.b</c>, which it needs for it; only the longest are given.
    /// </summary>
    public static IEnumerable<string> References(JsonNode? expression)
    {
        List<string> all = [.. All(expression)];
        return all.Where((reference, i) => !all.Take(i).Any(longer => longer == reference || IsWithin(longer, reference))).ToList();
    }

    /// <summary>The expressions of a block.</summary>
    public static JsonObject Block(JsonNode? blocks, int index) => blocks switch
    {
        JsonArray list => list.ElementAtOrDefault(index) as JsonObject ?? [],
        JsonObject one => one,
        _ => [],
    };

    private static IEnumerable<string> All(JsonNode? expression) => expression switch
    {
        JsonObject leaf when leaf["references"] is JsonArray references => references.Select(Document.Text).OfType<string>(),
        JsonObject fields when !fields.ContainsKey("constant_value") => fields.SelectMany(field => All(field.Value)),
        JsonArray blocks => blocks.SelectMany(All),
        _ => [],
    };

    private static bool IsWithin(string longer, string shorter) =>
        longer.Length > shorter.Length && longer.StartsWith(shorter, StringComparison.Ordinal) && longer[shorter.Length] is '.' or '[';
}
