using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests;

/// <summary>S3, CloudWatch Logs and CloudFormation by the clients of others alone; where moto is installed, other tests compare the answers with its own.</summary>
public sealed class StoredClientTests : SandboxTest
{
    /// <summary>Each call takes a second of a clock that begins now and that nothing waits for, so a stack is settled after some looks at it.</summary>
    protected override SandboxOptions Options => new() { Seed = 1, Latency = TimeSpan.FromSeconds(1), TimeProvider = new ManualTimeProvider { AutoAdvance = true, Origin = TimeProvider.System.GetUtcNow() } };

    [Fact]
    public async Task Boto3_stores_packages_deploys_a_stack_and_reads_its_log()
    {
        JsonElement seen = JsonDocument.Parse(await Child.Python("stored.py", Server.Environment, Server.Endpoint.ToString())).RootElement;
        Assert.Equal(
            """
            {"package": true, "keys": ["f/one.zip"], "s3 codes": ["NoSuchKey", "BucketNotEmpty", "404"],
            "outputs": [{"OutputKey": "Name", "OutputValue": "made"}], "changes": [["Modify", "Logs"]], "retention": 30, "stack codes": ["ValidationError", "AlreadyExistsException"],
            "plain": ["plain"], "events": 2, "orders": [3.0],
            "logs codes": ["ResourceNotFoundException", "ResourceNotFoundException"]}
            """.ReplaceLineEndings(" "), seen.GetRawText());
    }

    [Fact]
    public async Task The_aws_cli_copies_files_and_reads_logs()
    {
        string folder = Directory.CreateTempSubdirectory("ebops-test-").FullName;
        try
        {
            string file = Path.Combine(folder, "one.zip"), back = Path.Combine(folder, "back.zip");
            await File.WriteAllTextAsync(file, "package", Token);
            await Run("s3", "mb", "s3://packages");
            await Run("s3", "cp", file, "s3://packages/f/one.zip");
            Assert.EndsWith(" one.zip", (await Run("s3", "ls", "s3://packages/f/")).Trim());
            await Run("s3", "cp", "s3://packages/f/one.zip", back);
            Assert.Equal("package", await File.ReadAllTextAsync(back, Token));

            await Run("logs", "create-log-group", "--log-group-name", "g");
            await Run("logs", "create-log-stream", "--log-group-name", "g", "--log-stream-name", "s");
            await Run("logs", "put-log-events", "--log-group-name", "g", "--log-stream-name", "s", "--log-events", $"timestamp={TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()},message=hello");
            Assert.Equal("hello", (await Run("logs", "filter-log-events", "--log-group-name", "g", "--query", "events[].message", "--output", "text")).Trim());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<string> Run(params string[] arguments)
    {
        (int exitCode, string? output, string? errors) = await Child.TryRun("aws", arguments, Server.Environment);
        if (exitCode == -1)
            Assert.Skip("SKIPPED: the aws CLI is needed to try the sandbox with a client that is not ours.");
        Assert.True(exitCode == 0, errors);
        return output;
    }
}
