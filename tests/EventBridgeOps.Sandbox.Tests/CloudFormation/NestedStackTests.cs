namespace EventBridgeOps.Sandbox.Tests.CloudFormation;

/// <summary>Stacks in stacks: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html.</summary>
public sealed class NestedStackTests : StackTest
{
    private const string Outer = """
        Parameters: { Delay: { Type: Number, Default: 0 } }
        Resources:
          Inner:
            Type: AWS::CloudFormation::Stack
            Properties:
              TemplateURL: https://templates-1.s3.eu-west-1.amazonaws.com/inner.yaml
              Parameters: { Delay: !Ref Delay }
              Tags: [ { Key: team, Value: a } ]
          Rule:
            Type: AWS::Events::Rule
            Properties: { EventPattern: { source: [ a ] }, Targets: [ { Id: q, Arn: !GetAtt Inner.Outputs.Arn } ] }
        Outputs:
          Arn: { Value: !Sub "${Inner.Outputs.Arn}" }
          Id: { Value: !Ref Inner }
        """;

    private const string Inner = """
        Parameters: { Delay: { Type: Number } }
        Resources:
          Queue: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: !Ref Delay } }
        Outputs:
          Arn: { Value: !GetAtt Queue.Arn }
        """;

    private string[] nothing = [];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Assert.Equal(200, (await Aws.Send("s3", "/templates-1", null, "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>", "application/xml", HttpMethod.Put)).Status);
        await Put(Inner);
        nothing = await Everything();
    }

    [Fact]
    public async Task StackInAStackIsMadeAndDeletedWithIt()
    {
        await Make(("Tags.member.1.Key", "cost"), ("Tags.member.1.Value", "7"));
        string id = await Physical("Inner");
        Assert.Matches("^arn:aws:cloudformation:eu-west-1:123456789012:stack/app-Inner-[0-9A-Z]{12}/", id);
        Dictionary<string, string> outputs = await Outputs();
        Assert.Equal((id, (await Outputs(id))["Arn"]), (outputs["Id"], outputs["Arn"]));
        Assert.Contains(outputs["Arn"], (await ListTargets(await Physical("Rule"))).Text);
        Answer nested = await Cfn("DescribeStacks", ("StackName", id));
        string outer = One(await Cfn("DescribeStacks", ("StackName", Name)), "StackId");
        Assert.Equal((outer, outer), (One(nested, "ParentId"), One(nested, "RootId")));
        Assert.Equal(["cost", "team"], Members(nested, "Tags").Select(tag => Text(tag, "Key")).Order(StringComparer.Ordinal));
        Assert.Equal(["Queue"], Members(await Cfn("ListStackResources", ("StackName", id)), "StackResourceSummaries").Select(row => Text(row, "LogicalResourceId")));
        List<StackEvent> events = await Events();
        Assert.True(events.FindIndex(one => one.ToString() == "Inner CREATE_COMPLETE") < events.FindIndex(one => one.ToString() == "Rule CREATE_IN_PROGRESS"));
        Refused(await Cfn("UpdateTerminationProtection", ("StackName", id), ("EnableTerminationProtection", "true")), "is a nested stack");

        Assert.Equal("DELETE_COMPLETE", await Deleted());
        Assert.Equal("DELETE_COMPLETE", await Status(id));
        Assert.Equal(nothing, await Everything());
    }

    [Fact]
    public async Task OtherTemplateAtTheSameUrlIsAnUpdate()
    {
        await Make();
        (string id, string before) = (await Physical("Inner"), (await Outputs())["Arn"]);
        await Put(Inner.Replace("DelaySeconds: !Ref Delay", "QueueName: named, DelaySeconds: !Ref Delay", StringComparison.Ordinal));
        (await Cfn("CreateChangeSet", ("StackName", Name), ("ChangeSetName", "c"), ("UsePreviousTemplate", "true"))).Succeeded();
        Answer changes = await Cfn("DescribeChangeSet", ("StackName", Name), ("ChangeSetName", "c"));
        Assert.Contains("Automatic", changes.Text);
        Assert.Equal("UPDATE_COMPLETE", await Updated(Outer));
        Assert.Equal("UPDATE_COMPLETE", await Status(id));
        Assert.Equal((id, "arn:aws:sqs:eu-west-1:123456789012:named"), (await Physical("Inner"), (await Outputs())["Arn"]));
        Assert.Contains(":named", (await ListTargets(await Physical("Rule"))).Text);
        Assert.DoesNotContain(await Everything(), row => row.EndsWith(before[(before.LastIndexOf(':') + 1)..], StringComparison.Ordinal));
        // What was replaced is removed only when the outer stack has changed all.
        string rule = await Timed(Name, "Rule", "UPDATE_COMPLETE"), gone = await Timed(id, "Queue", "DELETE_IN_PROGRESS");
        Assert.True(string.CompareOrdinal(rule, gone) <= 0, $"{rule} {gone}");
    }

    [Fact]
    public async Task UnchangedStackStaysAsItIs()
    {
        await Make();
        string id = await Physical("Inner");
        Assert.Equal("UPDATE_COMPLETE", await Updated(Outer));
        Assert.Equal("CREATE_COMPLETE", await Status(id));
        Assert.Contains("Inner UPDATE_COMPLETE", (await Events()).Select(one => one.ToString()));
    }

    [Theory]
    [InlineData("DelaySeconds: !Ref Delay", "DelaySeconds: 5")]
    [InlineData("DelaySeconds: !Ref Delay", "QueueName: named")]
    public async Task NestedStackIsRolledBackWithTheOuterOne(string property, string by)
    {
        await Make();
        (string id, string arn, string[] before) = (await Physical("Inner"), (await Outputs())["Arn"], await Everything());
        await Put(Inner.Replace(property, by, StringComparison.Ordinal));
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await Updated(Outer.Replace("  Rule:", "  Bad: { Type: AWS::EC2::Instance, DependsOn: Rule }\n  Rule:", StringComparison.Ordinal)));
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await Status(id));
        Assert.Equal((arn, arn), ((await Outputs())["Arn"], (await Outputs(id))["Arn"]));
        Assert.Contains(arn, (await ListTargets(await Physical("Rule"))).Text);
        Assert.Contains("<TemplateBody>", (await Cfn("GetTemplate", ("StackName", id))).Text);
        Assert.Contains("!Ref Delay", One(await Cfn("GetTemplate", ("StackName", id)), "TemplateBody"));
        Assert.Equal(before, await Everything());
        Assert.Equal("UPDATE_COMPLETE", await Updated(Outer));
        Assert.Equal("DELETE_COMPLETE", await Deleted());
        Assert.Equal(nothing, await Everything());
    }

    [Fact]
    public async Task FailedNestedStackFailsTheOuterOne()
    {
        await Put(Inner.Replace("Outputs:", "  Bad: { Type: AWS::EC2::Instance, DependsOn: Queue }\nOutputs:", StringComparison.Ordinal));
        Assert.Equal("ROLLBACK_COMPLETE", await Created(Outer));
        string id = (await Events()).First(one => one.LogicalId == "Inner" && one.PhysicalId.Length > 0).PhysicalId;
        Assert.Equal($"Embedded stack {id} was not successfully created: The following resource(s) failed to create: [Bad]. ", await Reason("Inner"));
        Assert.Equal("DELETE_COMPLETE", await Status(id));
        Assert.Equal("The sandbox does not simulate AWS::EC2::Instance.", await Reason("Bad", id));
        Assert.Equal(nothing, await Everything());
        Assert.Equal("DELETE_COMPLETE", await Deleted());

        await Put(Inner);
        await Make();
        (id, string[] before) = (await Physical("Inner"), await Everything());
        await Put(Inner.Replace("DelaySeconds: !Ref Delay", "DelaySeconds: 100000", StringComparison.Ordinal));
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await Updated(Outer));
        Assert.StartsWith($"Embedded stack {id} was not successfully updated. Currently in UPDATE_ROLLBACK_", await Reason("Inner"), StringComparison.Ordinal);
        Assert.Contains("The following resource(s) failed to update: [Queue].", await Reason("Inner"));
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await Status(id));
        Assert.Equal(before, await Everything());
    }

    [Theory]
    [InlineData("none.yaml", "S3 error: ")]
    [InlineData("inner.yaml", "Parameters: [Delay] must have values")]
    public async Task TemplateThatCannotBeUsedSaysWhy(string key, string reason)
    {
        Assert.Equal("ROLLBACK_COMPLETE", await Created(Outer.Replace("inner.yaml", key, StringComparison.Ordinal).Replace("Parameters: { Delay: !Ref Delay }", "Parameters: {}", StringComparison.Ordinal)));
        Assert.Contains(reason, await Reason("Inner"));
        Assert.Equal(nothing, await Everything());
    }

    [Fact]
    public async Task RoleInANestedStackNeedsTheCapabilityOfTheOuterOne()
    {
        await Put("Resources: { R: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: { Statement: [ { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sts:AssumeRole } ] } } } }");
        const string Template = "Resources: { Inner: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: 'https://s3.amazonaws.com/templates-1/inner.yaml' } } }";
        (await Cfn("CreateStack", ("StackName", Name), ("TemplateBody", Template))).Succeeded();
        Assert.Equal("ROLLBACK_COMPLETE", await Settled());
        Assert.Contains("Requires capabilities : [CAPABILITY_IAM]", await Reason("Inner"));
        Assert.Equal("DELETE_COMPLETE", await Deleted());
        Assert.Equal("CREATE_COMPLETE", await Created(Template));
    }

    [Fact]
    public async Task NestedStackThatCannotBeDeletedHoldsTheOuterOne()
    {
        await Put("Resources: { Bus: { Type: AWS::Events::EventBus, Properties: { Name: b } } }");
        Assert.Equal("CREATE_COMPLETE", await Created("Resources: { Inner: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: 'https://templates-1.s3.amazonaws.com/inner.yaml' } } }"));
        string id = await Physical("Inner");
        await PutRule("held", "b");
        Refused(await Cfn("DeleteStack", ("StackName", Name), ("DeletionMode", "FORCE_DELETE_STACK")), "FORCE_DELETE_STACK can only be specified for a stack in DELETE_FAILED state.");
        Assert.Equal("DELETE_FAILED", await Deleted());
        Assert.Equal("DELETE_FAILED", await Status(id));
        Assert.Equal($"Embedded stack {id} was not successfully deleted: The following resource(s) failed to delete: [Bus]. ", await Reason("Inner"));
        string outer = One(await Cfn("DescribeStacks", ("StackName", Name)), "StackId");
        (await Cfn("DeleteStack", ("StackName", Name), ("DeletionMode", "FORCE_DELETE_STACK"))).Succeeded();
        Assert.Equal("DELETE_COMPLETE", await Settled(outer));
        Assert.Equal("DELETE_COMPLETE", await Status(id));
        Assert.Contains("Bus DELETE_SKIPPED", (await Events(id)).Select(one => one.ToString()));
        Assert.Contains("eu-west-1 buses b", await Everything());
    }

    [Fact]
    public async Task FailedRollbackOfANestedStackIsContinued()
    {
        await Make();
        (string id, string url) = (await Physical("Inner"), await Physical("Queue", await Physical("Inner")));
        await Put(Inner.Replace("DelaySeconds: !Ref Delay", "DelaySeconds: 5", StringComparison.Ordinal));
        (await Update(Outer.Replace("  Rule:", "  Bad: { Type: AWS::EC2::Instance, DependsOn: Rule }\n  Rule:", StringComparison.Ordinal))).Succeeded();
        for (int step = 0; step < 50 && !(await Events(id)).Any(one => one.ToString() == "Queue UPDATE_COMPLETE"); step++)
            Server.AdvanceTime(TimeSpan.FromMilliseconds(5));
        (await Aws.Send("sqs", "/", "AmazonSQS.DeleteQueue", $$"""{"QueueUrl":"{{url}}"}""", "application/x-amz-json-1.0")).Succeeded();
        Assert.Equal("UPDATE_ROLLBACK_FAILED", await Settled());
        Assert.Equal("UPDATE_ROLLBACK_FAILED", await Status(id));
        (await Cfn("ContinueUpdateRollback", ("StackName", Name), ("ResourcesToSkip.member.1", id.Split('/')[1] + ".Queue"))).Succeeded();
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await Settled());
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await Status(id));
    }

    [Fact]
    public async Task StacksGoThreeDeep()
    {
        await Put(Inner, "deep.yaml");
        await Put(Inner.Replace("Queue: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: !Ref Delay } }",
            "Deep: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: 'https://templates-1.s3.amazonaws.com/deep.yaml', Parameters: { Delay: !Ref Delay } } }", StringComparison.Ordinal)
            .Replace("Queue.Arn", "Deep.Outputs.Arn", StringComparison.Ordinal));
        await Make();
        string middle = await Physical("Inner"), deep = await Physical("Deep", middle), outer = One(await Cfn("DescribeStacks", ("StackName", Name)), "StackId");
        Assert.Equal((middle, outer), (One(await Cfn("DescribeStacks", ("StackName", deep)), "ParentId"), One(await Cfn("DescribeStacks", ("StackName", deep)), "RootId")));
        await Put(Inner.Replace("DelaySeconds: !Ref Delay", "QueueName: named", StringComparison.Ordinal), "deep.yaml");
        Assert.Equal("UPDATE_COMPLETE", await Updated(Outer));
        Assert.Equal(("UPDATE_COMPLETE", "UPDATE_COMPLETE"), (await Status(middle), await Status(deep)));
        Assert.EndsWith(":named", (await Outputs())["Arn"]);
        Assert.Single((await Everything()), row => row.Contains(" queues ", StringComparison.Ordinal));
        Assert.Equal("DELETE_COMPLETE", await Deleted());
        Assert.DoesNotContain(await Everything(), row => row.Contains(" queues ", StringComparison.Ordinal));
    }

    private async Task Make(params (string Key, string? Value)[] more)
    {
        string status = await Created(Outer, more);
        Assert.True(status == "CREATE_COMPLETE", string.Join("\n", (await Events()).Select(one => $"{one} {one.Reason}")));
    }

    private async Task Put(string template, string key = "inner.yaml") =>
        Assert.Equal(200, (await Aws.Send("s3", "/templates-1/" + key, null, template, "text/yaml", HttpMethod.Put)).Status);

    /// <summary>When a resource last got a status.</summary>
    private async Task<string> Timed(string stack, string logicalId, string status) => Text(Members(await Cfn("DescribeStackEvents", ("StackName", stack)), "StackEvents")
        .First(one => Text(one, "LogicalResourceId") == logicalId && Text(one, "ResourceStatus") == status), "Timestamp");
}
