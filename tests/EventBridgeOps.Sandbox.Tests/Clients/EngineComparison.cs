using System.Text.Json;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Sandbox.Tests;

/// <summary>Runs a script of boto3 with the sandbox and with moto.</summary>
internal static class EngineComparison
{
    /// <summary>Checks that both saw the same, but for what is listed, and that what is listed still differs.</summary>
    public static async Task SameAsMoto(SandboxServer server, string script, IReadOnlyDictionary<string, string> deviations)
    {
        await using MotoEngine moto = await MotoFixture.StartAsync();
        JsonElement both = JsonDocument.Parse(await Child.Python(script, server.Environment, server.Endpoint.ToString(), moto.Endpoint.ToString())).RootElement;
        List<string> wrong = [];
        foreach (JsonProperty seen in both[0].EnumerateObject())
        {
            string theirs = both[1].GetProperty(seen.Name).GetRawText();
            if (seen.Value.GetRawText() == theirs == deviations.ContainsKey(seen.Name))
                wrong.Add($"{seen.Name}:\n  sandbox {seen.Value}\n  moto    {theirs}");
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }
}
