using System.Text.Json;
using EventBridgeOps.Sandbox.Deliveries;
using EventBridgeOps.Sandbox.Tests.Lambda;

namespace EventBridgeOps.Sandbox.Tests.Facts;

/// <summary>An error of a function is not one of the delivery. Sources: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html; aws/aws-cdk issue 25423; serverless/serverless issue 4647.</summary>
public sealed class FunctionErrorFacts : LambdaTest
{
    private const string Url = "http://localhost/123456789012/dead";

    [Fact]
    public async Task ThrowingFunctionNeverReachesTheDeadLetterQueueOfTheRuleAndIsTriedAgainAfterOneAndTwoMinutes()
    {
        await MakePipe();
        await Create("f", """echo "$event" > "$PIPE"; fail '{"errorMessage":"thrown"}'""", PipeVariable);
        Assert.Equal(201, (await Lambda(HttpMethod.Post, "2015-03-31/functions/f/policy", """{"StatementId":"s","Action":"lambda:InvokeFunction","Principal":"events.amazonaws.com"}""")).Status);
        string open = JsonSerializer.Serialize("""{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*"}}""");
        (await Sqs("CreateQueue", $$$"""{"QueueName":"dead","Attributes":{"Policy":{{{open}}}} }""")).Succeeded();
        await PutRule("r");
        (await PutTargets("r", $$$"""{"Id":"t","Arn":"{{{Functions}}}f","InputPath":"$.detail","DeadLetterConfig":{"Arn":"arn:aws:sqs:eu-west-1:123456789012:dead"} }""")).Succeeded();

        (await Aws.Events("PutEvents", """{"Entries":[{"Source":"a","DetailType":"d","Detail":"{\"x\":1}"}]}""")).Succeeded();
        foreach (int minutes in new[] { 0, 1, 2 })
        {
            Server.AdvanceTime(TimeSpan.FromMinutes(minutes));
            Assert.Equal("""{"x":1}""", await ReadPipe());
        }

        Server.AdvanceTime(TimeSpan.FromHours(6));
        Assert.Equal((DeliveryOutcome.Delivered, 1), (Assert.Single(Server.Deliveries).Outcome, Server.Deliveries[0].Attempts));
        Assert.Equal("{}", (await Sqs("ReceiveMessage", $$"""{"QueueUrl":"{{Url}}"}""")).Succeeded().Text);
    }

    private Task<Answer> Sqs(string operation, string input) => Aws.Send("sqs", "/", "AmazonSQS." + operation, input, "application/x-amz-json-1.0");
}
