using System.Text.Json;
using EventBridgeOps.Schemas.Comparing;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Schemas.Tests;

/// <summary>Formats, and what is said of values that do not have them.</summary>
public sealed class FormatTests
{
    [Theory]
    [InlineData("a@b.c", true)]
    [InlineData("x@example.c", true)]
    [InlineData("user@localhost", true)]
    [InlineData("first.last+tag@example.com", true)]
    [InlineData("~o'neil@example.com", true)]
    [InlineData("\"joe bloggs\"@example.com", true)]
    [InlineData("\"a@\\\"b\"@example.com", true)]
    [InlineData("a@[127.0.0.1]", true)]
    [InlineData("a@[IPv6:::1]", true)]
    [InlineData("a@xn--bcher-kva.example", true)]
    [InlineData("a", false)]
    [InlineData("@example.com", false)]
    [InlineData("a@", false)]
    [InlineData("a..b@example.com", false)]
    [InlineData(".a@example.com", false)]
    [InlineData("a b@example.com", false)]
    [InlineData("a@b@example.com", false)]
    [InlineData("a@-example.com", false)]
    [InlineData("a@example..com", false)]
    [InlineData("a@[300.0.0.1]", false)]
    [InlineData("a@[1.2.3]", false)]
    [InlineData("a@example.com\n", false)]
    [InlineData("a@ex_ample.com", false)]
    public void An_email_address_is_a_mailbox_of_rfc_5321(string text, bool isValid) => Assert.Equal(isValid, IsValid("email", text));

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("www.example.com", true)]
    [InlineData("xn--bcher-kva.example", true)]
    [InlineData("3com.com", true)]
    [InlineData("-a.example", false)]
    [InlineData("a-.example", false)]
    [InlineData("a_b", false)]
    [InlineData("", false)]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl.com", false)]
    public void A_host_name_is_one_of_rfc_1123(string text, bool isValid) => Assert.Equal(isValid, IsValid("hostname", text));

    [Theory]
    [InlineData("""{"format":"email"}""", "\"x\"", "The detail is \"x\", which is not a valid email address.")]
    [InlineData("""{"format":"date-time"}""", "\"2026-01-01T00:00:00\"", "The detail is \"2026-01-01T00:00:00\", which is not a valid date-time, because the time zone is missing. Write Z or an offset such as +01:00 at the end.")]
    [InlineData("""{"format":"date-time"}""", "\"yesterday\"", "The detail is \"yesterday\", which is not a valid date-time.")]
    [InlineData("""{"minimum":3}""", "2", "The detail is 2, but must be at least 3.")]
    [InlineData("""{"exclusiveMaximum":3}""", "3", "The detail is 3, but must be less than 3.")]
    [InlineData("""{"multipleOf":2}""", "3", "The detail is 3, but must be a multiple of 2.")]
    [InlineData("""{"properties":{"env":{"propertyNames":{"pattern":"^[a-z]+$"}}}}""", """{"env":{"Prod":1}}""", "The name /env/Prod is \"Prod\", which does not match the pattern ^[a-z]+$.")]
    [InlineData("""{"required":["id"]}""", "{}", "The detail has no \"id\", which is required.")]
    public void A_violation_says_what_is_wrong(string schema, string detail, string expected)
    {
        using JsonDocument parsed = JsonDocument.Parse(detail);

        Assert.Equal(expected, Assert.Single(EventSchema.Parse(schema, "a.json").Validate(parsed.RootElement)).Reason.ToString());
    }

    [Fact]
    public void A_list_that_is_cut_says_so()
    {
        using JsonDocument parsed = JsonDocument.Parse("-1");

        string reason = Assert.Single(EventSchema.Parse($$"""{"enum":[{{string.Join(",", Enumerable.Range(0, 50))}}]}""", "a.json").Validate(parsed.RootElement)).Reason.ToString();

        Assert.EndsWith("28, 29 and 20 more.", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"properties":{"id":{"type":"string","minLenght":1}}}""", "/properties/id/minLenght: minLenght (minLength)")]
    [InlineData("""{"requierd":["id"]}""", "/requierd: requierd (required)")]
    [InlineData("""{"anyOf":[{"Type":"string"}]}""", "/anyOf/0/Type: Type (type)")]
    [InlineData("""{"properties":{"requierd":{"type":"string"}},"x-note":1,"note":2,"example":{"minLenght":1},"enum":[{"minLenght":1}]}""", "")]
    [InlineData("""{"openapi":"3.0.0","info":{"title":"a","version":"1"},"paths":{},"components":{"schemas":{"A":{"type":"object","requird":["id"]}}}}""", "/components/schemas/A/requird: requird (required)")]
    public void A_misspelled_keyword_is_found(string schema, string expected) =>
        Assert.Equal(expected, string.Join("; ", SchemaKeywords.Misspelled(EventSchema.Parse(schema, "a.json")).Select(found => $"{found.Pointer}: {found.Keyword} ({found.Meant})")));

    [Theory]
    [InlineData("https://example.com/a.json", "but nothing is downloaded")]
    [InlineData("../a.json", "which leads out of the folder of the schema")]
    [InlineData("common/../../a.json", "which leads out of the folder of the schema")]
    [InlineData("common/a.json", "was not found: common/a.json")]
    [InlineData("#/nowhere", "was not found: #/nowhere")]
    public void A_reference_that_is_not_found_says_why(string reference, string expected) =>
        Assert.Contains(expected, Assert.Single(EventSchema.Read($$"""{"$ref":"{{reference}}"}""", "b.json").Faults).Reason.ToString(), StringComparison.Ordinal);

    [Fact]
    public void What_files_refer_to_is_found_in_folders_below()
    {
        Dictionary<string, string> files = new() { ["common/a.json"] = """{"$ref":"b.json#/x"}""", ["common/b.json"] = """{"items":{"$ref":"../c.json"}}""", ["c.json"] = """{"$ref":"../../d.json"}""", ["d.json"] = "{}" };

        Dictionary<string, string> found = SchemaReferences.Closure("main.json", """{"properties":{"a":{"$ref":"common/a.json"}}}""", path => files.GetValueOrDefault(path));

        Assert.Equal(["c.json", "common/a.json", "common/b.json"], found.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_not_decided_is_not_claimed()
    {
        EventSchema older = EventSchema.Parse("""{"properties":{"a":{"type":"string","pattern":"^(a|b)c$"}}}""", "v1"), newer = EventSchema.Parse("""{"properties":{"a":{"type":"string","pattern":"^[ab]c$"}}}""", "v2");

        SchemaDifference difference = Assert.Single(SchemaComparison.Compare([older], newer, SchemaCompatibility.Backward, SchemaPolicy.Lenient, TestContext.Current.CancellationToken).Differences);

        Assert.Equal(SchemaEffect.Unknown, difference.Effect);
        Assert.EndsWith(" It could not be decided whether the other version allows values that do not.", difference.Reason.ToString(), StringComparison.Ordinal);
    }

    private static bool IsValid(string format, string text)
    {
        using JsonDocument value = JsonDocument.Parse(JsonSerializer.Serialize(text));
        return EventSchema.Parse($$"""{"format":"{{format}}"}""", "a.json").IsValid(value.RootElement);
    }
}
