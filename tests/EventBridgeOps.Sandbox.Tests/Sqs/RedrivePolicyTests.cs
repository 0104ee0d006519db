using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.Sqs;

/// <summary>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html, RedrivePolicy and RedriveAllowPolicy.</summary>
public sealed class RedrivePolicyTests : SandboxTest
{
    private const string Arn = "arn:aws:sqs:eu-west-1:123456789012:";
    private const string Bad = "com.amazonaws.sqs#InvalidParameterValueException";

    [Fact]
    public async Task MissingDeadLetterQueueIsRefused() => (await Make("q", Redrive("none"))).Failed(
        400, Bad, $$"""Value {"deadLetterTargetArn":"{{Arn}}none","maxReceiveCount":3} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.""");

    [Fact]
    public async Task QueueOfOtherTypeIsRefused()
    {
        (await Make("dead.fifo", "\"FifoQueue\":\"true\"")).Succeeded();
        (await Make("q", Redrive("dead.fifo"))).Failed(400, Bad);
    }

    [Fact]
    public async Task DeadLetterQueueChoosesItsSources()
    {
        (await Make("closed", Allow("""{"redrivePermission":"denyAll"}"""))).Succeeded();
        (await Make("q", Redrive("closed"))).Failed(400, Bad);
        (await Make("dead", Allow($$"""{"redrivePermission":"byQueue","sourceQueueArns":["{{Arn}}q"]}"""))).Succeeded();
        (await Make("q", Redrive("dead"))).Succeeded();
        (await Make("other", Redrive("dead"))).Failed(400, Bad);
    }

    [Theory]
    [InlineData("""{"redrivePermission":"byQueue"}""")]
    [InlineData("""{"redrivePermission":"allowAll","sourceQueueArns":["arn:aws:sqs:eu-west-1:123456789012:q"]}""")]
    [InlineData("""{"redrivePermission":"some"}""")]
    public async Task UnreadableAllowPolicyIsRefused(string policy) => (await Make("dead", Allow(policy))).Failed(400, Bad);

    private static string Redrive(string queue) => "\"RedrivePolicy\":" + JsonSerializer.Serialize($$"""{"deadLetterTargetArn":"{{Arn}}{{queue}}","maxReceiveCount":3}""");

    private static string Allow(string policy) => "\"RedriveAllowPolicy\":" + JsonSerializer.Serialize(policy);

    private Task<Answer> Make(string name, string attributes) =>
        Aws.Send("sqs", "/", "AmazonSQS.CreateQueue", $$$"""{"QueueName":"{{{name}}}","Attributes":{{{{attributes}}}} }""", "application/x-amz-json-1.0");
}
