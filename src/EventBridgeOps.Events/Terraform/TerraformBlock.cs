using System.Text.Json.Nodes;

namespace EventBridgeOps.Events.Terraform;

/// <summary>The body of a resource, or a block in it: its values, which of them are known only after the plan is applied, and the expressions that they come from.</summary>
/// <param name="values">The planned values; an unknown one is missing, or null within a list.</param>
/// <param name="unknown">The <c>after_unknown</c> of the change; null when the file does not have it.</param>
/// <param name="expressions">The expressions of the configuration.</param>
internal sealed class TerraformBlock(JsonObject values, JsonNode? unknown, JsonObject expressions)
{
    /// <summary>The planned values.</summary>
    public JsonObject Values => values;

    /// <summary>A value; null when it is not set, or not known.</summary>
    public JsonNode? Value(string field) => values[field];

    /// <summary>The expression of a field; null when it is not set.</summary>
    public JsonNode? Expression(string field) => expressions[field];

    /// <summary>Which parts of a field are unknown: <c>true</c> for all of it, or an object or list of the same shape.</summary>
    public JsonNode? UnknownParts(string field)
    {
        if (unknown is JsonObject marks)
            return marks[field];
        if (unknown is not null)
            return unknown.DeepClone();
        // A plan without its changes: a field that is missing although it is written by references.
        return values[field] is null && TerraformExpression.References(expressions[field]).Any() ? JsonValue.Create(true) : null;
    }

    /// <summary>Whether there is such a field, as far as the file says.</summary>
    public bool Has(string field) => values.ContainsKey(field) || expressions.ContainsKey(field) || (unknown is JsonObject marks ? marks.ContainsKey(field) : field is "arn" or "id" or "name");

    /// <summary>Whether all of a field is unknown.</summary>
    public bool IsUnknown(string field) => IsTrue(UnknownParts(field));

    /// <summary>The blocks of a kind, in their order.</summary>
    public IReadOnlyList<TerraformBlock> Blocks(string field) => values[field] is JsonArray blocks
        ? [.. blocks.Select((block, i) => new TerraformBlock(block as JsonObject ?? [], unknown is null ? null : (UnknownParts(field) as JsonArray)?.ElementAtOrDefault(i) ?? new JsonObject(), TerraformExpression.Block(expressions[field], i)))]
        : [];

    /// <summary>Whether a mark of <c>after_unknown</c> stands for a whole value.</summary>
    public static bool IsTrue(JsonNode? mark) => mark is JsonValue value && value.TryGetValue(out bool isUnknown) && isUnknown;
}
