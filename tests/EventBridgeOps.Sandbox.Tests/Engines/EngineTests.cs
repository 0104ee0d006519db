using System.Diagnostics;
using System.Text.Json;
using EventBridgeOps.Sandbox.Engines;
using EventBridgeOps.Sandbox.Sample;

namespace EventBridgeOps.Sandbox.Tests;

public sealed class EngineTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SandboxEngineKind.BuiltIn)]
    [InlineData(SandboxEngineKind.Moto)]
    public async Task Either_engine_can_be_filled_with_the_sample_and_stopped(SandboxEngineKind kind)
    {
        await using ISandboxEngine engine = await Start(kind);
        Assert.Equal(kind == SandboxEngineKind.Moto ? new SampleSummary(3, 10, 18, 14, 4, 6, 10) : new SampleSummary(3, 11, 19, 15, 4, 6, 10), await SampleAccount.FillAsync(engine, Token));

        using AwsClient aws = new(engine.Endpoint);
        Answer targets = (await aws.Events("ListTargetsByRule", """{"Rule":"mvp-agent-on-upload","EventBusName":"mvp-development"}""")).Succeeded();
        Assert.Equal(
            ["agent-behind mvp-agent:2", "agent-current arn:aws:batch:eu-west-1:123456789012:job-definition/mvp-agent:3", "agent-floating mvp-agent",
                "agent-inactive arn:aws:batch:eu-west-1:123456789012:job-definition/mvp-agent:1", "audit"],
            targets.Json.GetProperty("Targets").EnumerateArray().Select(target =>
                target.TryGetProperty("BatchParameters", out JsonElement batch)
                    ? $"{target.GetProperty("Id")} {batch.GetProperty("JobDefinition")}"
                    : $"{target.GetProperty("Id")}").Order(StringComparer.Ordinal));
        Answer active = (await aws.Batch("DescribeJobDefinitions", """{"jobDefinitionName":"mvp-agent","status":"ACTIVE"}""")).Succeeded();
        Assert.Equal(2, active.Json.GetProperty("jobDefinitions").GetArrayLength());
        Answer all = (await aws.Batch("DescribeJobDefinitions", """{"status":"ACTIVE"}""")).Succeeded();
        foreach (JsonElement definition in all.Json.GetProperty("jobDefinitions").EnumerateArray())
        {
            string[] image = definition.GetProperty("containerProperties").GetProperty("image").GetString()!.Split('/', ':');
            (await aws.Ecr("DescribeImages", $$"""{"repositoryName":"{{image[1]}}","imageIds":[{"imageTag":"{{image[2]}}"}]}""")).Succeeded();
        }

        await engine.StopAsync();
        await engine.StopAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => aws.Events("ListEventBuses", "{}"));
    }

    [Fact]
    public async Task The_managed_rule_of_the_sample_is_managed()
    {
        await using ISandboxEngine engine = await Start(SandboxEngineKind.BuiltIn);
        await SampleAccount.FillAsync(engine, Token);
        using AwsClient aws = new(engine.Endpoint);
        (await aws.Events("DisableRule", """{"Name":"StepFunctionsGetEventsForBatchJobsRule"}""")).Failed(400, "ManagedRuleException");
        await Assert.ThrowsAsync<SandboxException>(() => SampleAccount.FillAsync(engine, Token));
    }

    [Fact]
    public async Task The_environment_is_what_an_aws_client_needs()
    {
        await using SandboxServer engine = await SandboxServer.StartAsync(new() { Region = "eu-central-1", AccountId = "210987654321" }, Token);
        Assert.Equal(
            [$"AWS_ACCESS_KEY_ID=sandbox", "AWS_DEFAULT_REGION=eu-central-1", $"AWS_ENDPOINT_URL=http://127.0.0.1:{engine.Endpoint.Port}",
                "AWS_REGION=eu-central-1", "AWS_SECRET_ACCESS_KEY=sandbox", $"EBOPS_JOURNAL={engine.Environment["EBOPS_JOURNAL"]}"],
            engine.Environment.Select(variable => $"{variable.Key}={variable.Value}").Order(StringComparer.Ordinal));
        using AwsClient aws = new(engine.Endpoint);
        Assert.Contains("210987654321", (await aws.Sts("Action=GetCallerIdentity")).Succeeded().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_leads_elsewhere_is_removed_and_names_that_a_shell_would_run_are_not_passed_on()
    {
        IReadOnlyDictionary<string, string?> changes = Changes(("AWS_ENDPOINT_URL_S3", "http://other"), ("AWS_ENDPOINT_URL_LAMBDA", ""), ("AWS_ENDPOINT_URL_X;id", "http://other"), ("AWS_ENDPOINT_URL", "http://other"), ("OTHER", "kept"));

        Assert.Equal([null, null, null, null], new[] { "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL_LAMBDA", "AWS_ENDPOINT_URL_BATCH", "AWS_PROFILE" }.Select(name => changes[name]));
        Assert.Equal("http://127.0.0.1:5", changes["AWS_ENDPOINT_URL"]);
        Assert.DoesNotContain(changes.Keys, name => name is "OTHER" or "AWS_ENDPOINT_URL_X;id" or "NO_PROXY" or "no_proxy");
    }

    [Theory]
    [InlineData("HTTP_PROXY", null, "127.0.0.1")]
    [InlineData("all_proxy", "", "127.0.0.1")]
    [InlineData("http_proxy", "localhost,.corp", "localhost,.corp,127.0.0.1")]
    [InlineData("http_proxy", "localhost, 127.0.0.1", null)]
    [InlineData("http_proxy", "*", null)]
    public void A_proxy_is_not_asked_for_the_sandbox(string proxy, string? before, string? after)
    {
        IReadOnlyDictionary<string, string?> changes = before is null ? Changes((proxy, "http://proxy:3128")) : Changes((proxy, "http://proxy:3128"), ("NO_PROXY", before));

        Assert.Equal(after, changes.GetValueOrDefault("NO_PROXY"));
    }

    private static IReadOnlyDictionary<string, string?> Changes(params (string Name, string Value)[] current) =>
        SandboxEnvironment.Changes(new Dictionary<string, string> { ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:5" }, current.ToDictionary(variable => variable.Name, variable => variable.Value));

    [Fact]
    public async Task A_port_that_is_taken_is_an_error()
    {
        await using SandboxServer engine = await SandboxServer.StartAsync(new(), Token);
        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(
            () => SandboxServer.StartAsync(new() { Port = engine.Endpoint.Port }, Token));
    }

    [Fact]
    public async Task A_child_ends_when_the_hand_that_holds_it_lets_go()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("SKIPPED: the guardian of children is a shell of Unix.");

        // The child tells its id and then sleeps for ever; only the guardian can end it.
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sandbox-child-");
        string pipe = Path.Combine(folder.FullName, "pipe");
        using (Process made = Process.Start("mkfifo", [pipe]))
            await made.WaitForExitAsync(Token);
        ChildProcess child = ChildProcess.Start(["/bin/sh", "-c", $"echo $$ >'{pipe}'; exec sleep 1000"], new ManualTimeProvider());
        using Process sleeper = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(pipe, Token), System.Globalization.CultureInfo.InvariantCulture));
        folder.Delete(recursive: true);
        await child.DisposeAsync();
        await sleeper.WaitForExitAsync(Token);
        await child.DisposeAsync();
    }

    [Fact]
    public async Task A_command_that_is_not_there_is_told_apart_from_one_that_fails()
    {
        Assert.False((await ChildProcess.RunAsync(["no-such-program-here"], new ManualTimeProvider(), Token)).Succeeded);
        Assert.Equal((true, "it's \"quoted\" \\"), await ChildProcess.RunAsync(
            ["python3", "-c", "import sys; print(sys.argv[1])", "it's \"quoted\" \\"], new ManualTimeProvider(), Token));
    }

    private static async Task<ISandboxEngine> Start(SandboxEngineKind kind) =>
        kind == SandboxEngineKind.Moto ? await MotoFixture.StartAsync() : await SandboxEngines.StartAsync(kind, new(), Token);
}
