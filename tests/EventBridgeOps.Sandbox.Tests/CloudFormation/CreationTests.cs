namespace EventBridgeOps.Sandbox.Tests.CloudFormation;

/// <summary>Stacks are created and deleted. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html and its neighbors.</summary>
public sealed class CreationTests : StackTest
{
    private const string Template = """
        Description: A queue, a topic and a rule
        Parameters:
          Stage: { Type: String, Default: test }
        Resources:
          Rule:
            Type: AWS::Events::Rule
            Properties:
              Description: !Sub "${AWS::StackName} in ${Stage}"
              EventPattern: { source: [ !Ref Stage ] }
              Targets:
                - Id: queue
                  Arn: !GetAtt Queue.Arn
          Queue:
            Type: AWS::SQS::Queue
            Properties:
              MessageRetentionPeriod: "1209600"
              Tags: [ { Key: team, Value: a } ]
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [ !Ref Queue ]
              PolicyDocument:
                Statement:
                  - { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sqs:SendMessage, Resource: !GetAtt Queue.Arn, Condition: { ArnEquals: { aws:SourceArn: !GetAtt Rule.Arn } } }
          Topic:
            Type: AWS::SNS::Topic
            Properties:
              Subscription: [ { Protocol: sqs, Endpoint: !GetAtt Queue.Arn } ]
          Role:
            Type: AWS::IAM::Role
            Properties:
              AssumeRolePolicyDocument: { Version: 2012-10-17, Statement: [ { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sts:AssumeRole } ] }
              Policies: [ { PolicyName: send, PolicyDocument: { Statement: [ { Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Queue.Arn } ] } } ]
        Outputs:
          Url: { Value: !Ref Queue, Description: Where it is }
          Role: { Value: !GetAtt Role.Arn, Export: { Name: !Sub "${AWS::StackName}-role" } }
        """;

    [Fact]
    public async Task WhatIsMadeWorksAndLeavesNothingBehind()
    {
        string[] before = await Everything();
        Assert.Equal("CREATE_COMPLETE", await Created(Template, ("Tags.member.1.Key", "cost"), ("Tags.member.1.Value", "7")));

        (await Aws.Events("PutEvents", """{"Entries":[{"Source":"test","DetailType":"t","Detail":"{}"}]}""")).Succeeded();
        string url = await Physical("Queue");
        Assert.Matches(@"/123456789012/app-Queue-[A-Z0-9]{12}\z", url);
        Assert.Equal(["test"], (await Take(url[(url.LastIndexOf('/') + 1)..])).Select(body => body.GetProperty("source").GetString()));
        Dictionary<string, string> outputs = await Outputs();
        Assert.Equal(url, outputs["Url"]);
        Assert.StartsWith("arn:aws:iam::123456789012:role/app-Role-", outputs["Role"]);
        Assert.Equal("app-role", Text(Members(await Cfn("ListExports"), "Exports").Single(), "Name"));

        Assert.Equal("DELETE_COMPLETE", await Deleted());
        Assert.Equal(before, await Everything());
        Invalid(await Cfn("DescribeStacks", ("StackName", Name)), "Stack with id app does not exist");
    }

    [Fact]
    public async Task ResourcesTellWhoseTheyAre()
    {
        Assert.Equal("CREATE_COMPLETE", await Created(Template, ("Tags.member.1.Key", "cost"), ("Tags.member.1.Value", "7")));
        string rule = await Physical("Rule");
        string tags = (await Aws.Events("ListTagsForResource", $$"""{"ResourceARN":"arn:aws:events:eu-west-1:123456789012:rule/{{rule}}"}""")).Succeeded().Text;
        Assert.Contains("""{"Key":"aws:cloudformation:stack-name","Value":"app"}""", tags);
        Assert.Contains("""{"Key":"aws:cloudformation:logical-id","Value":"Rule"}""", tags);
        Assert.Contains("""{"Key":"cost","Value":"7"}""", tags);
    }

    [Fact]
    public async Task EventsAreInTheOrderOfTheDependencies()
    {
        Assert.Equal("CREATE_COMPLETE", await Created(Template));
        List<StackEvent> events = await Events();
        Assert.Equal("app CREATE_IN_PROGRESS", events[0].ToString());
        Assert.Equal("User Initiated", events[0].Reason);
        Assert.Equal("app CREATE_COMPLETE", events[^1].ToString());
        Assert.Equal(["CREATE_IN_PROGRESS", "CREATE_IN_PROGRESS", "CREATE_COMPLETE"], events.Where(one => one.LogicalId == "Queue").Select(one => one.Status));
        Assert.Equal(["", "Resource creation Initiated", ""], events.Where(one => one.LogicalId == "Queue").Select(one => one.Reason));
        int queue = events.FindIndex(one => one.ToString() == "Queue CREATE_COMPLETE");
        foreach (string dependent in new[] { "Rule", "Topic", "Role", "Policy" })
            Assert.True(events.FindIndex(one => one.LogicalId == dependent) > queue, dependent);
        Assert.True(events.FindIndex(one => one.LogicalId == "Policy") > events.FindIndex(one => one.ToString() == "Rule CREATE_COMPLETE"));
    }

    [Fact]
    public async Task StackIsDescribedAsItIs()
    {
        (await Create(Template, ("Parameters.member.1.ParameterKey", "Stage"), ("Parameters.member.1.ParameterValue", "prod"), ("EnableTerminationProtection", "true"))).Succeeded();
        Assert.Equal("CREATE_IN_PROGRESS", await Status());
        Answer exists = await Create(Template);
        Assert.Equal((400, "AlreadyExistsException", "Stack [app] already exists"), (exists.Status, One(exists, "Code"), One(exists, "Message")));
        Assert.Equal("CREATE_COMPLETE", await Settled());
        Answer stack = await Cfn("DescribeStacks", ("StackName", Name));
        Assert.Equal("A queue, a topic and a rule", One(stack, "Description"));
        Assert.Equal("prod", One(stack, "ParameterValue"));
        Assert.Equal("true", One(stack, "EnableTerminationProtection"));
        Assert.Equal(Template.ReplaceLineEndings("\n"), One(await Cfn("GetTemplate", ("StackName", Name)), "TemplateBody").ReplaceLineEndings("\n"));
        Assert.Equal(["Policy", "Queue", "Role", "Rule", "Topic"], Members(await Cfn("ListStackResources", ("StackName", Name)), "StackResourceSummaries").Select(row => Text(row, "LogicalResourceId")));
        Assert.Equal(5, Members(await Cfn("DescribeStackResources", ("PhysicalResourceId", await Physical("Role"))), "StackResources").Count());

        Invalid(await Cfn("DeleteStack", ("StackName", Name)), "Stack [app] cannot be deleted while TerminationProtection is enabled");
        (await Cfn("UpdateTerminationProtection", ("StackName", Name), ("EnableTerminationProtection", "false"))).Succeeded();
        string id = One(stack, "StackId");
        Assert.Equal("DELETE_COMPLETE", await Deleted());
        Assert.Equal("DELETE_COMPLETE", await Status(id));
        Assert.Equal([id], Members(await Cfn("ListStacks", ("StackStatusFilter.member.1", "DELETE_COMPLETE")), "StackSummaries").Select(row => Text(row, "StackId")));
        Assert.Empty(Members(await Cfn("DescribeStacks"), "Stacks"));
    }

    [Fact]
    public async Task StackThatFailsIsRolledBackWithAllItMade()
    {
        await MakeQueue("taken");
        string[] before = await Everything();
        string template = Template.Replace("MessageRetentionPeriod", "QueueName: mine\n      MessageRetentionPeriod", StringComparison.Ordinal)
            + "\n";
        template = template.Replace("Outputs:", """
              Taken:
                Type: AWS::SQS::Queue
                DependsOn: [ Topic, Role ]
                Properties: { QueueName: taken }
            Outputs:
            """, StringComparison.Ordinal);
        Assert.Equal("ROLLBACK_COMPLETE", await Created(template));
        Assert.Contains("Resource of type 'AWS::SQS::Queue' with identifier 'taken' already exists.", await Reason("Taken"));
        Assert.Equal("The following resource(s) failed to create: [Policy, Taken]. Rollback requested by user.", (await Events()).Single(one => one.ToString() == "app ROLLBACK_IN_PROGRESS").Reason);
        Assert.Equal(before, await Everything());
        Invalid(await Update(Template), $"Stack:{One(await Cfn("DescribeStacks", ("StackName", Name)), "StackId")} is in ROLLBACK_COMPLETE state and can not be updated.");
        Assert.Equal("DELETE_COMPLETE", await Deleted());
    }

    [Theory]
    [InlineData("OnFailure", "DELETE", "DELETE_COMPLETE")]
    [InlineData("OnFailure", "DO_NOTHING", "CREATE_FAILED")]
    [InlineData("DisableRollback", "true", "CREATE_FAILED")]
    public async Task UserSaysWhatHappensWhenAStackFails(string name, string value, string status)
    {
        Answer created = (await Create("""
            Resources:
              Good: { Type: AWS::SQS::Queue }
              Bad: { Type: AWS::EC2::Instance, DependsOn: Good }
            """, (name, value))).Succeeded();
        string id = One(created, "StackId");
        Assert.Equal(status, await Settled(id));
        Assert.Equal("The sandbox does not simulate AWS::EC2::Instance.", await Reason("Bad", id));
        Assert.Equal(status == "CREATE_FAILED" ? 1 : 0, (await Everything()).Count(row => row.Contains(" queues ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task PropertiesAreCheckedBySchema()
    {
        Assert.Equal("ROLLBACK_COMPLETE", await Created("""
            {"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"Nmae":"x","DelaySeconds":"many"}},
              "R":{"Type":"AWS::SQS::QueuePolicy","DependsOn":"Q","Properties":{"Queues":[]}}}}
            """));
        Assert.Equal("Properties validation failed for resource Q with message:\n#: extraneous key [Nmae] is not permitted\n#/DelaySeconds: expected type: Number, found: String", await Reason("Q"));
    }

    [Fact]
    public async Task RoleNeedsItsCapability()
    {
        Answer answer = await Cfn("CreateStack", ("StackName", Name), ("TemplateBody", Template));
        Assert.Equal((400, "InsufficientCapabilitiesException", "Requires capabilities : [CAPABILITY_IAM]"), (answer.Status, One(answer, "Code"), One(answer, "Message")));
        string named = Template.Replace("AssumeRolePolicyDocument", "RoleName: r\n      AssumeRolePolicyDocument", StringComparison.Ordinal);
        answer = await Cfn("CreateStack", ("StackName", Name), ("TemplateBody", named), ("Capabilities.member.1", "CAPABILITY_IAM"));
        Assert.Equal("Requires capabilities : [CAPABILITY_NAMED_IAM]", One(answer, "Message"));
        Assert.Empty(Members(await Cfn("DescribeStacks"), "Stacks"));
    }

    [Fact]
    public async Task RetainedResourceStays()
    {
        Assert.Equal("CREATE_COMPLETE", await Created("""
            Resources:
              Kept: { Type: AWS::SQS::Queue, DeletionPolicy: Retain, Properties: { QueueName: kept } }
              Gone: { Type: AWS::SQS::Queue, DeletionPolicy: RetainExceptOnCreate, Properties: { QueueName: stays-too } }
            """));
        string id = One(await Cfn("DescribeStacks", ("StackName", Name)), "StackId");
        Assert.Equal("DELETE_COMPLETE", await Deleted());
        Assert.Equal(2, (await Everything()).Count(row => row.Contains(" queues ", StringComparison.Ordinal)));
        Assert.Contains("Kept DELETE_SKIPPED", (await Events(id)).Select(one => one.ToString()));

        Assert.Equal("ROLLBACK_COMPLETE", await Created("""
            Resources:
              Gone: { Type: AWS::SQS::Queue, DeletionPolicy: RetainExceptOnCreate, Properties: { QueueName: new } }
              Bad: { Type: AWS::EC2::Instance, DependsOn: Gone }
            """));
        Assert.Equal(2, (await Everything()).Count(row => row.Contains(" queues ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task RepeatedRequestIsDoneOnce()
    {
        const string Queue = "Resources: { Q: { Type: AWS::SQS::Queue } }";
        string id = One((await Create(Queue, ("ClientRequestToken", "t"))).Succeeded(), "StackId");
        Assert.Equal(id, One((await Create(Queue, ("ClientRequestToken", "t"))).Succeeded(), "StackId"));
        Assert.Equal("CREATE_COMPLETE", await Settled());
        Answer used = await Update("Resources: { Q: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: 5 } } }", ("ClientRequestToken", "t"));
        Assert.Equal((400, "TokenAlreadyExistsException"), (used.Status, One(used, "Code")));
    }
}
