using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Sandbox.Tests;

/// <summary>
/// Random calls to the sandbox and to moto, by boto3: errors, answers and all that is stored must agree. Where moto is known to do otherwise
/// than AWS is listed in the script.
/// </summary>
public sealed class DynamoComparisonTests : SandboxTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Both_engines_answer_random_calls_alike(int seed)
    {
        await using MotoEngine moto = await MotoFixture.StartAsync(Options);
        const int Calls = 150;
        JsonElement compared = JsonDocument.Parse(await Child.Python(
            "compare_dynamo.py", Server.Environment, Server.Endpoint.ToString(), moto.Endpoint.ToString(), seed.ToString(CultureInfo.InvariantCulture), $"{Calls}")).RootElement;
        List<string> different = compared.GetProperty("different").EnumerateArray().Select(one => one.GetRawText()).ToList();
        Assert.True(different.Count == 0, string.Join("\n\n", different));

        Dictionary<string, int> outcomes = compared.GetProperty("outcomes").EnumerateObject().ToDictionary(outcome => outcome.Name, outcome => outcome.Value.GetInt32());
        Assert.InRange(outcomes.Where(outcome => outcome.Key.StartsWith("moto ", StringComparison.Ordinal)).Sum(outcome => outcome.Value), 0, Calls / 5);
        Assert.All(
            ["put_item succeeded", "update_item succeeded", "update_item ValidationException", "put_item ConditionalCheckFailedException", "query succeeded", "scan succeeded"],
            outcome => Assert.True(outcomes.GetValueOrDefault(outcome) >= 3, outcome));
    }
}
