using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Events.Tests;

public class DocumentTests
{
    [Theory]
    [InlineData("1.0", "1", true)]
    [InlineData("10e-1", "1", true)]
    [InlineData("100", "1E+2", true)]
    [InlineData("0.00120", "1.2e-3", true)]
    [InlineData("-1.50", "-15e-1", true)]
    [InlineData("1", "-1", false)]
    [InlineData("0", "-0", true)]
    [InlineData("0.0", "0e5", true)]
    [InlineData("1e400", "10e399", true)]
    [InlineData("1e400", "1e401", false)]
    [InlineData("9007199254740993", "9007199254740992", false)]
    [InlineData("9007199254740993", "9007199254740993.000", true)]
    [InlineData("0.1000000000000000055511151231257827", "0.1", false)]
    [InlineData("1e99999999999999999999", "1e99999999999999999999", true)]
    [InlineData("1e99999999999999999999", "1e99999999999999999998", false)]
    [InlineData("12", "120", false)]
    public void Numbers_are_the_same_when_their_exact_values_are(string left, string right, bool same)
    {
        Assert.Equal(same, DecimalText.Same(left, right));
        Assert.Equal(same, DecimalText.Same(right, left));
        Assert.Equal(same, DocumentDiff.Same(Document.Parse($$"""{"n":{{left}}}"""), Document.Parse($$"""{"n":{{right}}}""")));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("\"1\"")]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("[1,2]")]
    [InlineData("[2,1]")]
    [InlineData("\"Ä\"")]
    [InlineData("\"A\\u0308\"")]
    public void Different_values_differ(string value)
    {
        string[] others = ["1", "\"1\"", "true", "false", "null", "{}", "[]", "[1]", "[1,2]", "[2,1]", "\"Ä\"", "\"A\\u0308\""];
        JsonObject one = Document.Parse($$"""{"v":{{value}}}""");

        Assert.Equal([value], others.Where(other => DocumentDiff.Same(one, Document.Parse($$"""{"v":{{other}}}"""))));
        Assert.False(DocumentDiff.Same(one, new JsonObject()));
    }

    [Fact]
    public void The_order_of_keys_and_escapes_do_not_count() =>
        Assert.True(DocumentDiff.Same(Document.Parse("""{"a":"\u00e4\/","b":{"c":1,"d":2}}"""), Document.Parse("""{"b":{"d":2.0,"c":1},"a":"ä/"}""")));

    [Fact]
    public void Differences_name_the_innermost_place()
    {
        JsonObject before = Document.Parse("""{"a":{"b/~":[1,{"c":2}],"gone":null},"same":1}""");
        JsonObject after = Document.Parse("""{"a":{"b/~":[1,{"c":3}]},"same":1.0,"new":null}""");

        Assert.Equal(["/a/b~1~0/1/c", "/a/gone", "/new"], DocumentDiff.Between(before, after).Select(difference => difference.Pointer));
    }

    [Fact]
    public void Applying_the_differences_gives_the_other_document()
    {
        for (int seed = 0; seed < 2000; seed++)
        {
            RandomDocument random = new(seed);
            JsonObject before = random.Object(5);
            JsonObject after = random.Below(5) == 0 ? random.Object(4) : random.Mutate(before);
            string untouched = Document.Write(before);

            JsonObject? applied = DocumentDiff.Apply(before, DocumentDiff.Between(before, after));

            Assert.True(applied is not null && DocumentDiff.Same(applied, after), $"seed {seed}: {before.ToJsonString()} -> {after.ToJsonString()} gave {applied?.ToJsonString()}");
            Assert.Equal(untouched, Document.Write(before));
        }
    }

    [Theory]
    [InlineData("""{"a":1}""")]
    [InlineData("""{"a":null}""")]
    [InlineData("""{"a":{"b":[]}}""")]
    [InlineData("""{"a":{"b":"text"}}""")]
    public void A_difference_without_room_is_not_applied(string other)
    {
        IEnumerable<DocumentDifference> differences = DocumentDiff.Between(Document.Parse("""{"a":{"b":[{"c":1}]}}"""), Document.Parse("""{"a":{"b":[{"c":2}]}}"""));

        Assert.Null(DocumentDiff.Apply(Document.Parse(other), differences));
    }

    [Fact]
    public void What_leads_to_a_place_is_made() =>
        Assert.Equal("""{"a":{"b":2}}""", Document.Write(DocumentDiff.Apply([], DocumentDiff.Between(Document.Parse("""{"a":{"b":1}}"""), Document.Parse("""{"a":{"b":2}}""")))));

    [Fact]
    public void Nine_hundred_levels_are_compared_edited_and_written()
    {
        JsonObject deep = Document.Parse(Deep(900, "1"));
        JsonObject other = Document.Parse(Deep(900, "2"));

        DocumentDifference difference = Assert.Single(DocumentDiff.Between(deep, other));
        Assert.Equal(900, difference.Path.Count);
        Assert.True(DocumentDiff.Same(DocumentDiff.Apply(deep, [difference]), other));
        Assert.Equal(Deep(900, "1"), Document.Write(deep));
    }

    [Fact]
    public void Too_deep_a_document_is_refused() => Assert.ThrowsAny<JsonException>(() => Document.Parse(Deep(1001, "1")));

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"x":[{"y":{"a":1,"\u0061":2}}]}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"a":["\ud800"]}""")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{}{}")]
    [InlineData("{\"a\":1,}")]
    public void What_is_no_document_is_refused_when_it_is_read(string json)
    {
        Assert.ThrowsAny<JsonException>(() => Document.Parse(json));
        Assert.ThrowsAny<JsonException>(() => Document.Parse(Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void Numbers_and_unicode_are_written_as_they_were_read()
    {
        const string json = """{"n":[1.0,1e400,-0,9007199254740993,1E-7],"t":"Grüße ✓ <&'>","":{"é":null}}""";

        Assert.Equal(json, Document.Write(Document.Parse(json)));
        Assert.Equal(json, Encoding.UTF8.GetString(Document.WriteUtf8(Document.Parse(json).DeepClone())));
    }

    private static string Deep(int levels, string value) =>
        string.Concat(Enumerable.Repeat("{\"k\":", levels)) + value + new string('}', levels);
}
