namespace EventBridgeOps.Sandbox.Tests.CloudFormation;

/// <summary>Stacks are updated, in place or by replacement, and rolled back when that fails.</summary>
public sealed class UpdateTests : StackTest
{
    private const string Before = """
        Parameters: { Delay: { Type: Number, Default: 0 } }
        Resources:
          Queue: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: !Ref Delay, Tags: [ { Key: a, Value: b } ] } }
          Rule:
            Type: AWS::Events::Rule
            Properties: { EventPattern: { source: [ a ] }, Targets: [ { Id: q, Arn: !GetAtt Queue.Arn } ] }
          Old: { Type: AWS::SNS::Topic }
        Outputs:
          Arn: { Value: !GetAtt Queue.Arn }
        """;

    private static string With(string more) => Before.Replace("Old: { Type: AWS::SNS::Topic }", more, StringComparison.Ordinal);

    [Fact]
    public async Task ResourceIsChangedInPlace()
    {
        Assert.Equal("CREATE_COMPLETE", await Created(Before));
        string url = await Physical("Queue");
        (await Cfn("UpdateStack", ("StackName", Name), ("UsePreviousTemplate", "true"), ("Parameters.member.1.ParameterKey", "Delay"), ("Parameters.member.1.ParameterValue", "9"),
            ("Tags.member.1.Key", "cost"), ("Tags.member.1.Value", "7"))).Succeeded();
        Assert.Equal("UPDATE_COMPLETE", await Settled());
        Assert.Equal(url, await Physical("Queue"));
        Assert.Equal("9", (await Sqs("GetQueueAttributes", $$"""{"QueueUrl":"{{url}}","AttributeNames":["DelaySeconds"]}""")).Json.GetProperty("Attributes").GetProperty("DelaySeconds").GetString());
        Assert.Equal("""{"Tags":{"a":"b","cost":"7"}}""", (await Sqs("ListQueueTags", $$"""{"QueueUrl":"{{url}}"}""")).Text);
        Assert.Contains("\"cost\"", (await Aws.Events("ListTagsForResource", $$"""{"ResourceARN":"arn:aws:events:eu-west-1:123456789012:rule/{{await Physical("Rule")}}"}""")).Text);

        Invalid(await Cfn("UpdateStack", ("StackName", Name), ("UsePreviousTemplate", "true"), ("Parameters.member.1.ParameterKey", "Delay"), ("Parameters.member.1.UsePreviousValue", "true")),
            "No updates are to be performed.");
        Assert.Equal("UPDATE_COMPLETE", await Updated(Before)); // The default of the parameter is another value.
        Invalid(await Deploy("UpdateStack", "none", Before), "Stack [none] does not exist");
    }

    [Fact]
    public async Task ResourceIsReplacedAndTheOldOneIsRemovedAtTheEnd()
    {
        Assert.Equal("CREATE_COMPLETE", await Created(Before));
        (string url, string topic) = (await Physical("Queue"), await Physical("Old"));
        string renamed = With("").Replace("DelaySeconds: !Ref Delay", "QueueName: named", StringComparison.Ordinal);
        Assert.Equal("UPDATE_COMPLETE", await Updated(renamed));
        Assert.EndsWith("/named", await Physical("Queue"));
        Assert.EndsWith(":named", (await Outputs())["Arn"]);
        Assert.Contains(":named", (await Aws.Events("ListTargetsByRule", $$"""{"Rule":"{{await Physical("Rule")}}"}""")).Text);
        string[] everything = await Everything();
        Assert.DoesNotContain(everything, row => row.EndsWith(url[(url.LastIndexOf('/') + 1)..], StringComparison.Ordinal));
        Assert.DoesNotContain(everything, row => row.EndsWith(topic[(topic.LastIndexOf(':') + 1)..], StringComparison.Ordinal));
        Assert.Equal(["Queue", "Rule"], Members(await Cfn("ListStackResources", ("StackName", Name)), "StackResourceSummaries").Select(row => Text(row, "LogicalResourceId")));

        List<StackEvent> events = (await Events()).SkipWhile(one => one.Status != "UPDATE_IN_PROGRESS").ToList();
        int cleanup = events.FindIndex(one => one.Status == "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS");
        Assert.All(events.Where(one => one.Status.StartsWith("DELETE", StringComparison.Ordinal)), one => Assert.True(events.IndexOf(one) > cleanup));
        Assert.Contains(events, one => one.ToString() == "Queue DELETE_COMPLETE" && one.PhysicalId == url);
        Assert.Contains("Requested update requires the creation of a new physical resource; hence creating one.", events.Select(one => one.Reason));

        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await Updated(renamed.Replace("QueueName: named", "QueueName: named, FifoQueue: true", StringComparison.Ordinal)));
        Assert.Equal("CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename named and update the stack again.", await Reason("Queue"));
        Assert.Equal(everything, await Everything());
        Assert.Equal("DELETE_COMPLETE", await Deleted());
        Assert.Empty(await Everything());
    }

    [Fact]
    public async Task ReplacedResourceStaysWhereTheTemplateSaysSo()
    {
        const string Named = "Resources: { Q: { Type: AWS::SQS::Queue, UpdateReplacePolicy: Retain, Properties: { QueueName: one } } }";
        Assert.Equal("CREATE_COMPLETE", await Created(Named));
        Assert.Equal("UPDATE_COMPLETE", await Updated(Named.Replace("one", "two", StringComparison.Ordinal)));
        Assert.Equal(["eu-west-1 queues one", "eu-west-1 queues two"], (await Everything()).Where(row => row.Contains(" queues ", StringComparison.Ordinal)));
        Assert.Contains("Q DELETE_SKIPPED", (await Events()).Select(one => one.ToString()));
    }

    [Fact]
    public async Task NewNameThatIsTakenFailsTheUpdate()
    {
        await MakeQueue("taken");
        const string Named = "Resources: { Q: { Type: AWS::SQS::Queue, Properties: { QueueName: one } } }";
        Assert.Equal("CREATE_COMPLETE", await Created(Named));
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await Updated(Named.Replace("one", "taken", StringComparison.Ordinal)));
        Assert.Contains("Resource of type 'AWS::SQS::Queue' with identifier 'taken' already exists.", await Reason("Q"));
        Assert.EndsWith("/one", await Physical("Q"));
        Assert.Equal(2, (await Everything()).Count(row => row.Contains(" queues ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("AWS::S3::Bucket, Properties: { BucketName: full-1 }", "The bucket you tried to delete is not empty")]
    [InlineData("AWS::EventSchemas::Registry, Properties: { RegistryName: full-1 }", "because it contains schemas")]
    public async Task WhatIsNotEmptyIsNotDeleted(string resource, string reason)
    {
        Assert.Equal("CREATE_COMPLETE", await Created($"Resources: {{ X: {{ Type: {resource} }} }}"));
        // One of them is there.
        await Aws.Send("s3", "/full-1/key", null, "text", "text/plain", HttpMethod.Put);
        await Aws.Send("schemas", "/v1/registries/name/full-1/schemas/name/a", null, """{"Type":"JSONSchemaDraft4","Content":"{}"}""", "application/json");
        Assert.Equal("DELETE_FAILED", await Deleted());
        Assert.Contains(reason, await Reason("X"));
        Refused(await Update("Resources: { Y: { Type: AWS::SQS::Queue } }"), "is in DELETE_FAILED state and can not be updated.");
        string id = One(await Cfn("DescribeStacks", ("StackName", Name)), "StackId");
        (await Cfn("DeleteStack", ("StackName", Name), ("DeletionMode", "FORCE_DELETE_STACK"))).Succeeded();
        Assert.Equal("DELETE_COMPLETE", await Settled(id));
        Assert.Contains("X DELETE_SKIPPED", (await Events(id)).Select(one => one.ToString()));
        Assert.Contains(await Everything(), row => row.Contains("full-1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("DelaySeconds: 5", "changed")]
    [InlineData("QueueName: other", "replaced")]
    public async Task FailedUpdateLeavesAllAsItWas(string property, string how)
    {
        Assert.Equal("CREATE_COMPLETE", await Created(Before, ("Tags.member.1.Key", "cost"), ("Tags.member.1.Value", "7")));
        (string url, string[] everything) = (await Physical("Queue"), await Everything());
        string state = await Essence();
        string worse = With($"New: {{ Type: AWS::SQS::Queue, DependsOn: Queue }}\n  Bad: {{ Type: AWS::EC2::Instance, DependsOn: [ New, Rule ] }}")
            .Replace("DelaySeconds: !Ref Delay", property, StringComparison.Ordinal).Replace("Delay: {", "Other: {", StringComparison.Ordinal).Replace("source: [ a ]", "source: [ b ]", StringComparison.Ordinal);
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await Updated(worse, ("Tags.member.1.Key", "cost"), ("Tags.member.1.Value", "8")));
        Assert.Equal("The sandbox does not simulate AWS::EC2::Instance.", await Reason("Bad"));
        Assert.Equal(url, await Physical("Queue"));
        Assert.Equal(everything, await Everything());
        Assert.Equal(state, await Essence());
        string[] statuses = [.. (await Events()).Where(one => one.LogicalId == Name).Select(one => one.Status)];
        Assert.Equal(["UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE"], statuses[^4..]);
        Assert.Equal("0", One(await Cfn("DescribeStacks", ("StackName", Name)), "ParameterValue"));
        Assert.NotEmpty(how);
        Invalid(await Update(Before), "No updates are to be performed.");
        Assert.Equal("DELETE_COMPLETE", await Deleted());
        Assert.Empty(await Everything());
    }

    [Fact]
    public async Task UpdateWithoutRollbackIsContinued()
    {
        Assert.Equal("CREATE_COMPLETE", await Created(Before));
        Assert.Equal("UPDATE_FAILED", await Updated(With("Bad: { Type: AWS::EC2::Instance }"), ("DisableRollback", "true")));
        Assert.Equal("UPDATE_COMPLETE", await Updated(With("Bad: { Type: AWS::SQS::Queue }").Replace("Bad", "Good", StringComparison.Ordinal)));
        Assert.Equal("DELETE_COMPLETE", await Deleted());
        Assert.Empty(await Everything());
    }

    [Fact]
    public async Task TypeOfAResourceStays()
    {
        Assert.Equal("CREATE_COMPLETE", await Created(Before));
        Invalid(await Update(With("Old: { Type: AWS::SQS::Queue }")),
            "Update of resource type is not permitted. The new template modifies resource type of the following resources: [Old]");
        Refused(await Update(Before, ("Parameters.member.1.ParameterKey", "None"), ("Parameters.member.1.UsePreviousValue", "true")), "Cannot specify usePreviousValue as true for a parameter key not in the previous template");
    }

    [Fact]
    public async Task OutputAloneIsAnUpdate()
    {
        Assert.Equal("CREATE_COMPLETE", await Created(Before));
        Assert.Equal("UPDATE_COMPLETE", await Updated(Before + "\n" + "  More: { Value: x }"));
        Assert.Equal("x", (await Outputs())["More"]);
    }

    [Fact]
    public async Task ExportInUseHoldsItsStack()
    {
        const string Exporting = "Resources: { Q: { Type: AWS::SQS::Queue } }\nOutputs: { Q: { Value: !GetAtt Q.Arn, Export: { Name: q } } }";
        const string Importing = "Resources: { T: { Type: AWS::SNS::Topic, Properties: { Subscription: [ { Protocol: sqs, Endpoint: !ImportValue q } ] } } }";
        (await Deploy("CreateStack", "user", Importing)).Succeeded();
        Assert.Equal("ROLLBACK_COMPLETE", await Settled("user"));
        Assert.Contains("No export named q found. Rollback requested by user.", (await Events("user")).Select(one => one.Reason));
        Assert.Equal("DELETE_COMPLETE", await Deleted("user"));

        Assert.Equal("CREATE_COMPLETE", await Created(Exporting));
        (await Deploy("CreateStack", "user", Importing)).Succeeded();
        Assert.Equal("CREATE_COMPLETE", await Settled("user"));
        Assert.Equal(["user"], Members(await Cfn("ListImports", ("ExportName", "q")), "Imports").Select(member => member.Value));
        Assert.Equal("DELETE_FAILED", await Deleted());
        Assert.Contains("Delete canceled. Cannot delete export q as it is in use by user", (await Events()).Select(one => one.Reason));
        (await Deploy("CreateStack", "other", Exporting)).Succeeded();
        Assert.Equal("ROLLBACK_COMPLETE", await Settled("other"));
        Assert.Contains("Export with name q is already exported by stack app. Rollback requested by user.", (await Events("other")).Select(one => one.Reason));
        Assert.Equal("DELETE_COMPLETE", await Deleted("user"));
        Assert.Equal("DELETE_COMPLETE", await Deleted());
        Assert.Equal("DELETE_COMPLETE", await Deleted("other"));
        Assert.Empty(await Everything());
    }

    [Fact]
    public async Task ResourceThatCannotBeDeletedIsKeptOnRequest()
    {
        Assert.Equal("CREATE_COMPLETE", await Created("Resources: { Bus: { Type: AWS::Events::EventBus, Properties: { Name: b } }, Q: { Type: AWS::SQS::Queue, DependsOn: Bus } }"));
        await PutRule("held", "b");
        Assert.Equal("DELETE_FAILED", await Deleted());
        Assert.Contains("Cannot delete event bus b since it has rules.", await Reason("Bus"));
        Assert.Contains("The following resource(s) failed to delete: [Bus]. ", (await Events()).Select(one => one.Reason));
        (await Cfn("DeleteStack", ("StackName", Name), ("RetainResources.member.1", "Bus"))).Succeeded();
        Server.AdvanceTime(TimeSpan.FromMinutes(1));
        Assert.Equal(["eu-west-1 buses b"], (await Everything()).Where(row => row.Contains("buses", StringComparison.Ordinal)));
        Invalid(await Cfn("DescribeStacks", ("StackName", Name)), "Stack with id app does not exist");
    }

    [Fact]
    public async Task FailedRollbackIsContinued()
    {
        Assert.Equal("CREATE_COMPLETE", await Created(Before));
        string url = await Physical("Queue");
        string worse = With("Bad: { Type: AWS::EC2::Instance, DependsOn: Queue }").Replace("DelaySeconds: !Ref Delay", "DelaySeconds: 5", StringComparison.Ordinal).Replace("Delay: {", "Other: {", StringComparison.Ordinal);
        (await Update(worse)).Succeeded();
        Server.AdvanceTime(TimeSpan.FromMilliseconds(25)); // The queue is changed.
        (await Sqs("DeleteQueue", $$"""{"QueueUrl":"{{url}}"}""")).Succeeded();
        Assert.Equal("UPDATE_ROLLBACK_FAILED", await Settled());
        Refused(await Update(Before), "is in UPDATE_ROLLBACK_FAILED state and can not be updated.");
        (await Cfn("ContinueUpdateRollback", ("StackName", Name), ("ResourcesToSkip.member.1", "Queue"))).Succeeded();
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await Settled());
    }

    private Task<Answer> Sqs(string operation, string input) => Aws.Send("sqs", "/", "AmazonSQS." + operation, input, "application/x-amz-json-1.0");

    /// <summary>What the queue and the rule are set to.</summary>
    private async Task<string> Essence()
    {
        string queue = $$"""{"QueueUrl":"{{await Physical("Queue")}}","AttributeNames":["DelaySeconds","QueueArn"]}""";
        string rule = await Physical("Rule");
        return (await Sqs("GetQueueAttributes", queue)).Succeeded().Text + (await Sqs("ListQueueTags", queue.Replace(",\"AttributeNames\":[\"DelaySeconds\",\"QueueArn\"]", "", StringComparison.Ordinal))).Succeeded().Text
            + (await Aws.Events("DescribeRule", $$"""{"Name":"{{rule}}"}""")).Succeeded().Text + (await ListTargets(rule)).Text
            + (await Aws.Events("ListTagsForResource", $$"""{"ResourceARN":"arn:aws:events:eu-west-1:123456789012:rule/{{rule}}"}""")).Succeeded().Text;
    }
}
