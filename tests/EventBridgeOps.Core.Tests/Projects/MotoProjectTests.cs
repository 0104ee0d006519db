using System.Text.Json;
using System.Xml.Linq;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Projects.Making;
using EventBridgeOps.Projects.Templates;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Core.Tests.Projects;

/// <summary>The templates of the samples are created and deleted on moto, which is another reader of templates than ours.</summary>
public sealed class MotoProjectTests : IAsyncDisposable
{
    /// <summary>Kinds that moto does not know, and leaves out.</summary>
    private static readonly string[] s_skipped =
    [
        "AWS::CloudWatch::Alarm", "AWS::EventSchemas::Registry", "AWS::EventSchemas::Schema", "AWS::Logs::Delivery", "AWS::Logs::DeliveryDestination", "AWS::Logs::DeliverySource", "AWS::SQS::QueuePolicy",
    ];

    private MotoEngine? _moto;

    public static TheoryData<string> Samples => [.. ProjectSamples.Names];

    public async ValueTask DisposeAsync()
    {
        if (_moto is not null)
            await _moto.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_is_created_and_deleted(string sample)
    {
        _moto = await MotoFixture.StartAsync();
        using ProjectSpace space = ProjectSpace.Of(sample);
        using AwsClient aws = new(_moto.Endpoint);
        (string, string)[] network = sample == "mvp" ? await PrepareBatchAsync(space, aws) : [];
        ProjectTemplate template = TemplateTests.Build(space);

        await Cfn(aws, "CreateStack", [("StackName", template.StackName), ("TemplateBody", Document.Write(template.Root)), ("Capabilities.member.1", template.Capabilities[0]), .. network]);

        Dictionary<string, string> made = (await Cfn(aws, "ListStackResources", ("StackName", template.StackName))).Descendants("member")
            .Where(member => member.Element("LogicalResourceId") is { Value.Length: > 0 })
            .ToDictionary(member => member.Element("LogicalResourceId")!.Value, member => member.Element("ResourceType")!.Value);
        string[] missing = [.. template.Root["Resources"]!.AsObject().Where(resource => !made.ContainsKey(resource.Key)).Select(resource => resource.Value!["Type"]!.GetValue<string>()).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal([], missing.Except(s_skipped));
        foreach (KeyValuePair<string, System.Text.Json.Nodes.JsonObject> rule in TemplateTests.Resources(template, "AWS::Events::Rule"))
        {
            string bus = template.Parameters["EventBusName"];
            string name = rule.Value["Properties"]!["Name"]!.GetValue<string>();
            JsonElement target = (await aws.Events("ListTargetsByRule", $$"""{"Rule":"{{name}}","EventBusName":"{{bus}}"}""")).Succeeded().Json.GetProperty("Targets")[0];
            Assert.StartsWith("arn:aws:", target.GetProperty("Arn").GetString(), StringComparison.Ordinal);
            Assert.EndsWith("dead-letters", target.GetProperty("DeadLetterConfig").GetProperty("Arn").GetString(), StringComparison.Ordinal);
        }

        await Cfn(aws, "DeleteStack", ("StackName", template.StackName));
        Assert.Empty((await aws.Events("ListRules", $$"""{"EventBusName":"default"}""")).Succeeded().Json.GetProperty("Rules").EnumerateArray());
        Assert.Equal("default", Assert.Single((await aws.Events("ListEventBuses", "{}")).Succeeded().Json.GetProperty("EventBuses").EnumerateArray()).GetProperty("Name").GetString());
    }

    /// <summary>Moto wants what Batch does not: a service role, a retry strategy, and a network that exists.</summary>
    private static async Task<(string Name, string Value)[]> PrepareBatchAsync(ProjectSpace space, AwsClient aws)
    {
        space.Replace("resources/batch.yaml", "      Type: MANAGED\n", "      Type: MANAGED\n      ServiceRole: !GetAtt ExecutionRole.Arn\n");
        space.Replace("resources/batch.yaml", "      Type: container\n", "      Type: container\n      RetryStrategy: {Attempts: 1}\n");
        return
        [
            ("Parameters.member.1.ParameterKey", "SubnetId"), ("Parameters.member.1.ParameterValue", await Ec2("DescribeSubnets", "subnetId")),
            ("Parameters.member.2.ParameterKey", "SecurityGroupId"), ("Parameters.member.2.ParameterValue", await Ec2("DescribeSecurityGroups", "groupId")),
        ];

        async Task<string> Ec2(string operation, string field)
        {
            Answer answer = (await aws.Send("ec2", "/", null, $"Action={operation}&Version=2016-11-15", "application/x-www-form-urlencoded")).Succeeded();
            return XElement.Parse(answer.Text).Descendants().First(element => element.Name.LocalName == field).Value;
        }
    }

    private static async Task<XElement> Cfn(AwsClient aws, string operation, params (string Name, string Value)[] fields)
    {
        string form = string.Join('&', new[] { ("Action", operation), ("Version", "2010-05-15") }.Concat(fields).Select(field => $"{Uri.EscapeDataString(field.Item1)}={Uri.EscapeDataString(field.Item2)}"));
        Answer answer = (await aws.Send("cloudformation", "/", null, form, "application/x-www-form-urlencoded")).Succeeded();
        XElement root = XElement.Parse(answer.Text);
        foreach (XElement element in root.DescendantsAndSelf())
            element.Name = element.Name.LocalName;
        return root;
    }
}
