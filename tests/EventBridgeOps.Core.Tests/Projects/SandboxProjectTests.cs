using System.Text.Json.Nodes;
using System.Xml.Linq;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Projects.Making;
using EventBridgeOps.Projects.Templates;

namespace EventBridgeOps.Core.Tests.Projects;

/// <summary>The templates of the samples are created, work, and are deleted on the sandbox.</summary>
public sealed class SandboxProjectTests : SandboxFixture
{
    public static TheoryData<string> Samples => [.. ProjectSamples.Names];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_is_created_and_deleted(string sample)
    {
        using ProjectSpace space = ProjectSpace.Of(sample);
        ProjectTemplate template = TemplateTests.Build(space);

        await Create(template);

        Assert.Equal("CREATE_COMPLETE", await Status(template, await Reasons(template)));
        await Cfn("DeleteStack", ("StackName", template.StackName));
        Server.AdvanceTime(TimeSpan.FromMinutes(10));
        Answer gone = await Send("DescribeStacks", ("StackName", template.StackName));
        Assert.Contains("does not exist", gone.Text, StringComparison.Ordinal);
        Assert.Equal("default", Assert.Single((await Aws.Events("ListEventBuses", "{}")).Succeeded().Json.GetProperty("EventBuses").EnumerateArray()).GetProperty("Name").GetString());
    }

    [Fact]
    public async Task An_event_reaches_the_queue_of_its_rule()
    {
        using ProjectSpace space = ProjectSpace.Of("orchestrator");
        ProjectTemplate template = TemplateTests.Build(space);
        await Create(template);

        (await Aws.Events("PutEvents", new JsonObject
        {
            ["Entries"] = new JsonArray(new JsonObject
            {
                ["EventBusName"] = "development-application-events",
                ["Source"] = "com.example.orchestrator",
                ["DetailType"] = "UserRegistered",
                ["Detail"] = """{"userId": "u-1", "email": "ann@example.com"}""",
            }),
        }.ToJsonString())).Succeeded();
        Server.AdvanceTime(TimeSpan.FromSeconds(5));

        string url = (await Aws.Send("sqs", "/", "AmazonSQS.GetQueueUrl", """{"QueueName": "development-application-events-welcome"}""", "application/x-amz-json-1.0")).Succeeded().Json.GetProperty("QueueUrl").GetString()!;
        string body = (await Aws.Send("sqs", "/", "AmazonSQS.ReceiveMessage", $$"""{"QueueUrl": "{{url}}"}""", "application/x-amz-json-1.0")).Succeeded().Json.GetProperty("Messages")[0].GetProperty("Body").GetString()!;
        Assert.Equal("""{"to": "ann@example.com", "template": "welcome"}""", body);
    }

    private async Task Create(ProjectTemplate template)
    {
        await Cfn("CreateStack", ("StackName", template.StackName), ("TemplateBody", Document.Write(template.Root)), ("Capabilities.member.1", template.Capabilities[0]));
        Server.AdvanceTime(TimeSpan.FromMinutes(10));
    }

    private async Task<string> Status(ProjectTemplate template, string reasons)
    {
        string status = (await Cfn("DescribeStacks", ("StackName", template.StackName))).Descendants("StackStatus").First().Value;
        return status == "CREATE_COMPLETE" ? status : $"{status}: {reasons}";
    }

    private async Task<string> Reasons(ProjectTemplate template) => string.Join("\n", (await Cfn("DescribeStackEvents", ("StackName", template.StackName))).Descendants("ResourceStatusReason").Select(reason => reason.Value));

    private async Task<XElement> Cfn(string operation, params (string Name, string Value)[] fields)
    {
        XElement root = XElement.Parse((await Send(operation, fields)).Succeeded().Text);
        foreach (XElement element in root.DescendantsAndSelf())
            element.Name = element.Name.LocalName;
        return root;
    }

    private Task<Answer> Send(string operation, params (string Name, string Value)[] fields)
    {
        string form = string.Join('&', new[] { ("Action", operation), ("Version", "2010-05-15") }.Concat(fields).Select(field => $"{Uri.EscapeDataString(field.Item1)}={Uri.EscapeDataString(field.Item2)}"));
        return Aws.Send("cloudformation", "/", null, form, "application/x-www-form-urlencoded");
    }
}
