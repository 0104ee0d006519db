using System.Text.Json;
using EventBridgeOps.Schemas.Documents;
using EventBridgeOps.Schemas.Inferring;

namespace EventBridgeOps.Schemas.Tests;

/// <summary>Schemas of real events.</summary>
public sealed class InferenceTests
{
    [Fact]
    public void All_values_follow_the_schema_that_is_made_of_them()
    {
        RandomSchemas make = new(new Random(5));
        for (int i = 0; i < 60; i++)
        {
            SchemaInference inference = new();
            JsonElement[] values = [.. Enumerable.Range(0, 12).Select(_ => make.Value())];
            Array.ForEach(values, inference.Add);
            EventSchema schema = EventSchema.Parse(inference.Schema().ToJsonString(), "inferred");
            Assert.All(values, value => Assert.True(schema.IsValid(value), $"{value} {inference.Schema()}"));
        }
    }

    [Theory]
    [InlineData("date-time", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05.123+01:00")]
    [InlineData("date", "2026-01-02", "2025-12-31")]
    [InlineData("uuid", "123e4567-e89b-12d3-a456-426614174000")]
    [InlineData("ipv4", "192.0.2.1", "10.0.0.255")]
    [InlineData("email", "a@example.com")]
    [InlineData("uri", "https://example.com/a?b=c", "s3://bucket/key")]
    [InlineData(null, "2026-01-02T03:04:05Z", "today")]
    public void A_format_is_stated_if_each_text_has_it(string? format, params string[] texts)
    {
        SchemaInference inference = new();
        foreach (string text in texts)
            inference.Add(JsonSerializer.SerializeToElement(text));
        Assert.Equal(format, (string?)inference.Schema()["format"]);
    }

    [Fact]
    public void The_example_of_a_consumer_checks_what_it_receives()
    {
        Assert.Empty(Examples.ReceivedEvent.Check("""{"detail":{"userId":"u-1","fileId":"f-1","s3Location":{"bucket":"b","key":"k"}}}"""));
        Assert.Equal(["The event has no detail."], Examples.ReceivedEvent.Check("{}"));
        Assert.Equal(["/s3Location has no \"key\", which is required. (/properties/s3Location/required)"], Examples.ReceivedEvent.Check("""{"detail":{"userId":"u-1","fileId":"f-1","s3Location":{"bucket":"b"}}}"""));
    }
}
