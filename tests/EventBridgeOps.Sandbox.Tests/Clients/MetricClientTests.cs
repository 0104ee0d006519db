using System.Text.Json;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Sandbox.Tests;

/// <summary>The metrics of boto3, which speaks CBOR with CloudWatch, here and with moto.</summary>
public sealed class MetricClientTests : SandboxTest
{
    private static readonly Dictionary<string, string> Deviations = new()
    {
        ["statistics"] = "moto tells no unit where none was given; AWS has None",
        ["both"] = "moto says InvalidParameterValue; AWS has InvalidParameterCombination for it",
    };

    [Fact]
    public async Task Boto3SeesTheSameMetricsAsWithMoto()
    {
        await using MotoEngine moto = await MotoFixture.StartAsync(Options);
        string output = await Child.Python(
            "metrics.py", Server.Environment, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), Server.Endpoint.ToString(), moto.Endpoint.ToString());
        JsonElement both = JsonDocument.Parse(output).RootElement;
        foreach (JsonProperty seen in both[0].EnumerateObject())
        {
            string theirs = both[1].GetProperty(seen.Name).GetRawText();
            Assert.True(seen.Value.GetRawText() == theirs != Deviations.ContainsKey(seen.Name), $"{seen.Name}:\n  sandbox {seen.Value}\n  moto    {theirs}");
        }

        Assert.Equal("InvalidParameterCombination", both[0].GetProperty("both").GetString());
        Assert.Equal(5, both[0].GetProperty("data").GetProperty("sum").GetArrayLength());
    }
}
