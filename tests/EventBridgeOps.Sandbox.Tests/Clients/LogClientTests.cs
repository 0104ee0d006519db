using System.Text.Json;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Sandbox.Tests;

/// <summary>The logs of boto3, here and with moto.</summary>
public sealed class LogClientTests : SandboxTest
{
    private static readonly Dictionary<string, string> Deviations = new()
    {
        ["old"] = "moto's index is that of the last event; the service model says that the field is exclusive",
        ["errors"] = "moto gives one stream after the other; AWS interleaves them by time",
        ["all"] = "as above",
        ["policy"] = "moto tells no policyScope; the service model has it",
        ["group"] = "moto tells no deletionProtectionEnabled; the service model has it",
    };

    [Fact]
    public async Task Boto3SeesTheSameLogsAsWithMoto()
    {
        await using MotoEngine moto = await MotoFixture.StartAsync(Options);
        string output = await Child.Python(
            "logs.py", Server.Environment, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), Server.Endpoint.ToString(), moto.Endpoint.ToString());
        JsonElement both = JsonDocument.Parse(output).RootElement;
        List<string> different = [];
        foreach (JsonProperty seen in both[0].EnumerateObject())
        {
            string theirs = both[1].GetProperty(seen.Name).GetRawText();
            if (seen.Value.GetRawText() == theirs == Deviations.ContainsKey(seen.Name))
                different.Add($"{seen.Name}:\n  sandbox {seen.Value}\n  moto    {theirs}");
        }

        Assert.True(different.Count == 0, string.Join("\n", different));
    }
}
