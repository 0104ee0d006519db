namespace EventBridgeOps.Sandbox.Tests;

public sealed class BusTests : SandboxTest
{
    protected override SandboxOptions Options => new() { Seed = 1, PageSize = 2 };

    [Fact]
    public async Task Every_region_has_its_own_default_bus()
    {
        using AwsClient gov = new(Server.Endpoint, "us-gov-west-1");
        using AwsClient china = new(Server.Endpoint, "cn-north-1");
        Assert.Equal("arn:aws:events:eu-west-1:123456789012:event-bus/default", await DefaultArn(Aws));
        Assert.Equal("arn:aws-us-gov:events:us-gov-west-1:123456789012:event-bus/default", await DefaultArn(gov));
        Assert.Equal("arn:aws-cn:events:cn-north-1:123456789012:event-bus/default", await DefaultArn(china));

        static async Task<string?> DefaultArn(AwsClient aws) =>
            (await aws.Events("DescribeEventBus", "{}")).Succeeded().Json.GetProperty("Arn").GetString();
    }

    [Fact]
    public async Task Buses_are_created_listed_in_pages_and_deleted()
    {
        foreach (string? name in new[] { "b", "a", "c", "d" })
            (await Aws.Events("CreateEventBus", $$"""{"Name":"{{name}}"}""")).Succeeded();
        Assert.Equal(["a", "b", "c", "d", "default"], await Pages(
            token => Aws.Events("ListEventBuses", $$"""{"Limit":50{{Continued("NextToken", token)}}}"""), "EventBuses", "Name"));

        (await Aws.Events("CreateEventBus", """{"Name":"a"}""")).Failed(400, "ResourceAlreadyExistsException", "Event bus a already exists.");
        (await Aws.Events("DeleteEventBus", """{"Name":"a"}""")).Succeeded();
        (await Aws.Events("DeleteEventBus", """{"Name":"a"}""")).Succeeded();
        (await Aws.Events("DescribeEventBus", """{"Name":"a"}""")).Failed(400, "ResourceNotFoundException", "Event bus a does not exist.");
    }

    [Fact]
    public async Task The_default_bus_and_a_bus_with_rules_cannot_be_deleted()
    {
        (await Aws.Events("DeleteEventBus", """{"Name":"default"}""")).Failed(400, "ValidationException", "Cannot delete event bus default.");
        (await Aws.Events("CreateEventBus", """{"Name":"full"}""")).Succeeded();
        await PutRule("r", "full");
        (await Aws.Events("DeleteEventBus", """{"Name":"full"}""")).Failed(400, "ValidationException");
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("")]
    [InlineData("a/b")]
    public async Task Bad_names_are_refused(string name) =>
        (await Aws.Events("CreateEventBus", $$"""{"Name":"{{name}}"}""")).Failed(400, "ValidationException");

    /// <summary>https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html</summary>
    [Fact]
    public async Task Permissions_are_statements_of_the_policy()
    {
        (await Aws.Events("RemovePermission", """{"StatementId":"a"}""")).Failed(400, "ResourceNotFoundException", "EventBus does not have a policy.");
        (await Aws.Events("PutPermission", """{"Action":"events:PutEvents","Principal":"210987654321","StatementId":"a"}""")).Succeeded();
        (await Aws.Events("PutPermission", """{"Action":"events:PutEvents","Principal":"*","StatementId":"b","Condition":{"Type":"StringEquals","Key":"aws:PrincipalOrgID","Value":"o-1"}}""")).Succeeded();
        Assert.Equal(
            """{"Version":"2012-10-17","Statement":[{"Sid":"a","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::210987654321:root"},"Action":"events:PutEvents","Resource":"arn:aws:events:eu-west-1:123456789012:event-bus/default"},{"Sid":"b","Effect":"Allow","Principal":"*","Action":"events:PutEvents","Resource":"arn:aws:events:eu-west-1:123456789012:event-bus/default","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}}]}""",
            await Policy());
        (await Aws.Events("RemovePermission", """{"StatementId":"c"}""")).Failed(400, "ResourceNotFoundException", "Statement with the provided id does not exist.");
        (await Aws.Events("RemovePermission", """{"StatementId":"a"}""")).Succeeded();
        Assert.DoesNotContain("210987654321", await Policy());
        (await Aws.Events("PutPermission", """{"Policy":"{\"Statement\":{\"Sid\":\"d\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"events:PutEvents\",\"Resource\":\"*\"}}"}""")).Succeeded();
        Assert.DoesNotContain("o-1", await Policy());
        (await Aws.Events("RemovePermission", """{"RemoveAllPermissions":true}""")).Succeeded();
        Assert.Null(await Policy());

        async Task<string?> Policy() => (await Aws.Events("DescribeEventBus", "{}")).Json.TryGetProperty("Policy", out System.Text.Json.JsonElement policy) ? policy.GetString() : null;
    }

    [Theory]
    [InlineData("""{"Action":"events:PutEvents","Principal":"somebody","StatementId":"a"}""", "ValidationException")]
    [InlineData("""{"Action":"events:PutEvents","Principal":"*"}""", "ValidationException")]
    [InlineData("""{"Action":"events:PutEvents","Principal":"*","StatementId":"a","Condition":{"Type":"StringLike","Key":"aws:PrincipalOrgID","Value":"o-1"}}""", "ValidationException")]
    [InlineData("""{"Policy":"{}","StatementId":"a"}""", "ValidationException")]
    [InlineData("""{"Policy":"nothing"}""", "ValidationException")]
    [InlineData("""{"EventBusName":"none","Action":"events:PutEvents","Principal":"*","StatementId":"a"}""", "ResourceNotFoundException")]
    public async Task Bad_permissions_are_refused(string input, string code) => (await Aws.Events("PutPermission", input)).Failed(400, code);

    [Fact]
    public async Task A_bus_may_be_named_by_its_arn_but_not_by_another_accounts()
    {
        (await Aws.Events("DescribeEventBus", """{"Name":"arn:aws:events:eu-west-1:123456789012:event-bus/default"}""")).Succeeded();
        (await Aws.Events("DescribeEventBus", """{"Name":"arn:aws:events:eu-west-1:999999999999:event-bus/default"}"""))
            .Failed(400, "ResourceNotFoundException");
    }
}
