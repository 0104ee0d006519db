using EventBridgeOps.Projects.LiveTesting;

namespace EventBridgeOps.Core.Tests.Projects.LiveTesting;

/// <summary>What is the same input, where only the time of receipt is open.</summary>
public sealed class InputComparisonTests
{
    [Theory]
    [InlineData("""{"a": 1, "b": ["x"]}""", """{"b":["x"],"a":1}""", true)]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""", false)]
    [InlineData("""{"a":"1"}""", """{"a":1}""", false)]
    [InlineData("[1,2]", "[2,1]", false)]
    [InlineData("plain text", "plain text", true)]
    [InlineData("plain text", "other text", false)]
    [InlineData("""{"at":"EBOPS-INGESTION-TIME"}""", """{"at":"2026-11-28T12:00:01Z"}""", true)]
    [InlineData("""{"at":"EBOPS-INGESTION-TIME"}""", """{"at":"2026-11-28T12:00:01.123Z"}""", true)]
    [InlineData("""{"at":"EBOPS-INGESTION-TIME"}""", """{"at":"yesterday"}""", false)]
    [InlineData("received (EBOPS-INGESTION-TIME).", "received (2026-11-28T12:00:01Z).", true)]
    [InlineData("received (EBOPS-INGESTION-TIME).", "received (2026-11-28T12:00:01Z)!", false)]
    public void Inputs_are_compared(string expected, string actual, bool same) => Assert.Equal(same, InputComparison.Same(expected, actual));
}
