using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventBridgeOps.Schemas.Tests;

/// <summary>Small random schemas that meet each other often, and values that meet them often.</summary>
internal sealed class RandomSchemas(Random random)
{
    private static readonly string[] s_names = ["a", "b", "x-1", "r"];
    private static readonly string[] s_patterns = ["^a", "b$", "^a?b*$", "^.$", "^a.", "^.*$", "^[^a]+$", "^(?!e).*b?$"];
    private static readonly string[] s_texts = ["", "a", "b", "ab", "aab", "e\u0301", "😀", "a\n", "b\n", "é", "\u2028"];
    private static readonly decimal[] s_divisors = [0.5m, 1, 2, 3];

    // The names of keywords and the meaning of what is beside a $ref are others in draft-07.
    private bool _isDraft07;

    private string Definitions => _isDraft07 ? "definitions" : "$defs";

    public JsonObject Schema()
    {
        _isDraft07 = random.Next(4) == 0;
        JsonObject schema = Node(3, mayRefer: true);
        // Other values are no details of events.
        if (random.Next(4) > 0)
            schema["type"] = "object";
        if (_isDraft07)
            schema["$schema"] = "http://json-schema.org/draft-07/schema#";
        schema[Definitions] = new JsonObject { ["d"] = Node(2, mayRefer: true), ["e"] = Node(1, mayRefer: false) };
        return schema;
    }

    /// <summary>The schema with one thing changed, as versions are.</summary>
    public JsonObject Changed(JsonObject schema)
    {
        JsonObject changed = (JsonObject)schema.DeepClone();
        _isDraft07 = schema.ContainsKey("$schema");
        List<JsonObject> places = [];
        Collect(changed, places);
        JsonObject place = places[random.Next(places.Count)];
        JsonObject other = Node(1, mayRefer: true);
        if (random.Next(3) == 0 && place.FirstOrDefault(field => field.Key is not ("$defs" or "definitions" or "$schema")).Key is { } removed)
            place.Remove(removed);
        foreach (KeyValuePair<string, JsonNode?> field in other.Where(field => place != changed || field.Key != "type"))
            place[field.Key] = field.Value?.DeepClone();
        return changed;
    }

    /// <summary>Mostly an object, as the detail of an event is.</summary>
    public JsonElement Value()
    {
        using JsonDocument document = JsonDocument.Parse((random.Next(5) > 0 ? Fields(3) : Value(3))?.ToJsonString() ?? "null");
        return document.RootElement.Clone();
    }

    private static void Collect(JsonNode? node, List<JsonObject> places)
    {
        if (node is not JsonObject schema)
            return;
        places.Add(schema);
        foreach (KeyValuePair<string, JsonNode?> field in schema)
        {
            if (field.Key is "properties" or "patternProperties" or "dependentSchemas" or "dependencies" or "$defs" or "definitions")
            {
                foreach (KeyValuePair<string, JsonNode?> inner in (JsonObject)field.Value!)
                    Collect(inner.Value, places);
            }
            else if (field.Value is JsonArray list && field.Key is "anyOf" or "oneOf" or "allOf" or "prefixItems")
            {
                foreach (JsonNode? inner in (JsonArray)field.Value!)
                    Collect(inner, places);
            }
            else if (field.Key is not ("const" or "enum" or "dependentRequired"))
            {
                Collect(field.Value, places);
            }
        }
    }

    private JsonObject Node(int depth, bool mayRefer)
    {
        JsonObject schema = [];
        if (random.Next(3) > 0)
            schema["type"] = random.Next(4) > 0 ? Type() : new JsonArray([.. Enumerable.Range(0, 2).Select(_ => Type()).DistinctBy(type => type.GetValue<string>())]);
        for (int count = random.Next(1, 4); count > 0; count--)
            Keyword(schema, depth, mayRefer);
        return schema;
    }

    private JsonNode Inner(int depth, bool mayRefer) => random.Next(12) switch
    {
        0 => JsonValue.Create(true),
        1 => JsonValue.Create(false),
        2 or 3 when mayRefer => Reference(depth),
        _ => Node(depth - 1, mayRefer),
    };

    // Sometimes with keywords before and after it, which have no effect in draft-07.
    private JsonObject Reference(int depth)
    {
        JsonObject schema = random.Next(3) == 0 ? Node(depth - 1, mayRefer: false) : [];
        schema["$ref"] = $"#/{Definitions}/" + (random.Next(2) == 0 ? "d" : "e");
        if (random.Next(3) == 0)
            Keyword(schema, 0, mayRefer: false);
        return schema;
    }

    private void Keyword(JsonObject schema, int depth, bool mayRefer)
    {
        switch (random.Next(depth > 0 ? 26 : 11))
        {
            case 0: schema["enum"] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Value(1)).DistinctBy(value => value?.ToJsonString())]); break;
            case 1: schema["const"] = Value(1); break;
            case 2: schema["maximum"] = random.Next(-1, 4) + (random.Next(4) == 0 ? 0.5m : 0); break;
            case 3: schema["minimum"] = random.Next(-2, 3); break;
            case 4: schema[random.Next(2) == 0 ? "exclusiveMaximum" : "exclusiveMinimum"] = random.Next(-1, 4); break;
            case 5: schema["multipleOf"] = s_divisors[random.Next(s_divisors.Length)]; break;
            case 6: schema[random.Next(2) == 0 ? "maxLength" : "minLength"] = random.Next(0, 3); break;
            case 7: schema["pattern"] = s_patterns[random.Next(s_patterns.Length)]; break;
            case 8: schema[random.Next(2) == 0 ? "maxItems" : "minItems"] = random.Next(0, 3); break;
            case 9: schema["uniqueItems"] = true; break;
            case 10: schema["required"] = new JsonArray(Name()); break;
            case 11 or 12 or 13 or 14: schema["properties"] = new JsonObject([.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Name()).Distinct().Select(name => KeyValuePair.Create(name, (JsonNode?)Inner(depth, mayRefer)))]); break;
            case 15: schema["additionalProperties"] = random.Next(2) == 0 ? false : Inner(depth, mayRefer); break;
            case 16: schema["patternProperties"] = new JsonObject { ["^x-"] = Inner(depth, mayRefer) }; break;
            case 17: schema[random.Next(2) == 0 ? "maxProperties" : "minProperties"] = random.Next(0, 3); break;
            case 18: schema["items"] = Inner(depth, mayRefer); break;
            case 19: schema[_isDraft07 ? "items" : "prefixItems"] = new JsonArray(Inner(depth, mayRefer)); break;
            case 20: schema["contains"] = Inner(depth, mayRefer); break;
            case 21: schema["anyOf"] = new JsonArray(Inner(depth, false), Inner(depth, false)); break;
            case 22: schema["oneOf"] = new JsonArray(Inner(depth, false), Inner(depth, false)); break;
            case 23: schema["not"] = Inner(depth - 1, false); break;
            case 24:
                schema["if"] = Inner(depth - 1, false);
                schema[random.Next(2) == 0 ? "then" : "else"] = Inner(depth - 1, false);
                break;
            default:
                switch (random.Next(4))
                {
                    case 0: schema["allOf"] = new JsonArray(Inner(depth, false), Inner(depth, false)); break;
                    case 1: schema[_isDraft07 ? "dependencies" : "dependentRequired"] = new JsonObject { [Name()] = new JsonArray(Name()) }; break;
                    case 2: schema[_isDraft07 ? "dependencies" : "dependentSchemas"] = new JsonObject { [Name()] = Inner(depth, false) }; break;
                    case 3 when _isDraft07 || random.Next(2) == 0: schema["propertyNames"] = random.Next(2) == 0 ? new JsonObject { ["enum"] = new JsonArray(Name(), "a") } : new JsonObject { ["pattern"] = s_patterns[random.Next(s_patterns.Length)] }; break;
                    default: schema["unevaluatedProperties"] = random.Next(2) == 0 ? false : Inner(depth, false); break;
                }

                break;
        }
    }

    private JsonValue Type() => JsonValue.Create(((string[])["object", "object", "object", "string", "integer", "number", "array", "boolean", "null"])[random.Next(9)]);

    private string Name() => s_names[random.Next(s_names.Length)];

    private JsonNode? Value(int depth) => random.Next(depth > 0 ? 10 : 6) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.Next(-2, 5),
        3 => random.Next(-2, 5) + 0.5m,
        4 or 5 => s_texts[random.Next(random.Next(2) == 0 ? 5 : s_texts.Length)],
        6 => new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => Value(depth - 1))]),
        _ => Fields(depth),
    };

    private JsonObject Fields(int depth) => new([.. ((string[])["a", "b", "x-1", "r", "z"]).Where(_ => random.Next(2) == 0).Select(name => KeyValuePair.Create(name, Value(depth - 1)))]);
}
