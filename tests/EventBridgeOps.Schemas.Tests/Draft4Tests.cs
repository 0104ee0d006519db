using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Schemas.Documents;
using EventBridgeOps.Schemas.Registering;

namespace EventBridgeOps.Schemas.Tests;

/// <summary>What the schema registry takes says the same as the schema, or says what it does not.</summary>
public sealed class Draft4Tests
{
    private const int Values = 60;

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, int.Parse(Environment.GetEnvironmentVariable("EBOPS_SEEDS") ?? "4", System.Globalization.CultureInfo.InvariantCulture))];

    // The keyword, and what becomes of it; a fault of the conversion would show in the property test as well, but not where.
    public static TheoryData<string, string> Keywords => new()
    {
        { """{"exclusiveMinimum": 3}""", """{"minimum": 3, "exclusiveMinimum": true}""" },
        { """{"minimum": 3, "exclusiveMinimum": 3}""", """{"minimum": 3, "exclusiveMinimum": true}""" },
        { """{"minimum": 4, "exclusiveMinimum": 3}""", """{"minimum": 4}""" },
        { """{"maximum": 4, "exclusiveMaximum": 3}""", """{"maximum": 3, "exclusiveMaximum": true}""" },
        { """{"const": "a"}""", """{"enum": ["a"]}""" },
        { """{"examples": [1], "$comment": "x", "title": "t"}""", """{"title": "t"}""" },
        { """{"$defs": {"a": {"type": "string"}}, "$ref": "#/$defs/a"}""", """{"allOf": [{"$ref": "#/definitions/a"}], "definitions": {"a": {"type": "string"}}}""" },
        { """{"if": {"type": "string"}, "then": {"minLength": 1}}""", """{"anyOf": [{"not": {"type": "string"}}, {"minLength": 1}]}""" },
        { """{"contains": {"type": "string"}}""", """{"not": {"type": "array", "items": {"not": {"type": "string"}}}}""" },
        { """{"contains": {"type": "string"}, "minContains": 0}""", "{}" },
        { """{"propertyNames": {"pattern": "^a"}}""", """{"patternProperties": {"^a": {}}, "additionalProperties": false}""" },
        { """{"dependentRequired": {"a": ["b"]}, "dependentSchemas": {"c": {"minProperties": 2}}}""", """{"dependencies": {"a": ["b"], "c": {"minProperties": 2}}}""" },
        { """{"prefixItems": [{"type": "string"}, true], "items": false}""", """{"items": [{"type": "string"}, {}], "additionalItems": false}""" },
        { """{"properties": {"a": true, "b": false}, "required": []}""", """{"properties": {"a": {}, "b": {"not": {}}}}""" },
        { """{"$schema": "http://json-schema.org/draft-07/schema#", "items": [{"type": "string"}], "additionalItems": false}""", """{"items": [{"type": "string"}], "additionalItems": false}""" },
        { """{"$schema": "http://json-schema.org/draft-07/schema#", "$id": "https://example.com/a", "properties": {"next": {"$ref": "#", "description": "hidden"}}}""", """{"id": "https://example.com/a", "properties": {"next": {"$ref": "#"}}}""" },
    };

    [Theory]
    [MemberData(nameof(Keywords))]
    public void A_keyword_has_its_equal(string given, string expected)
    {
        RegistrySchema made = Of(given);

        Assert.Empty(made.Notes);
        Assert.Equal("JSONSchemaDraft4", made.Kind);
        JsonObject content = (JsonObject)made.Content.DeepClone();
        Assert.Equal("http://json-schema.org/draft-04/schema#", content["$schema"]!.GetValue<string>());
        content.Remove("$schema");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), content), content.ToJsonString());
    }

    [Theory]
    [InlineData("""{"unevaluatedProperties": false}""", "/unevaluatedProperties", "{}")]
    [InlineData("""{"contains": {}, "maxContains": 2}""", "/maxContains", """{"not":{"type":"array","items":{"not":{}}}}""")]
    [InlineData("""{"properties": {"a": {"format": "uuid"}}}""", "/properties/a/format", """{"properties":{"a":{"format":"uuid"}}}""")]
    [InlineData("""{"not": {"unevaluatedProperties": false}}""", "/not/unevaluatedProperties,/not", "{}")]
    [InlineData("""{"propertyNames": {"minLength": 2, "pattern": "^a"}}""", "/propertyNames", """{"patternProperties":{"^a":{}},"additionalProperties":false}""")]
    public void What_has_no_equal_is_said(string given, string pointers, string expected)
    {
        RegistrySchema made = Of(given);

        Assert.Equal(pointers.Split(','), made.Notes.Select(note => note.Pointer));
        made.Content.Remove("$schema");
        Assert.Equal(expected, made.Content.ToJsonString());
    }

    [Fact]
    public void Another_file_is_bundled()
    {
        EventSchema schema = EventSchema.Parse("""{"properties": {"to": {"$ref": "common/address.json#/$defs/town"}}}""", "order.v1.json", new Dictionary<string, string> { ["common/address.json"] = """{"$defs": {"town": {"type": "string", "format": "date"}}}""" });

        RegistrySchema made = RegistrySchema.Of("", schema);

        Assert.Equal("""{"$schema":"http://json-schema.org/draft-04/schema#","properties":{"to":{"$ref":"#/definitions/town"}},"definitions":{"town":{"type":"string","format":"date"}}}""", made.Content.ToJsonString());
        Assert.Equal("common/address.json#/$defs/town/format", Assert.Single(made.Notes).Pointer);
    }

    [Fact]
    public void An_OpenAPI_document_stays()
    {
        const string Text = """{"openapi": "3.0.0", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": {"Order": {"type": "object", "nullable": true}}}}""";

        RegistrySchema made = RegistrySchema.Of(Text, EventSchema.Parse(Text, "order.v1"));

        Assert.Equal("OpenApi3", made.Kind);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Text), made.Content));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void It_accepts_the_same_values_or_more_where_it_says_so(int seed)
    {
        RandomSchemas make = new(new Random(seed));
        int same = 0;
        for (int i = 0; i < 60; i++)
        {
            JsonObject given = make.Schema();
            if (EventSchema.Read(given.ToJsonString(), "x.v1").Schema is not { } schema)
                continue;
            RegistrySchema made = RegistrySchema.Of("", schema);
            EventSchema converted = EventSchema.Parse(AsDraft7(made.Content)!.ToJsonString(), "x.v1");
            for (int j = 0; j < Values; j++)
            {
                JsonElement value = make.Value();
                (bool before, bool after) = (schema.IsValid(value), converted.IsValid(value));
                Assert.True(before == after || (after && made.Notes.Count > 0), $"seed {seed}.{i}: {before} -> {after} for {value}: {given.ToJsonString()} -> {made.Content.ToJsonString()}");
                same += made.Notes.Count == 0 ? 1 : 0;
            }
        }

        Assert.True(same > 1000, $"Only {same} values were judged without a note.");
    }

    private static RegistrySchema Of(string text) => RegistrySchema.Of(text, EventSchema.Parse(text, "x.v1"));

    /// <summary>The library has no draft 4, which differs from draft-07 in three keywords where a schema uses both.</summary>
    private static JsonNode? AsDraft7(JsonNode? node, bool isSchema = true)
    {
        if (node is JsonArray elements)
            return new JsonArray([.. elements.Select(element => AsDraft7(element, isSchema))]);
        if (node is not JsonObject fields)
            return node?.DeepClone();
        JsonObject made = [];
        foreach (KeyValuePair<string, JsonNode?> field in fields)
        {
            bool isMap = isSchema && field.Key is "properties" or "patternProperties" or "definitions" or "dependencies";
            made[field.Key] = isSchema && field.Key is "enum" or "required" ? field.Value?.DeepClone() : AsDraft7(field.Value, !isMap);
        }

        if (!isSchema)
            return made;
        if (made.Remove("$schema"))
            made["$schema"] = "http://json-schema.org/draft-07/schema#";
        if (made["id"] is { } id)
        {
            made.Remove("id");
            made["$id"] = id;
        }

        foreach ((string flag, string bound) in new[] { ("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum") })
        {
            if (made[flag] is not JsonValue value || value.GetValueKind() is not JsonValueKind.True)
                continue;
            made[flag] = made[bound]!.DeepClone();
            made.Remove(bound);
        }

        return made;
    }
}
