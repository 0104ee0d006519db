using System.Text.Json;
using System.Xml.Linq;
using EventBridgeOps.Sandbox.Sample;

namespace EventBridgeOps.Sandbox.Tests;

/// <summary>In each partition of AWS, ARNs and host names are that partition's.</summary>
public sealed class PartitionTests : SandboxTest
{
    public static TheoryData<string, string, string> Partitions { get; } = new()
    {
        { "eu-west-1", "aws", "amazonaws.com" },
        { "cn-north-1", "aws-cn", "amazonaws.com.cn" },
        { "us-gov-west-1", "aws-us-gov", "amazonaws.com" },
        { "us-iso-east-1", "aws-iso", "c2s.ic.gov" },
        { "us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov" },
        { "eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk" },
        { "us-isof-south-1", "aws-iso-f", "csp.hci.ic.gov" },
        { "eusc-de-east-1", "aws-eusc", "amazonaws.eu" },
    };

    [Theory, MemberData(nameof(Partitions))]
    public async Task Names_are_of_the_regions_partition(string region, string partition, string suffix)
    {
        using AwsClient aws = new(Server.Endpoint, region);

        string bus = (await aws.Events("CreateEventBus", """{"Name":"own"}""")).Succeeded().Json.GetProperty("EventBusArn").GetString()!;
        Assert.Equal($"arn:{partition}:events:{region}:123456789012:event-bus/own", bus);
        Assert.Equal(
            $"arn:{partition}:events:{region}:123456789012:rule/own/r",
            (await aws.Events("PutRule", $$"""{"Name":"r","EventBusName":"{{bus}}","EventPattern":"{\"source\":[\"a\"]}"}""")).Succeeded().Json.GetProperty("RuleArn").GetString());
        Answer identity = (await aws.Sts("Action=GetCallerIdentity")).Succeeded();
        Assert.Equal($"arn:{partition}:iam::123456789012:user/sandbox", XDocument.Parse(identity.Text).Descendants().Single(element => element.Name.LocalName == "Arn").Value);
        Assert.Equal(
            $"123456789012.dkr.ecr.{region}.{suffix}/app",
            (await aws.Ecr("CreateRepository", """{"repositoryName":"app"}""")).Succeeded().Json.GetProperty("repository").GetProperty("repositoryUri").GetString());
    }

    [Theory, MemberData(nameof(Partitions))]
    public async Task The_sample_account_is_of_the_regions_partition(string region, string partition, string suffix)
    {
        await using Engines.SandboxServer server = await Engines.SandboxServer.StartAsync(Options with { Region = region }, TestContext.Current.CancellationToken);
        await SampleAccount.FillAsync(server, TestContext.Current.CancellationToken);
        using AwsClient aws = new(server.Endpoint, region);

        JsonElement targets = (await aws.Events("ListTargetsByRule", """{"Rule":"mvp-agent-on-upload","EventBusName":"mvp-development"}""")).Succeeded().Json.GetProperty("Targets");
        Assert.All(targets.EnumerateArray(), target => Assert.StartsWith($"arn:{partition}:", target.GetProperty("Arn").GetString(), StringComparison.Ordinal));
        Assert.Equal(4, targets.EnumerateArray().Count(target => target.TryGetProperty("RoleArn", out JsonElement role) && role.GetString() == $"arn:{partition}:iam::123456789012:role/mvp-events"));
        JsonElement definition = (await aws.Batch("DescribeJobDefinitions", """{"jobDefinitions":["mvp-agent:3"]}""")).Succeeded().Json.GetProperty("jobDefinitions")[0];
        Assert.Equal($"123456789012.dkr.ecr.{region}.{suffix}/mvp-agent:1.2.0", definition.GetProperty("containerProperties").GetProperty("image").GetString());
    }
}
