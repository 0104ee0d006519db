using System.Text.Json;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Sandbox.Tests;

/// <summary>
/// The same calls to the sandbox and to moto: status, error code and shape must agree, but for what is listed here.
/// Where they disagree, the sandbox follows what AWS documents.
/// </summary>
public sealed class MotoComparisonTests : SandboxTest
{
    private static readonly Dictionary<string, string> Deviations = new()
    {
        ["assume role"] = "moto always tells a PackedPolicySize; AWS does so for calls with a policy",
        ["list buses"] = "moto tells no times of buses here; the service model has them",
        ["list buses by prefix"] = "as above",
        ["put batch target without parameters"] = "moto does not look at targets' parameters, but for FIFO queues",
        ["put eleven targets"] = "moto does not limit the entries of a request; AWS documents 10",
        ["put a sixth target"] = "moto does not limit the targets of a rule; AWS documents 5",
        ["put events"] = "moto delivers events, and fails with an internal error on a rule of this account that has a schedule",
        ["put events whose detail is a list"] = "moto takes it and fails with an internal error; AWS fails the entry",
        ["put events to a bus that is not there"] = "moto refuses the call; AWS accepts the event and drops it",
        ["disable rule of archive"] = "moto protects no managed rules",
        ["describe replay"] = "moto replays within the call; here a replay takes time, as on AWS",
        ["list replays"] = "as above",
        ["delete archive"] = "the replay still reads from it, and moto's has ended",
        ["role for moto"] = "moto wants a compute environment's role to exist, and has IAM; the sandbox has none",
        ["describe environments"] = "moto tells no state when none was given; AWS has ENABLED as the default",
        ["describe queues"] = "moto tells no statusReason",
        ["describe by name"] = "moto tells no containerOrchestrationType",
        ["describe active"] = "as above",
        ["deregister what is not there"] = "moto accepts it; AWS answers ClientException",
        ["describe inactive by list"] = "moto does not find deregistered revisions by name:revision; AWS describes them for 180 days",
        ["submit of an inactive one"] = "moto submits it; AWS needs an ACTIVE revision",
        ["describe jobs"] = "moto tells of attempts and containers, where the sandbox runs jobs in name only",
        ["delete enabled queue"] = "moto deletes it; AWS wants it DISABLED first",
        ["disable queue"] = "follows from the step before",
    };

    [Fact]
    public async Task Both_engines_answer_alike()
    {
        await using MotoEngine moto = await MotoFixture.StartAsync(Options);
        string output = await Child.Python("compare.py", Server.Environment, Server.Endpoint.ToString(), moto.Endpoint.ToString());
        (Dictionary<string, JsonElement>? ours, Dictionary<string, JsonElement>? theirs) = JsonSerializer.Deserialize<Dictionary<string, JsonElement>[]>(output) is [var first, var second]
            ? (first, second)
            : throw new InvalidDataException(output);
        List<string> different = ours.Where(step => !Deviations.ContainsKey(step.Key) && step.Value.GetRawText() != theirs[step.Key].GetRawText())
            .Select(step => $"{step.Key}:\n  sandbox {step.Value}\n  moto    {theirs[step.Key]}")
            .ToList();
        Assert.True(different.Count == 0, string.Join("\n", different));

        List<string> gone = Deviations.Keys.Where(step => ours[step].GetRawText() == theirs[step].GetRawText()).ToList();
        Assert.True(gone.Count == 0, $"No longer deviates, take it off the list: {string.Join(", ", gone)}");
    }
}
