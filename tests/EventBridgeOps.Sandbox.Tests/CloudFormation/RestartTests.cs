using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Sandbox.Tests.CloudFormation;

/// <summary>A deployment goes on where the sandbox was stopped.</summary>
public sealed class RestartTests : StackTest
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ebops-test-");

    protected override SandboxOptions Options => base.Options with { StateFile = Path.Combine(folder.FullName, "state.json") };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task UpdateGoesOnAfterARestart()
    {
        const string Before = "Resources: { A: { Type: AWS::SQS::Queue }, B: { Type: AWS::SNS::Topic, DependsOn: A }, C: { Type: AWS::SQS::Queue, DependsOn: B } }";
        Assert.Equal("CREATE_COMPLETE", await Created(Before));
        (await Update(Before.Replace("A: { Type: AWS::SQS::Queue }", "A: { Type: AWS::SQS::Queue, Properties: { QueueName: a } }", StringComparison.Ordinal)
            .Replace("DependsOn: B", "DependsOn: B, Properties: { QueueName: c }", StringComparison.Ordinal))).Succeeded();
        Server.AdvanceTime(TimeSpan.FromMilliseconds(25));
        Assert.Equal(["A UPDATE_IN_PROGRESS", "A UPDATE_IN_PROGRESS"], (await Events()).Select(one => one.ToString()).Where(one => one.EndsWith(" UPDATE_IN_PROGRESS", StringComparison.Ordinal) && one[0] != 'a'));
        await Server.DisposeAsync();

        await using SandboxServer again = await SandboxServer.StartAsync(Options, Token);
        Aws.Dispose();
        Aws = new AwsClient(again.Endpoint);
        Assert.Equal("UPDATE_IN_PROGRESS", await Status());
        again.AdvanceTime(TimeSpan.FromMinutes(1));
        Assert.Equal("UPDATE_COMPLETE", await Status());
        Assert.EndsWith("/c", await Physical("C"));
        Assert.Equal(["eu-west-1 queues a", "eu-west-1 queues c"], (await Everything()).Where(row => row.Contains(" queues ", StringComparison.Ordinal)));
    }
}
