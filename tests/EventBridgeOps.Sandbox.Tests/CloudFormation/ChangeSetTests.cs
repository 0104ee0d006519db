namespace EventBridgeOps.Sandbox.Tests.CloudFormation;

/// <summary>Change sets. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html and its neighbors.</summary>
public sealed class ChangeSetTests : StackTest
{
    private const string Template = """
        Resources:
          Queue: { Type: AWS::SQS::Queue }
          Rule: { Type: AWS::Events::Rule, Properties: { EventPattern: { source: [ a ] }, Targets: [ { Id: q, Arn: !GetAtt Queue.Arn } ] } }
          Topic: { Type: AWS::SNS::Topic }
        """;

    [Fact]
    public async Task StackIsCreatedByAChangeSet()
    {
        Answer created = (await Change("first", Template, "CREATE")).Succeeded();
        Assert.Equal("REVIEW_IN_PROGRESS", await Status());
        Answer described = (await Cfn("DescribeChangeSet", ("ChangeSetName", One(created, "Id")))).Succeeded();
        Assert.Equal(("CREATE_COMPLETE", "AVAILABLE"), (One(described, "Status"), One(described, "ExecutionStatus")));
        Assert.Equal(["Add Queue ", "Add Topic ", "Add Rule "], Changes(described));
        Assert.Empty(await Everything());
        (await Cfn("ExecuteChangeSet", ("ChangeSetName", "first"), ("StackName", Name))).Succeeded();
        Assert.Equal("CREATE_COMPLETE", await Settled());
        Assert.Equal(One(created, "Id"), One(await Cfn("DescribeStacks", ("StackName", Name)), "ChangeSetId"));
        Answer again = await Cfn("ExecuteChangeSet", ("ChangeSetName", "first"), ("StackName", Name));
        Assert.Equal((400, "InvalidChangeSetStatus"), (again.Status, One(again, "Code")));
        Assert.Equal("Stack [app] already exists", One(await Change("second", Template, "CREATE"), "Message"));
    }

    [Fact]
    public async Task ChangesAreShownBeforeTheyAreDone()
    {
        Assert.Equal("CREATE_COMPLETE", await Created(Template));
        string[] before = await Everything();
        string changed = Template.Replace("Queue: { Type: AWS::SQS::Queue }", "Queue: { Type: AWS::SQS::Queue, Properties: { QueueName: n } }", StringComparison.Ordinal)
            .Replace("  Topic: { Type: AWS::SNS::Topic }", "  New: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: 5 } }", StringComparison.Ordinal);
        (await Change("one", changed)).Succeeded();
        (await Change("two", Template.Replace("[ a ]", "[ b ]", StringComparison.Ordinal))).Succeeded();
        Answer described = await Cfn("DescribeChangeSet", ("ChangeSetName", "one"), ("StackName", Name));
        Assert.Equal(["Add New ", "Modify Queue True", "Modify Rule False", "Remove Topic "], Changes(described).Order(StringComparer.Ordinal));
        Assert.Contains("Dynamic", described.Text);
        Assert.Equal(["Modify Rule False"], Changes(await Cfn("DescribeChangeSet", ("ChangeSetName", "two"), ("StackName", Name))));
        Assert.Equal(before, await Everything());
        Answer taken = await Change("one", changed);
        Assert.Equal((400, "AlreadyExistsException"), (taken.Status, One(taken, "Code")));

        (await Cfn("ExecuteChangeSet", ("ChangeSetName", "one"), ("StackName", Name))).Succeeded();
        Assert.Equal("UPDATE_COMPLETE", await Settled());
        Assert.EndsWith("/n", await Physical("Queue"));
        Assert.Empty(Members(await Cfn("ListChangeSets", ("StackName", Name)), "Summaries"));
        Assert.Equal("EXECUTE_COMPLETE", One(await Cfn("DescribeChangeSet", ("ChangeSetName", "one"), ("StackName", Name)), "ExecutionStatus"));
        Assert.Equal("ChangeSetNotFound", One(await Cfn("DescribeChangeSet", ("ChangeSetName", "two"), ("StackName", Name)), "Code"));
        Assert.Equal(changed.ReplaceLineEndings("\n"), One(await Cfn("GetTemplate", ("StackName", Name), ("ChangeSetName", "one")), "TemplateBody").ReplaceLineEndings("\n"));
        (await Change("one", Template)).Succeeded();
    }

    [Fact]
    public async Task NoChangesAreAFailedChangeSet()
    {
        Assert.Equal("CREATE_COMPLETE", await Created(Template));
        (await Change("same", Template)).Succeeded();
        Answer described = await Cfn("DescribeChangeSet", ("ChangeSetName", "same"), ("StackName", Name));
        Assert.Equal(("FAILED", "UNAVAILABLE", "The submitted information didn't contain changes. Submit different information to create a change set."),
            (One(described, "Status"), One(described, "ExecutionStatus"), One(described, "StatusReason")));
        (await Cfn("DeleteChangeSet", ("ChangeSetName", "same"), ("StackName", Name))).Succeeded();
        Answer gone = await Cfn("DescribeChangeSet", ("ChangeSetName", "same"), ("StackName", Name));
        Assert.Equal((404, "ChangeSetNotFound", "ChangeSet [same] does not exist"), (gone.Status, One(gone, "Code"), One(gone, "Message")));
        Invalid(await Deploy("CreateChangeSet", "none", Template, ("ChangeSetName", "c")), "Stack [none] does not exist");
        Refused(await Change("7", Template), "at 'changeSetName' failed to satisfy constraint");
    }

    private Task<Answer> Change(string name, string template, string? type = null) => Deploy("CreateChangeSet", Name, template, ("ChangeSetName", name), ("ChangeSetType", type));

    private static IEnumerable<string> Changes(Answer described) => Members(described, "Changes").Select(change => change.Elements().Last())
        .Select(change => $"{Text(change, "Action")} {Text(change, "LogicalResourceId")} {Text(change, "Replacement")}");
}
