using EventBridgeOps.Sandbox.Calls;
using EventBridgeOps.Sandbox.Engines;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Tests.Calls;

/// <summary>No operation answers a request as if it had not seen a member.</summary>
public sealed class InputMemberTests : SandboxTest
{
    /// <summary>Each service with each of its operations.</summary>
    private static IEnumerable<(string Service, string Operation)> Operations =>
        typeof(SandboxServer).Assembly.GetTypes().Where(type => typeof(IService).IsAssignableFrom(type) && !type.IsInterface)
            .Select(type => (IService)Activator.CreateInstance(type)!)
            .SelectMany(service => service.Operations.Keys.Select(operation => (service.Name, operation)));

    [Fact]
    public void Every_operation_refuses_a_member_that_it_would_ignore()
    {
        Assert.NotEmpty(Operations);
        foreach ((string service, string operation) in Operations.Where(one => one.Operation is not ("RegisterJobDefinition" or "RegisterTaskDefinition"))) // They keep all.
        {
            AwsError refused = Assert.Throws<AwsError>(() => InputMembers.Check(Call(service, operation, """{"Invented":{"a":1}}""")));
            Assert.Equal($"The sandbox does not support the member Invented of {operation}.", refused.Message);
            InputMembers.Check(Call(service, operation, """{"Invented":null}"""));
        }
    }

    /// <summary>The list is of the models: it has none that they do not have.</summary>
    [Fact]
    public async Task The_members_are_those_of_the_service_models() =>
        Assert.Equal("[]", (await Child.Python("members.py", Server.Environment, Path.Combine(AppContext.BaseDirectory, "Calls", "members.txt"))).Trim());

    [Theory]
    [InlineData("PutEvents", """{"EndpointId":"abcde.veo","Entries":[{"Source":"a","DetailType":"d","Detail":"{}"}]}""", "EndpointId of PutEvents")]
    [InlineData("PutEvents", """{"Entries":[{"Source":"a","DetailType":"d","Detail":"{}"},{"Source":"a","DetailType":"d","Detail":"{}","Retry":1}]}""", "Retry of PutEvents.Entries")]
    [InlineData("PutEvents", """{"Entries":[{"source":"a","DetailType":"d","Detail":"{}"}]}""", "source of PutEvents.Entries")]
    [InlineData("ListRules", """{"EventBus":"b"}""", "EventBus of ListRules")]
    [InlineData("UntagResource", """{"ResourceARN":"a","Keys":["k"]}""", "Keys of UntagResource")]
    public async Task It_is_named_with_its_place(string operation, string input, string named)
    {
        (await Aws.Events(operation, input)).Failed(400, "ValidationException", $"The sandbox does not support the member {named}.");
        Assert.Empty(Server.Deliveries);
    }

    [Theory]
    [InlineData("""{"jobName":"j","jobQueue":"q","jobDefinition":"d","priority":1}""", "priority of SubmitJob")]
    [InlineData("""{"jobName":"j","jobQueue":"q","jobDefinition":"d","nodeOverrides":{"nodes":2}}""", "nodes of SubmitJob.nodeOverrides")]
    [InlineData("""{"jobName":"j","jobQueue":"q","jobDefinition":"d","containerOverrides":{"environment":[{"key":"k","value":"v"}]}}""", "key of SubmitJob.containerOverrides.environment")]
    public async Task So_it_is_in_other_protocols(string input, string named) =>
        (await Aws.Batch("SubmitJob", input)).Failed(400, "ClientException", $"The sandbox does not support the member {named}.");

    [Fact]
    public async Task A_form_may_have_what_signs_it()
    {
        Answer answer = await Aws.Sts("Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256&AWSAccessKeyId=a&SignatureVersion=2");
        Assert.Equal(200, answer.Status);
        Answer refused = await Aws.Sts("Action=GetCallerIdentity&Version=2011-06-15&Invented=1");
        Assert.Equal(400, refused.Status);
        Assert.Contains("Invented of GetCallerIdentity", refused.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"ResourceARN":"arn:aws:events:eu-west-1:123456789012:rule/r"}""", "ValidationException")]
    [InlineData("""{"ResourceARN":"arn:aws:events:eu-west-1:123456789012:rule/r","TagKeys":[""]}""", "ValidationException")]
    [InlineData("""{"ResourceARN":"arn:aws:events:eu-west-1:123456789012:rule/r","TagKeys":"k"}""", "SerializationException")]
    [InlineData("""{"ResourceARN":"arn:aws:events:eu-west-1:123456789012:rule/r","TagKeys":[1]}""", "SerializationException")]
    public async Task Keys_of_tags_are_checked(string input, string code)
    {
        await PutRule("r");
        (await Aws.Events("TagResource", """{"ResourceARN":"arn:aws:events:eu-west-1:123456789012:rule/r","Tags":[{"Key":"k","Value":"v"}]}""")).Succeeded();
        (await Aws.Events("UntagResource", input)).Failed(400, code);
    }

    private static AwsCall Call(string service, string operation, string input) =>
        AwsCall.OfService("eu-west-1") with { Service = service, Operation = operation, Input = RawDocument.Parse(input) };
}
