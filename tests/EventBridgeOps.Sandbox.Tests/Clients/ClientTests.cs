using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests;

public sealed class ClientTests : SandboxTest
{
    protected override SandboxOptions Options => new() { Seed = 1, PageSize = 3 };

    [Fact]
    public async Task Boto3_is_at_home()
    {
        JsonElement seen = JsonDocument.Parse(await Child.Python("clients.py", Server.Environment, Server.Endpoint.ToString())).RootElement;
        Assert.Equal(
            """
            {"account": "123456789012", "expires": true, "failed": 0, "same target": true,
            "rules": ["rule-0", "rule-1", "rule-2", "rule-3", "rule-4", "rule-5", "rule-6"], "by target": ["rule-3"], "events": 1,
            "revisions": [2, 3, 4, 5, 6, 7], "job": "SUCCEEDED", "tags": {"a b": "c/d"}, "image": ["1"],
            "codes": ["ResourceNotFoundException", "ClientException", "RepositoryNotFoundException", "ValidationException"]}
            """.ReplaceLineEndings(" "), seen.GetRawText());
    }

    [Fact]
    public async Task The_aws_cli_is_at_home()
    {
        await PutRule("r");
        (await PutTargets("r", Target("1"))).Succeeded();
        (int exitCode, string? output, string? errors) = await Child.TryRun(
            "aws", ["events", "list-targets-by-rule", "--rule", "r", "--query", "Targets[].BatchParameters.JobDefinition", "--output", "text"],
            Server.Environment);
        if (exitCode == -1)
            Assert.Skip("SKIPPED: the aws CLI is needed to try the sandbox with a client that is not ours.");
        Assert.Equal((0, "job:1"), (exitCode, output.Trim()));
        Assert.Equal("", errors);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Random_events_arrive_as_a_matcher_and_a_transformer_of_others_expect(int seed) => Assert.Equal(
        """{"messages": true, "missing": 0, "extra": 0}""",
        (await Child.Python("random_rules.py", Server.Environment, Server.Endpoint.ToString(), $"{seed}")).Trim());

    [Fact]
    public async Task The_sdk_for_JavaScript_is_at_home()
    {
        await MakeRole();
        string folder = Path.Combine(AppContext.BaseDirectory, "Clients", "node");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            (int installed, _, string? why) = await Child.TryRun("npm", ["ci", "--prefix", folder], new Dictionary<string, string>());
            Assert.SkipWhen(installed != 0, $"SKIPPED: node, npm and its registry are needed to try the sandbox with a client that is not ours. {why}");
        }

        (int exitCode, string? output, string? errors) = await Child.TryRun(
            "node", [Path.Combine(folder, "deliver.mjs"), Server.Endpoint.ToString(), EventsRole], Server.Environment);
        Assert.True(exitCode == 0, errors);
        Assert.Equal(
            """{"even":true,"odd":true,"reason":"Error executing request, Exception : Job Definition job:1 not found or not ACTIVE.","source":"stale"}""",
            output.Trim());
    }
}
