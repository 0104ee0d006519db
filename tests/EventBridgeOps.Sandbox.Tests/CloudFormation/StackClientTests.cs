namespace EventBridgeOps.Sandbox.Tests.CloudFormation;

/// <summary>The clients of others deploy stacks.</summary>
public sealed class StackClientTests : SandboxTest
{
    private static readonly Dictionary<string, string> Known = new()
    {
        ["parameters"] = "moto answers ValidateTemplate without parameters",
        ["stack"] = "moto does not keep the capabilities",
        ["values"] = "moto shows the value of a parameter with NoEcho",
        ["by physical id"] = "moto does not find a stack by the physical ID of a resource",
        ["update"] = "moto does not replace a queue whose name changes",
        ["updated resources"] = "moto does not update the statuses of resources",
        ["updated state"] = "moto does not replace a queue or a log group whose name changes",
        ["changes"] = "moto adds all resources that are not new again",
        ["executed"] = "moto fails, as it makes what is there already",
        ["executed resources"] = "the change set was not executed by moto",
        ["code: change set"] = "ChangeSetNotFound is the error of the service model",
        ["code: resource"] = "moto fails",
        ["code: no template"] = "moto fails",
        ["code: bad reference"] = "moto does not check what a resource depends on",
        ["code: no resources"] = "moto accepts a template without resources",
        ["code: capability"] = "moto does not need capabilities",
        ["protection"] = "moto does not have UpdateTerminationProtection",
        ["left"] = "moto keeps what its update replaced",
        ["listed"] = "moto lists the stack that it could not create",
    };

    /// <summary>Each call takes a second of a clock that nothing waits for, so that a stack is settled when it is described: the command looks again after 30 seconds only.</summary>
    protected override SandboxOptions Options => new() { Seed = 1, Latency = TimeSpan.FromSeconds(1), TimeProvider = new ManualTimeProvider { AutoAdvance = true } };

    [Fact]
    public Task Boto3DeploysTheSameAsWithMoto() => EngineComparison.SameAsMoto(Server, "compare_stacks.py", Known);

    /// <summary>The command creates a change set, executes it and waits; with nothing to change it says so.</summary>
    [Fact]
    public async Task CommandLineOfAwsDeploys()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string template = Path.Combine(folder, "template.yaml");
            await File.WriteAllTextAsync(template, "Parameters: { Delay: { Type: Number, Default: 1 } }\nResources: { Queue: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: !Ref Delay } } }\n", Token);
            Assert.Contains("Successfully created/updated stack - app", await Deploy("1"));
            Assert.Contains("Successfully created/updated stack - app", await Deploy("2"));
            Assert.Contains("No changes to deploy. Stack app is up to date", await Deploy("2"));

            async Task<string> Deploy(string delay)
            {
                (int exitCode, string? output, string? errors) = await Child.TryRun(
                    "aws", ["cloudformation", "deploy", "--stack-name", "app", "--template-file", template, "--parameter-overrides", "Delay=" + delay, "--no-fail-on-empty-changeset"], Server.Environment);
                if (exitCode == -1)
                    Assert.Skip("SKIPPED: the aws CLI is needed to try the sandbox with a client that is not ours.");
                Assert.True(exitCode == 0, errors);
                return output + errors;
            }
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    /// <summary>The command uploads the template of the nested stack, and writes where it is into that of the outer one.</summary>
    [Fact]
    public async Task CommandLineOfAwsPackagesAndDeploysANestedStack()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string outer = Path.Combine(folder, "outer.yaml"), packaged = Path.Combine(folder, "packaged.yaml");
            await File.WriteAllTextAsync(outer, "Resources: { Inner: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: inner.yaml } } }\nOutputs: { Arn: { Value: !GetAtt Inner.Outputs.Arn } }\n", Token);
            await File.WriteAllTextAsync(Path.Combine(folder, "inner.yaml"), "Resources: { Queue: { Type: AWS::SQS::Queue, Properties: { QueueName: inner } } }\nOutputs: { Arn: { Value: !GetAtt Queue.Arn } }\n", Token);
            await Run("s3", "mb", "s3://templates-1");
            await Run("cloudformation", "package", "--template-file", outer, "--s3-bucket", "templates-1", "--output-template-file", packaged);
            await Run("cloudformation", "deploy", "--stack-name", "app", "--template-file", packaged);
            Assert.Equal("arn:aws:sqs:eu-west-1:123456789012:inner", (await Run("cloudformation", "describe-stacks", "--stack-name", "app", "--query", "Stacks[0].Outputs[0].OutputValue", "--output", "text")).Trim());
        }
        finally
        {
            Directory.Delete(folder, true);
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
