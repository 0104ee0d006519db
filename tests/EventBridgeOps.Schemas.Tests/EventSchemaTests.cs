using System.Text.Json;
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
    [InlineData("""{"s3Location":{"bucket":"b"}}""", "The value has no \"userId\", which is required.", "/s3Location has no \"key\", which is required.")]
    [InlineData("""{"userId":"","s3Location":{"bucket":"b","key":"k"}}""", "/userId does not follow the rule \"minLength\": 1.")]
    [InlineData("""{"userId":7,"s3Location":{"bucket":"b","key":"k"}}""", "/userId is the number 7, but must be a string.")]
    [InlineData("""{"userId":"u","s3Location":{"bucket":"b","key":"k","x":1}}""", "/s3Location/x is not allowed by the schema.")]
    [InlineData("""{"userId":"u","s3Location":{"bucket":"b","key":"k"},"kind":"c"}""", "/kind is \"c\", but must be one of \"a\", \"b\".")]
    [InlineData("""{"userId":"u","s3Location":{"bucket":"b","key":"k"},"size":0}""", "/size does not follow the rule \"minimum\": 1.")]
    [InlineData("""{"userId":"u","s3Location":{"bucket":"b","key":"k"},"uploadTime":"now"}""", "/uploadTime is \"now\", which is not a valid date-time.")]
    [InlineData("""{"userId":"u","s3Location":{"bucket":"b","key":"k"},"owner":{"id":"x"}}""", "/owner matches none of the 2 alternatives of oneOf. The closest one: /owner/id is a string, but must be an integer.")]
    [InlineData("3", "The value is the number 3, but must be an object.")]
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
        Assert.Equal(SchemaVerdict.Undecided, SchemaComparison.Compare([listed], EventSchema.Parse(schema, "slow"), SchemaCompatibility.Backward, SchemaPolicy.Strict).Verdict);
    }

    [Theory]
    [InlineData("^\\\\p{Letter}+$", "Ärger", true)]
    [InlineData("^\\\\p{Letter}+$", "7", false)]
    [InlineData("(?<=a)b", "ab", true)]
    [InlineData("^\\\\d$", "٣", false)]
    public void Regular_expressions_are_those_of_ECMAScript(string pattern, string value, bool isValid) =>
        Assert.Equal(isValid, EventSchema.Parse($$"""{ "properties": { "a": { "pattern": "{{pattern}}" } } }""", "s").IsValid(Json($$"""{"a":"{{value}}"}""")));

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
    [InlineData("[]", null, "The schema is not valid JSON")]
    [InlineData("""{"type":"strin"}""", "/type", "must be one of")]
    [InlineData("""{"properties":{"a":{"minimum":"x"}}}""", "/properties/a/minimum", "/properties/a/minimum is a string, but must be a number.")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-03/schema#"}""", "/$schema", "is not supported")]
    [InlineData("""{"properties":{"a":{"$ref":"#/definitions/none"}}}""", "/properties/a/$ref", "The schema that $ref names was not found: #/definitions/none.")]
    [InlineData("""{"openapi":"2.0"}""", "/openapi", "OpenAPI 2.0 is not supported.")]
    [InlineData("""{"openapi":"3.0.0","components":{"schemas":{}}}""", "/components/schemas", "components/schemas/AWSEvent")]
    [InlineData("""{"type":"object","type":"string"}""", null, "The schema is not valid JSON")]
    public void A_fault_of_a_schema_is_named_with_its_place(string text, string? pointer, string reason)
    {
        SchemaReading reading = EventSchema.Read(text, "x.v1");
        Assert.Null(reading.Schema);
        Assert.Contains(reading.Faults, fault => fault.Pointer == pointer && fault.Reason.ToString().Contains(reason, StringComparison.Ordinal));
        Assert.Equal(ErrorIds.InvalidSchema, Assert.Throws<OpsException>(() => EventSchema.Parse(text, "x.v1")).ErrorId);
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
