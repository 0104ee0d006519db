using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Schemas.Comparing;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Schemas.Tests;

/// <summary>Reading schemas, and checking events with them.</summary>
public sealed class EventSchemaTests
{
    private const string Audio = """
        {
          "$schema": "http://json-schema.org/draft-07/schema#",
          "x-amazon-events-source": "media.app",
          "x-amazon-events-detail-type": "AudioUploaded",
          "type": "object",
          "required": ["userId", "s3Location"],
          "properties": {
            "userId": { "type": "string", "minLength": 1 },
            "kind": { "enum": ["a", "b"] },
            "size": { "$ref": "#/definitions/size" },
            "uploadTime": { "type": "string", "format": "date-time" },
            "s3Location": { "type": "object", "required": ["bucket", "key"], "additionalProperties": false, "properties": { "bucket": {}, "key": {} } },
            "owner": { "oneOf": [ { "type": "string" }, { "type": "object", "required": ["id"], "properties": { "id": { "type": "integer" } } } ] }
          },
          "definitions": { "size": { "type": "integer", "minimum": 1 } }
        }
        """;

    [Theory]
    [InlineData("""{"userId":"u","s3Location":{"bucket":"b","key":"k"},"size":1,"uploadTime":"2026-01-02T03:04:05Z","owner":"me"}""")]
    [InlineData("""{"s3Location":{"bucket":"b"}}""", "The detail has no \"userId\", which is required.", "/s3Location has no \"key\", which is required.")]
    [InlineData("""{"userId":"","s3Location":{"bucket":"b","key":"k"}}""", "/userId does not follow the rule \"minLength\": 1.")]
    [InlineData("""{"userId":7,"s3Location":{"bucket":"b","key":"k"}}""", "/userId is the number 7, but must be a string.")]
    [InlineData("""{"userId":"u","s3Location":{"bucket":"b","key":"k","x":1}}""", "/s3Location/x is not allowed by the schema.")]
    [InlineData("""{"userId":"u","s3Location":{"bucket":"b","key":"k"},"kind":"c"}""", "/kind is \"c\", but must be one of \"a\", \"b\".")]
    [InlineData("""{"userId":"u","s3Location":{"bucket":"b","key":"k"},"size":0}""", "/size is 0, but must be at least 1.")]
    [InlineData("""{"userId":"u","s3Location":{"bucket":"b","key":"k"},"uploadTime":"now"}""", "/uploadTime is \"now\", which is not a valid date-time.")]
    [InlineData("""{"userId":"u","s3Location":{"bucket":"b","key":"k"},"owner":{"id":"x"}}""", "/owner matches none of the 2 alternatives of oneOf. The closest one: /owner/id is a string, but must be an integer.")]
    [InlineData("3", "The detail is the number 3, but must be an object.")]
    public void An_event_is_checked(string detail, params string[] reasons) =>
        Assert.Equal(reasons, EventSchema.Parse(Audio, "audio-uploaded.v1").Validate(Json(detail)).Select(violation => violation.Reason.ToString()));

    [Theory]
    [InlineData("""{"properties":{"a":{"pattern":"^(a+)+$"}}}""")]
    [InlineData("""{"patternProperties":{"^(a+)+$":{}}}""")]
    public void A_regular_expression_that_takes_too_long_ends(string schema)
    {
        string slow = new string('a', 60) + "!";
        SchemaViolation violation = Assert.Single(EventSchema.Parse(schema, "slow").Validate(Json($$"""{"a":"{{slow}}","{{slow}}":1}""")));
        Assert.Equal("Whether the event follows the schema is unknown, because the regular expression ^(a+)+$ takes too long. Simplify it.", violation.Reason.ToString());
        EventSchema listed = EventSchema.Parse($$"""{ "properties": { "a": { "enum": ["{{slow}}"] }, "{{slow}}": true } }""", "listed");
        Assert.Equal(SchemaVerdict.Undecided, SchemaComparison.Compare([listed], EventSchema.Parse(schema, "slow"), SchemaCompatibility.Backward, SchemaPolicy.Strict, TestContext.Current.CancellationToken).Verdict);
    }

    [Theory]
    [InlineData("^\\\\p{Letter}+$", "Ärger", true)]
    [InlineData("^\\\\p{Letter}+$", "7", false)]
    [InlineData("(?<=a)b", "ab", true)]
    [InlineData("^\\\\d$", "٣", false)]
    public void Regular_expressions_are_those_of_ECMAScript(string pattern, string value, bool isValid) =>
        Assert.Equal(isValid, EventSchema.Parse($$"""{ "properties": { "a": { "pattern": "{{pattern}}" } } }""", "s").IsValid(Json($$"""{"a":"{{value}}"}""")));

    [Theory]
    [InlineData("^a$", "a\n", false)]
    [InlineData("^.$", "\r", false)]
    [InlineData("^.$", "\u2028", false)]
    [InlineData("^.$", "😀", true)]
    [InlineData("^..$", "😀", false)]
    [InlineData("^[^a]$", "😀", true)]
    [InlineData("^[😀-😂]$", "😁", true)]
    [InlineData("^[^😀-😂]$", "😁", false)]
    [InlineData("^[\\ud83d\\ude00b]+$", "b😀", true)]
    [InlineData("^\\u{1f600}{2}$", "😀😀", true)]
    [InlineData("^[^x]*(?![^y])", "😀x", false)]
    [InlineData("^\\s$", "\ufeff", true)]
    [InlineData("^\\S$", "\u0085", true)]
    [InlineData("^[\\s]$", "\u3000", true)]
    [InlineData("^\\w$", "é", false)]
    [InlineData("^\\W$", "é", true)]
    [InlineData("é\\b", "éa", true)]
    [InlineData("^[a-z-[aeiou]]$", "-]", true)]
    [InlineData("^[a-z-[aeiou]]$", "b", false)]
    [InlineData("^[]$", "a", false)]
    [InlineData("^[^]$", "\n", true)]
    [InlineData("^(?:(a)|b)\\1c$", "bc", true)]
    [InlineData("^(?<n>a|b)(c)\\k<n>\\2$", "acac", true)]
    [InlineData("^(?<n>a|b)(c)\\1\\2$", "acbc", false)]
    [InlineData("^\\p{Lu}\\P{Lu}$", "𝐀a", true)]
    [InlineData("^[\\p{L}\\d_-]+$", "ä-1_𝐀", true)]
    [InlineData("^[\\w.-]{2,}?@\\w+(?:\\.\\w+)*$", "a.b@c.de", true)]
    [InlineData("^{a}]$", "{a}]", true)]
    [InlineData("^\\-\\@\\/$", "-@/", true)]
    [InlineData("^\\cJ\\x41\\0$", "\nA\u0000", true)]
    public void Regular_expressions_mean_what_ECMAScript_says(string pattern, string value, bool isValid) =>
        Assert.Equal(isValid, EventSchema.Parse(new JsonObject { ["properties"] = new JsonObject { ["a"] = new JsonObject { ["pattern"] = pattern } } }.ToJsonString(), "s").IsValid(Json(new JsonObject { ["a"] = value }.ToJsonString())));

    [Theory]
    [InlineData("(?i)a")]
    [InlineData("(?i:a)")]
    [InlineData("(?>a)")]
    [InlineData("(?#a)")]
    [InlineData("(?'n'a)")]
    [InlineData("(?(1)a|b)")]
    [InlineData("\\A")]
    [InlineData("\\Z")]
    [InlineData("\\a")]
    [InlineData("\\p{IsGreek}")]
    [InlineData("\\1")]
    [InlineData("a**")]
    [InlineData("a{1}{2}")]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("[a")]
    [InlineData("[b-a]")]
    [InlineData("\\u12")]
    public void What_is_no_regular_expression_of_ECMAScript_is_refused(string pattern) =>
        Assert.Equal("/pattern", Assert.Single(EventSchema.Read(new JsonObject { ["pattern"] = pattern }.ToJsonString(), "s").Faults).Pointer);

    [Theory]
    [InlineData("""{"maxLength":1}""", "\"e\\u0301\"", false)]
    [InlineData("""{"minLength":2,"maxLength":2}""", "\"\\r\\n\"", true)]
    [InlineData("""{"maxLength":1}""", "\"😀\"", true)]
    [InlineData("""{"maxLength":4}""", "\"👨‍👩‍👧\"", false)]
    [InlineData("""{"minLength":5,"maxLength":5}""", "\"👨‍👩‍👧\"", true)]
    [InlineData("""{"const":1e400}""", "10e399", true)]
    [InlineData("""{"const":0}""", "1e-400", false)]
    [InlineData("""{"const":0}""", "-0.0", true)]
    [InlineData("""{"enum":[9007199254740993]}""", "9007199254740992", false)]
    [InlineData("""{"maximum":1e400}""", "1.0000000000000000000000000000000000001e400", false)]
    [InlineData("""{"exclusiveMinimum":0}""", "1e-400", true)]
    [InlineData("""{"multipleOf":0.1}""", "0.3", true)]
    [InlineData("""{"multipleOf":7}""", "1e999999999", false)]
    [InlineData("""{"multipleOf":8}""", "1e999999999", true)]
    [InlineData("""{"type":"integer"}""", "1e-400", false)]
    [InlineData("""{"type":"integer"}""", "1e400", true)]
    [InlineData("""{"type":"integer"}""", "1.5e1", true)]
    [InlineData("""{"uniqueItems":true}""", "[0,1e-400]", true)]
    [InlineData("""{"uniqueItems":true}""", "[{\"a\":1,\"b\":[1.0]},{\"b\":[1],\"a\":10e-1}]", false)]
    [InlineData("""{"maxItems":1e400}""", "[1]", true)]
    [InlineData("""{"minProperties":1e400}""", "{}", false)]
    public void Numbers_and_lengths_are_exact(string schema, string value, bool isValid) => Assert.Equal(isValid, EventSchema.Parse(schema, "s").IsValid(Json(value)));

    [Theory]
    [InlineData("""{"maxLength":1,"$ref":"#/definitions/s","definitions":{"s":{"type":"string"}}}""", "\"long\"", true)]
    [InlineData("""{"definitions":{"s":{"type":"string"}},"$ref":"#/definitions/s","maxLength":1}""", "\"long\"", true)]
    [InlineData("""{"required":["a"],"allOf":[false],"$ref":"#/definitions/s","definitions":{"s":{"type":"object"}}}""", "{}", true)]
    [InlineData("""{"properties":{"a":{"not":{"maxLength":1,"$ref":"#/definitions/s"}}},"definitions":{"s":{"type":"string"}}}""", "{\"a\":\"long\"}", false)]
    public void What_is_beside_a_reference_of_draft_07_has_no_effect(string schema, string value, bool isValid) =>
        Assert.Equal(isValid, EventSchema.Parse("{\"$schema\":\"http://json-schema.org/draft-07/schema#\"," + schema[1..], "s").IsValid(Json(value)));

    [Theory]
    [InlineData("""{"$id":"https://a.example/s","$dynamicAnchor":"n","not":{"$dynamicRef":"#n"}}""")]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2019-09/schema","$recursiveAnchor":true,"not":{"$recursiveRef":"#"}}""")]
    public void A_reference_that_never_ends_is_said_to_be_undecided(string schema)
    {
        EventSchema endless = EventSchema.Parse(schema, "s");
        Assert.Equal("$ref", Assert.Single(endless.Validate(Json("{}"))).Keyword);
        Assert.Equal(SchemaVerdict.Undecided, SchemaComparison.Compare([EventSchema.Parse("{}", "o")], endless, SchemaCompatibility.Backward, SchemaPolicy.Strict, TestContext.Current.CancellationToken).Verdict);
        Assert.Equal(SchemaVerdict.Undecided, SchemaComparison.Compare([endless], EventSchema.Parse("""{"required":["a"]}""", "o"), SchemaCompatibility.Backward, SchemaPolicy.Lenient, TestContext.Current.CancellationToken).Verdict);
    }

    [Theory]
    [InlineData("{\"properties\":{\"a\":{\"properties\":{\"b\":{\"enum\":[1,2]}}},\"c\":{\"$ref\":\"#/x/unknown_place\"}},\"x\":{\"unknown_place\":{\"const\":1}}}")]
    [InlineData("{\"properties\":{\"a\":{\"$dynamicAnchor\":\"n\",\"properties\":{\"b\":{\"enum\":[1,2]},\"d\":{\"$dynamicRef\":\"#n\"}}},\"c\":{\"const\":1}}}")]
    public void The_parts_of_a_schema_can_be_asked_side_by_side(string text)
    {
        for (int round = 0; round < 200; round++)
        {
            EventSchema schema = EventSchema.Parse(text, "s");
            Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 16 }, _ =>
            {
                Assert.True(schema.Decide(schema.Uri, "/properties/a/properties/b", Json("2")));
                Assert.False(schema.Decide(schema.Uri, "/properties/a", Json("{\"b\":3}")));
                Assert.False(schema.Decide(schema.Uri, "/properties/c", Json("2")));
            });
        }
    }

    [Fact]
    public void A_violation_names_the_place_and_the_rule()
    {
        SchemaViolation violation = Assert.Single(EventSchema.Parse(Audio, "audio-uploaded.v1").Validate(Json("""{"userId":"u","s3Location":{"bucket":"b","key":"k"},"size":0}""")));
        Assert.Equal(("/size", "/definitions/size/minimum", "minimum"), (violation.Pointer, violation.SchemaPointer, violation.Keyword));
    }

    [Fact]
    public void A_schema_says_which_events_it_describes()
    {
        EventSchema schema = EventSchema.Parse(Audio, "audio-uploaded.v1");
        Assert.Equal(("media.app", "AudioUploaded", SchemaDialect.Draft07), (schema.Source, schema.DetailType, schema.Dialect));
        Assert.Equal("AudioUploaded", EventSchema.TypeName("audio-uploaded.v1"));
    }

    [Theory]
    [InlineData("{", null, "The schema is not valid JSON")]
    [InlineData("[]", null, "A schema is a JSON object, or true or false, and this is an array.")]
    [InlineData("""{"properties":{"a":{"pattern":"(?i)a"}}}""", "/properties/a/pattern", "which is not a valid regular expression")]
    [InlineData("""{"$defs":{"a":{"not":{"$ref":"#/$defs/a"}}},"$ref":"#/$defs/a"}""", "/$defs/a/not/$ref", "applied to the same value")]
    [InlineData("""{"$defs":{"a":{"allOf":[{"$ref":"#/$defs/b"}]},"b":{"not":{"$ref":"#/$defs/a"}}},"$ref":"#/$defs/a"}""", "/$defs/b/not/$ref", "applied to the same value")]
    [InlineData("""{"$ref":"#"}""", "/$ref", "applied to the same value")]
    [InlineData("""{"properties":{"a":{"anyOf":[{"type":"string"},{"if":{"$ref":"#/properties/a"}}]}}}""", "/properties/a/anyOf/1/if/$ref", "applied to the same value")]
    [InlineData("""{"dependentSchemas":{"a":{"oneOf":[{"$ref":"#"}]}}}""", "/dependentSchemas/a/oneOf/0/$ref", "applied to the same value")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","dependencies":{"a":{"else":{"$ref":"#"},"if":true}}}""", "/dependencies/a/else/$ref", "applied to the same value")]
    [InlineData("""{"$defs":{"unused":{"then":{"$ref":"#/$defs/unused"},"if":true}}}""", "/$defs/unused/then/$ref", "applied to the same value")]
    [InlineData("""{"type":"strin"}""", "/type", "must be one of")]
    [InlineData("""{"properties":{"a":{"minimum":"x"}}}""", "/properties/a/minimum", "/properties/a/minimum is a string, but must be a number.")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-03/schema#"}""", "/$schema", "is not supported")]
    [InlineData("""{"properties":{"a":{"$ref":"#/definitions/none"}}}""", "/properties/a/$ref", "The schema that $ref names was not found: #/definitions/none.")]
    [InlineData("""{"openapi":"2.0"}""", "/openapi", "OpenAPI 2.0 is not supported.")]
    [InlineData("""{"openapi":"3.0.0","components":{"schemas":{}}}""", "/components/schemas", "components/schemas/AWSEvent")]
    [InlineData("""{"type":"object","type":"string"}""", null, "The key 'type' occurs twice.")]
    public void A_fault_of_a_schema_is_named_with_its_place(string text, string? pointer, string reason)
    {
        SchemaReading reading = EventSchema.Read(text, "x.v1");
        Assert.Null(reading.Schema);
        Assert.Contains(reading.Faults, fault => fault.Pointer == pointer && fault.Reason.ToString().Contains(reason, StringComparison.Ordinal));
        Assert.Equal(ErrorIds.InvalidSchema, Assert.Throws<OpsException>(() => EventSchema.Parse(text, "x.v1")).ErrorId);
    }

    [Theory]
    [InlineData("https://json-schema.org/draft/2020-12/schema")]
    [InlineData("https://json-schema.org/draft/2019-09/schema")]
    public void A_schema_that_is_nested_too_deeply_is_refused_in_plain_words(string dialect)
    {
        string Nested(int levels) => "{\"$schema\":\"" + dialect + "\"," + string.Concat(Enumerable.Repeat("\"properties\":{\"a\":{", levels)) + new string('}', (2 * levels) + 1);
        Assert.Empty(EventSchema.Read(Nested(40), "x.v1").Faults);
        foreach (SchemaReading reading in (SchemaReading[])[EventSchema.Read(Nested(400), "x.v1"), EventSchema.Read("{\"$ref\":\"y.json\"}", "x.v1", new Dictionary<string, string> { ["y.json"] = Nested(400) })])
            Assert.Equal("The schema is nested too deeply. Define its inner parts in $defs, and refer to them.", Assert.Single(reading.Faults).Reason.ToString());
    }

    [Fact]
    public void A_schema_of_the_registry_is_read()
    {
        EventSchema schema = EventSchema.Parse("""
            {"openapi":"3.0.0","info":{"version":"1.0.0","title":"UserRegistered"},"paths":{},
             "components":{"schemas":{
               "AWSEvent":{"type":"object","required":["detail"],"x-amazon-events-detail-type":"UserRegistered","x-amazon-events-source":"users","properties":{"detail":{"$ref":"#/components/schemas/UserRegistered"},"source":{"type":"string"}}},
               "UserRegistered":{"type":"object","required":["id"],"properties":{"id":{"type":"number","minimum":0,"exclusiveMinimum":true},"note":{"type":"string","nullable":true}}}}}}
            """, "user-registered.v1");
        Assert.Equal(("users", "UserRegistered", SchemaDialect.OpenApi30), (schema.Source, schema.DetailType, schema.Dialect));
        Assert.Empty(schema.Validate(Json("""{"id":1,"note":null}""")));
        SchemaViolation violation = Assert.Single(schema.Validate(Json("""{"id":0}""")));
        Assert.Equal(("/id", "/components/schemas/UserRegistered/properties/id/exclusiveMinimum"), (violation.Pointer, violation.SchemaPointer));
    }

    [Fact]
    public void A_schema_can_refer_to_another_file()
    {
        Dictionary<string, string> others = new() { ["address.json"] = """{"type":"object","required":["street"]}""" };
        EventSchema schema = EventSchema.Parse("""{"properties":{"home":{"$ref":"address.json"}}}""", "person.v1", others);
        Assert.Empty(schema.Validate(Json("""{"home":{"street":"x"}}""")));
        Assert.NotEmpty(schema.Validate(Json("""{"home":{}}""")));
        Assert.NotEmpty(EventSchema.Read("""{"properties":{"home":{"$ref":"address.json"}}}""", "person.v1").Faults);
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();
}
