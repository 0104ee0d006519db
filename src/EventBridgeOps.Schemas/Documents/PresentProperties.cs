using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using Json.Schema;
using Json.Schema.Keywords;

namespace EventBridgeOps.Schemas.Documents;

/// <summary>The keyword <c>properties</c>, which looks at the properties that an object has. The library looks for each that the schema declares, which takes the product of their numbers.</summary>
/// <remarks>https://json-schema.org/draft/2020-12/json-schema-core#section-10.3.2.1.</remarks>
internal sealed class PresentProperties : PropertiesKeyword
{
    /// <summary>The places of the schemas by the names of their properties.</summary>
    public override object? ValidateKeywordValue(JsonElement value)
    {
        base.ValidateKeywordValue(value);
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        int place = 0;
        foreach (JsonProperty property in value.EnumerateObject())
            places[property.Name] = place++;
        return places;
    }

    public override KeywordEvaluation Evaluate(KeywordData keyword, EvaluationContext context)
    {
        if (context.Instance.ValueKind is not JsonValueKind.Object || keyword.Value is not Dictionary<string, int> places)
            return base.Evaluate(keyword, context);
        // In the order of the schema, so that what is said first does not depend on the event.
        SortedDictionary<int, JsonProperty> present = [];
        foreach (JsonProperty member in context.Instance.EnumerateObject())
        {
            if (places.TryGetValue(member.Name, out int place))
                present[place] = member;
        }

        List<EvaluationResults> details = [];
        foreach (KeyValuePair<int, JsonProperty> each in present)
        {
            JsonSchemaNode schema = keyword.Subschemas[each.Key];
            details.Add(schema.Evaluate(context with
            {
                Instance = each.Value.Value,
                InstanceLocation = context.InstanceLocation.Combine(schema.RelativePath),
                EvaluationPath = context.EvaluationPath.Combine(Name, each.Value.Name),
            }));
        }

        return new KeywordEvaluation
        {
            Keyword = Name,
            IsValid = details.TrueForAll(detail => detail.IsValid),
            Details = [.. details],
            Annotation = Document.Element(new JsonArray([.. present.Values.Select(member => (JsonNode)member.Name)])), // What unevaluatedProperties goes by.
        };
    }
}
