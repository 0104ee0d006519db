using System.Text.Json;
using EventBridgeOps.Sandbox.Deliveries;

namespace EventBridgeOps.Sandbox.Tests.CloudFormation;

/// <summary>
/// The incident that this product was made for: a stack update deregisters the revision that a target names, and the next event is lost.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-batch-jobdefinition-resourceretentionpolicy.html
/// </summary>
public sealed class RevisionTests : StackTest
{
    private static string Jobs(string image, string more = "") => $$"""
        Resources:
          Definition:
            Type: AWS::Batch::JobDefinition
            Properties: { JobDefinitionName: job, Type: container, ContainerProperties: { Image: {{image}}, Vcpus: 1, Memory: 512 }{{more}} }
          Environment: { Type: AWS::Batch::ComputeEnvironment, Properties: { Type: UNMANAGED } }
          Jobs: { Type: AWS::Batch::JobQueue, Properties: { JobQueueName: main, Priority: 1, ComputeEnvironmentOrder: [ { Order: 1, ComputeEnvironment: !Ref Environment } ] } }
          Dead: { Type: AWS::SQS::Queue, Properties: { QueueName: dead } }
          Open:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [ !Ref Dead ]
              PolicyDocument: { Statement: [ { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sqs:SendMessage, Resource: !GetAtt Dead.Arn } ] }
          Role:
            Type: AWS::IAM::Role
            Properties:
              AssumeRolePolicyDocument: { Statement: [ { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sts:AssumeRole } ] }
              ManagedPolicyArns: [ "arn:aws:iam::aws:policy/service-role/AWSBatchServiceEventTargetRole" ]
        Outputs:
          Revision: { Value: !Ref Definition }
          Role: { Value: !GetAtt Role.Arn }
          Dead: { Value: !GetAtt Dead.Arn }
        """;

    /// <summary>The rule of another team: it names the revision that was there when it was made.</summary>
    private static string Rule(string definition) => $$"""
        Parameters: { Role: { Type: String }, Dead: { Type: String } }
        Resources:
          Rule:
            Type: AWS::Events::Rule
            Properties:
              Name: start
              EventPattern: { source: [ test ] }
              Targets:
                - Id: job
                  Arn: !Sub arn:aws:batch:${AWS::Region}:${AWS::AccountId}:job-queue/main
                  RoleArn: !Ref Role
                  BatchParameters: { JobDefinition: "{{definition}}", JobName: job }
                  DeadLetterConfig: { Arn: !Ref Dead }
        """;

    [Fact]
    public async Task UpdateOfAStackLosesTheNextEvent()
    {
        await Deploy();
        await Send();
        Assert.Equal(1, await JobCount());
        Assert.Empty(await Take("dead"));

        Assert.Equal("UPDATE_COMPLETE", await Updated(Jobs("app:v2")));
        Assert.EndsWith("/job:2", (await Outputs())["Revision"]);
        Assert.Equal("INACTIVE", await StateOf(1));
        await Send();
        Assert.Equal(1, await JobCount());
        Assert.Equal("test", Assert.Single(await Take("dead")).GetProperty("source").GetString());
        Assert.Contains("job:1", Assert.Single(Server.Deliveries, one => one.Outcome == DeliveryOutcome.DeadLettered).Reason);

        // Who did it and when, as the history tells.
        Answer history = (await Aws.Send("cloudtrail", "/", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents",
            """{"LookupAttributes":[{"AttributeKey":"EventName","AttributeValue":"DeregisterJobDefinition"}]}""")).Succeeded();
        JsonElement record = JsonDocument.Parse(history.Json.GetProperty("Events")[0].GetProperty("CloudTrailEvent").GetString()!).RootElement;
        Assert.Equal("cloudformation.amazonaws.com", record.GetProperty("sourceIPAddress").GetString());
        Assert.Equal("test", record.GetProperty("userIdentity").GetProperty("accessKeyId").GetString());
        Assert.EndsWith("job-definition/job:1", record.GetProperty("requestParameters").GetProperty("jobDefinition").GetString());
    }

    [Fact]
    public async Task RevisionIsKeptWhereTheTemplateSaysSo()
    {
        await Deploy(", ResourceRetentionPolicy: { SkipDeregisterOnUpdate: true }");
        Assert.Equal("UPDATE_COMPLETE", await Updated(Jobs("app:v2", ", ResourceRetentionPolicy: { SkipDeregisterOnUpdate: true }")));
        Assert.Equal(("ACTIVE", "ACTIVE"), (await StateOf(1), await StateOf(2)));
        await Send();
        Assert.Equal(1, await JobCount());
    }

    [Fact]
    public async Task RuleInTheSameStackFollows()
    {
        string template = Jobs("app:v1").Replace("Outputs:", """
              Rule:
                Type: AWS::Events::Rule
                Properties:
                  EventPattern: { source: [ test ] }
                  Targets: [ { Id: job, Arn: !Ref Jobs, RoleArn: !GetAtt Role.Arn, BatchParameters: { JobDefinition: !Ref Definition, JobName: job } } ]
            Outputs:
            """, StringComparison.Ordinal);
        Assert.Equal("CREATE_COMPLETE", await Created(template));
        Assert.Equal("UPDATE_COMPLETE", await Updated(template.Replace("app:v1", "app:v2", StringComparison.Ordinal)));
        Assert.Contains("job:2", (await ListTargets(await Physical("Rule"))).Text);
        await Send();
        Assert.Equal(1, await JobCount());
        string tags = (await Aws.Batch("DescribeJobDefinitions", """{"jobDefinitionName":"job","status":"ACTIVE"}""")).Json.GetProperty("jobDefinitions")[0].GetProperty("tags").ToString();
        Assert.Contains("\"aws:cloudformation:stack-name\":\"app\"", tags);
    }

    /// <summary>A rollback is an update like any other: it registers what was there again, and the revision before stays deregistered.</summary>
    [Fact]
    public async Task RollbackDoesNotBringTheRevisionBack()
    {
        await Deploy();
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await Updated(Jobs("app:v2").Replace("Outputs:", "  Bad: { Type: AWS::EC2::Instance, DependsOn: Definition }\nOutputs:", StringComparison.Ordinal)));
        Assert.EndsWith("job:3", await Physical("Definition"));
        Assert.Equal(("INACTIVE", "INACTIVE", "ACTIVE"), (await StateOf(1), await StateOf(2), await StateOf(3)));
        await Send();
        Assert.Equal(0, await JobCount());
    }

    private async Task Deploy(string more = "")
    {
        Assert.Equal("CREATE_COMPLETE", await Created(Jobs("app:v1", more)));
        Dictionary<string, string> outputs = await Outputs();
        Assert.EndsWith("/job:1", outputs["Revision"]);
        (await Deploy("CreateStack", "rules", Rule(outputs["Revision"]),
            ("Parameters.member.1.ParameterKey", "Role"), ("Parameters.member.1.ParameterValue", outputs["Role"]),
            ("Parameters.member.2.ParameterKey", "Dead"), ("Parameters.member.2.ParameterValue", outputs["Dead"]))).Succeeded();
        Assert.Equal("CREATE_COMPLETE", await Settled("rules"));
    }

    private async Task Send()
    {
        (await Aws.Events("PutEvents", """{"Entries":[{"Source":"test","DetailType":"t","Detail":"{}"}]}""")).Succeeded();
        Server.AdvanceTime(TimeSpan.FromHours(25));
    }

    private async Task<int> JobCount()
    {
        int count = 0;
        foreach (string status in new[] { "SUBMITTED", "PENDING", "RUNNABLE", "STARTING", "RUNNING", "SUCCEEDED", "FAILED" })
            count += (await Aws.Batch("ListJobs", $$"""{"jobQueue":"main","jobStatus":"{{status}}"}""")).Succeeded().Json.GetProperty("jobSummaryList").GetArrayLength();
        return count;
    }

    private async Task<string> StateOf(int revision) =>
        (await Aws.Batch("DescribeJobDefinitions", $$"""{"jobDefinitions":["job:{{revision}}"]}""")).Succeeded().Json.GetProperty("jobDefinitions")[0].GetProperty("status").GetString()!;
}
