using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Terraform;

namespace EventBridgeOps.Events.Rules;

/// <summary>Values of a Terraform plan, in which what is not known is marked with what decides it.</summary>
internal sealed class TerraformValues(TerraformOrigins origins)
{
    /// <summary>A field as it is, with marks for what is not known; null when it is not set. The provider takes an empty text for one that is not set.</summary>
    public JsonNode? Value(TerraformResource resource, TerraformBlock block, string field)
    {
        JsonNode? value = block.Value(field);
        JsonNode? unknown = block.UnknownParts(field);
        if (TerraformBlock.IsTrue(unknown))
            return JsonValue.Create(Unknown(resource, block, field));
        return value is null || Document.Text(value) is { Length: 0 } ? null : Marked(value, unknown, () => Unknown(resource, block, field));
    }

    /// <summary>A text field, with a mark when it is not known; null when it is not set.</summary>
    public string? Text(TerraformResource resource, TerraformBlock block, string field) => Document.Text(Value(resource, block, field));

    /// <summary>The text that stands for an unknown field.</summary>
    public string Unknown(TerraformResource resource, TerraformBlock block, string field) =>
        string.Concat(Reasons(origins.Of(resource, block.Expression(field))).Select(origin => origin.Symbol).DefaultIfEmpty($"{resource.Address}.{field}").Distinct().Select(UnknownText.Of));

    /// <summary>The resource of a type that a field comes from; null when it is not exactly one.</summary>
    public TerraformResource? Tied(TerraformResource resource, string field, string type)
    {
        IReadOnlyList<TerraformResource> tied = Candidates(resource, field, type);
        return tied.Count == 1 && tied[0].Type == type ? tied[0] : null;
    }

    /// <summary>The resources that a field may come from, of which those of a type are not looked behind.</summary>
    public IReadOnlyList<TerraformResource> Candidates(TerraformResource resource, string field, string type) =>
        [.. Reasons(origins.Of(resource, resource.Body.Expression(field), type)).Select(origin => origin.Resource).OfType<TerraformResource>().Distinct()];

    /// <summary>The one attribute of a resource that a field is made of; null when there are several, or others.</summary>
    public TerraformOrigin? Attribute(TerraformResource resource, TerraformBlock block, string field)
    {
        IReadOnlyList<TerraformOrigin> reasons = Reasons(origins.Of(resource, block.Expression(field)));
        return reasons.Count == 1 && reasons[0].Resource is not null ? reasons[0] : null;
    }

    // What is known is not the reason that something is not; in a file without unknown values it is all there is.
    private static IReadOnlyList<TerraformOrigin> Reasons(IReadOnlyList<TerraformOrigin> all) =>
        all.Any(origin => !origin.IsKnown) ? [.. all.Where(origin => !origin.IsKnown)] : all;

    private static JsonNode Marked(JsonNode value, JsonNode? unknown, Func<string> mark)
    {
        switch (value, unknown)
        {
            case (JsonObject fields, JsonObject marks):
                JsonObject copy = fields.DeepClone().AsObject();
                foreach (KeyValuePair<string, JsonNode?> part in marks)
                {
                    if (TerraformBlock.IsTrue(part.Value))
                        copy[part.Key] = mark();
                    else if (fields[part.Key] is { } inner)
                        copy[part.Key] = Marked(inner, part.Value, mark);
                }

                return copy;
            case (JsonArray elements, JsonArray marks):
                return new JsonArray([.. elements.Select((element, i) => TerraformBlock.IsTrue(marks.ElementAtOrDefault(i)) ? JsonValue.Create(mark()) : element is null ? null : Marked(element, marks.ElementAtOrDefault(i), mark))]);
            default:
                return value.DeepClone();
        }
    }
}
