using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Cli.Tests;

/// <summary><c>ebops dlq redrive</c> to a function, which really runs.</summary>
public sealed class RedriveFunctionTests : CliTest
{
    private const string Function = "arn:aws:lambda:eu-west-1:123456789012:function:worker";
    private const string Queues = "arn:aws:sqs:eu-west-1:123456789012:";

    public override async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(BashFunction.CanRun, "SKIPPED: bash is needed for the bootstrap of the function.");
        await base.InitializeAsync();
        string open = JsonSerializer.Serialize("""{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*"}}""");
        await SqsAsync("CreateQueue", $$$"""{"QueueName":"dead","Attributes":{"Policy":{{{open}}}}}""");
        await SqsAsync("CreateQueue", """{"QueueName":"done"}""");
        await IamAsync("CreateRole", ("RoleName", "worker"), ("AssumeRolePolicyDocument", """{"Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}}"""));
        await IamAsync("PutRolePolicy", ("RoleName", "worker"), ("PolicyName", "p"), ("PolicyDocument", """{"Statement":{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*"}}"""));
        // The order that the function got is its answer, and each answer goes to the queue "done".
        string code = BashFunction.Zip("""respond "$(grep -o '"order":[0-9]*' <<<"$event" | sed 's/.*/{&}/')" """);
        (await Aws.Send("lambda", "/2015-03-31/functions", null, $$$"""{"FunctionName":"worker","Runtime":"provided.al2023","Handler":"h","Role":"arn:aws:iam::123456789012:role/worker","Code":{"ZipFile":"{{{code}}}"}}""", "application/json")).Made();
        (await Aws.Send("lambda", "/2019-09-25/functions/worker/event-invoke-config", null, $$$$"""{"DestinationConfig":{"OnSuccess":{"Destination":"{{{{Queues}}}}done"}}}""", "application/json", HttpMethod.Put)).Succeeded();
        (await Aws.Events("PutRule", """{"Name":"orders","EventPattern":"{\"source\":[\"shop\"]}"}""")).Succeeded();
        (await Aws.Events("PutTargets", $$$"""{"Rule":"orders","Targets":[{"Id":"worker","Arn":"{{{Function}}}","DeadLetterConfig":{"Arn":"{{{Queues}}}dead"}}]}""")).Succeeded();
    }

    [Fact]
    public async Task An_event_that_a_function_missed_is_delivered_to_it_exactly_once()
    {
        (await Aws.Events("PutEvents", """{"Entries":[{"Source":"shop","DetailType":"order","Detail":"{\"order\":7}"}]}""")).Succeeded();
        Server.AdvanceTime(TimeSpan.FromMinutes(1));

        // EventBridge may not invoke the function, so the event stays where it is.
        JsonNode letter = Assert.Single((await RunAsync("dlq", "list", "dead", "--output", "json")).Ended(0).Json)!;
        Assert.Equal(("NoPermission", "Blocked", Function), ((string?)letter["Cause"], (string?)letter["State"], (string?)letter["TargetArn"]));
        Assert.Contains("1 dead letter stays in the queue", (await RunAsync("dlq", "redrive", "dead")).Ended(0).Error, StringComparison.Ordinal);
        Assert.Equal(0, Invocations);

        // Now it may, but AWS Lambda refuses the call: the message stays, and the next run delivers it.
        (await Aws.Send("lambda", "/2015-03-31/functions/worker/policy", null, """{"StatementId":"s","Action":"lambda:InvokeFunction","Principal":"events.amazonaws.com"}""", "application/json")).Made();
        Server.Faults.Add("Invoke", Fault.Error(403, "AccessDeniedException", "You are not allowed."), times: 1);
        Outcome refused = (await RunAsync("dlq", "redrive", "dead")).Ended(ExitCode.SomeFailed);
        Assert.Contains("You are not allowed.", refused.Error, StringComparison.Ordinal);
        Assert.Equal("Ready", (string?)Assert.Single((await RunAsync("dlq", "list", "dead", "--output", "json")).Ended(0).Json)!["State"]);

        Assert.Contains("1 redriven.", (await RunAsync("dlq", "redrive", "dead")).Ended(0).Error, StringComparison.Ordinal);
        JsonNode done = JsonNode.Parse(await NextAsync("done"))!;
        Assert.Equal((7, 7, "orders"), ((int?)done["responsePayload"]!["order"], (int?)done["requestPayload"]!["detail"]!["order"], (string?)letter["RuleName"]));
        Assert.Empty((await RunAsync("dlq", "list", "dead", "--output", "json")).Ended(0).Json);

        // Nothing is left to deliver.
        (await RunAsync("dlq", "redrive", "dead")).Ended(0);
        Assert.Equal(2, Invocations); // The one that was refused, and the one that was accepted.
        Assert.False((await SqsAsync("ReceiveMessage", """{"QueueUrl":"http://localhost/123456789012/done"}""")).Json.TryGetProperty("Messages", out _));
    }

    private int Invocations => Server.Calls.Count(call => call.Operation == "Invoke");

    /// <summary>Waits for a message and takes it.</summary>
    private async Task<string> NextAsync(string queue)
    {
        JsonElement message = (await SqsAsync("ReceiveMessage", $$"""{"QueueUrl":"http://localhost/123456789012/{{queue}}","WaitTimeSeconds":20}""")).Json.GetProperty("Messages")[0];
        await SqsAsync("DeleteMessage", $$"""{"QueueUrl":"http://localhost/123456789012/{{queue}}","ReceiptHandle":{{message.GetProperty("ReceiptHandle").GetRawText()}}}""");
        return message.GetProperty("Body").GetString()!;
    }

    private async Task<Answer> SqsAsync(string operation, string input) => (await Aws.Send("sqs", "/", "AmazonSQS." + operation, input, "application/x-amz-json-1.0")).Succeeded();

    private async Task IamAsync(string action, params (string Name, string Value)[] fields) =>
        (await Aws.Send("iam", "/", null, $"Action={action}&Version=2010-05-08{string.Concat(fields.Select(field => $"&{field.Name}={Uri.EscapeDataString(field.Value)}"))}", "application/x-www-form-urlencoded")).Succeeded();
}

file static class Answers
{
    /// <summary>The answer of a call that makes something.</summary>
    public static void Made(this Answer answer) => Assert.True(answer.Status == 201, $"{answer.Status} {answer.Text}");
}
