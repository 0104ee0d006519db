using System.Text.Json;
using EventBridgeOps.Aws;
using EventBridgeOps.Changes;
using EventBridgeOps.Installation;
using EventBridgeOps.Sandbox.Deliveries;
using EventBridgeOps.Sync;
using EventBridgeOps.Undo;

namespace EventBridgeOps.Lambda.Tests.Deploy;

/// <summary>The incident that this product was made for, from the installation to the undo, with the function as a process.</summary>
public sealed class StoryTests : InstallationTest
{
    private const string AllRules = """{"drift":{"includeStackOwned":true}}""";

    /// <summary>The stack of a customer: the rule names the revision that was there when it was made, and uses the dead-letter queue of the automation.</summary>
    private static string Customer(string image) => $$"""
        Parameters: { DeadLetterQueue: { Type: String } }
        Resources:
          Definition:
            Type: AWS::Batch::JobDefinition
            Properties: { JobDefinitionName: report, Type: container, ContainerProperties: { Image: {{image}}, Vcpus: 1, Memory: 512 } }
          Audit: { Type: AWS::SQS::Queue, Properties: { QueueName: audit } }
          Open:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [ !Ref Audit ]
              PolicyDocument: { Statement: [ { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sqs:SendMessage, Resource: !GetAtt Audit.Arn } ] }
          Role:
            Type: AWS::IAM::Role
            Properties:
              AssumeRolePolicyDocument: { Statement: [ { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sts:AssumeRole } ] }
              ManagedPolicyArns: [ "arn:aws:iam::aws:policy/service-role/AWSBatchServiceEventTargetRole" ]
          Orders:
            Type: AWS::Events::Rule
            DependsOn: Definition
            Properties:
              Name: orders
              EventPattern: { source: [ shop ] }
              Targets:
                - Id: job
                  Arn: !Sub arn:${AWS::Partition}:batch:${AWS::Region}:${AWS::AccountId}:job-queue/q
                  RoleArn: !GetAtt Role.Arn
                  BatchParameters: { JobDefinition: "report:1", JobName: report }
                  DeadLetterConfig: { Arn: !Ref DeadLetterQueue }
                - Id: audit
                  Arn: !GetAtt Audit.Arn
        """;

    [Fact]
    public async Task A_stack_update_deregisters_the_revision_and_the_automation_delivers_the_lost_event()
    {
        AutomationStack installed = (await InstallAsync(new()
        {
            ["DeadLetterMode"] = "Redrive",
            ["DriftMode"] = "Repair",
            ["DriftOnChange"] = "false", // The dead letter is what starts the repair.
            ["Settings"] = AllRules,
        }))!;
        StackClient stacks = new(Aws);
        await stacks.CreateAsync("shop", Customer("report:v1"), ("DeadLetterQueue", installed.DeadLetterQueueArn!));
        Server.AdvanceTime(TimeSpan.FromMinutes(1));
        await SendAsync("1");
        Assert.Equal(["report:1 SUCCEEDED"], await JobsAsync());

        // The update registers revision 2, and deregisters revision 1, which the rule still names.
        await stacks.CloudFormation(
            "UpdateStack", ("StackName", "shop"), ("TemplateBody", Customer("report:v2")), ("Capabilities.member.1", "CAPABILITY_IAM"),
            ("Parameters.member.1.ParameterKey", "DeadLetterQueue"), ("Parameters.member.1.ParameterValue", installed.DeadLetterQueueArn!));
        Server.AdvanceTime(TimeSpan.FromMinutes(1));
        Assert.Equal("report:1", await NamedAsync());
        string lost = await SendAsync("2");

        // The event dies into the queue, with its reason.
        SandboxDelivery dead = Assert.Single(Server.Deliveries, delivery => delivery.EventId == lost && delivery.TargetId == "job");
        Assert.Equal((DeliveryOutcome.DeadLettered, true), (dead.Outcome, dead.Reason!.Contains("report:1", StringComparison.Ordinal)));

        // The function repairs the target, and delivers the event to it alone.
        await TakenAsync(installed.DeadLetterQueueArn!);
        Assert.Equal("report:2", await NamedAsync());
        Assert.Equal(["report:1 SUCCEEDED", "report:2 SUCCEEDED"], await JobsAsync());
        Assert.Equal(["1", "2"], await AuditAsync());
        Assert.Empty(await BodiesAsync(installed.ParkedQueueUrl!));

        // A person reads what happened, and undoes it.
        using OpsSession person = OpenSession(installed.TableName);
        List<Change> changes = await person.Get<ChangeJournal>().ReadAsync(new RecordingObserver(), Token).ToListAsync(Token);
        Change repair = Assert.Single(changes, change => change.Kind == ChangeKind.Sync);
        ChangeItem item = Assert.Single(repair.Items);
        Assert.Equal(("orders", "job", "report:1", "report:2", ChangeItemStatus.Written), (item.RuleName, item.TargetId, item.From, item.To, item.Status));
        Assert.Single(changes, change => change.Kind == ChangeKind.Redrive);
        TargetSyncResult undone = Assert.Single(await person.Get<ChangeUndo>().RunAsync(repair, new WriteOptions(), Answer(Approval.Write), new RecordingObserver(), Token).ToListAsync(Token));
        Assert.Equal(SyncStatus.Reverted, undone.Status);
        Assert.Equal("report:1", await NamedAsync());
        Assert.Contains(await person.Get<ChangeJournal>().ReadAsync(new RecordingObserver(), Token).ToListAsync(Token), change => change.Undoes == repair.Id);
    }

    /// <summary>Asks until the function has taken each message out of a queue.</summary>
    private async Task TakenAsync(string queueArn)
    {
        string url = (await Sqs("GetQueueUrl", $$"""{"QueueName":"{{queueArn.Split(':')[^1]}}"}""")).Succeeded().Json.GetProperty("QueueUrl").GetString()!;
        string[] numbers = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"];
        JsonElement counts;
        do
        {
            Token.ThrowIfCancellationRequested();
            counts = (await Sqs("GetQueueAttributes", $$"""{"QueueUrl":"{{url}}","AttributeNames":["All"]}""")).Succeeded().Json.GetProperty("Attributes");
        }
        while (numbers.Any(number => counts.GetProperty(number).GetString() != "0"));
    }

    private async Task<string> SendAsync(string order)
    {
        string id = (await Aws.Events("PutEvents", $$"""{"Entries":[{"Source":"shop","DetailType":"order","Detail":"{\"order\":\"{{order}}\"}"}]}""")).Succeeded()
            .Json.GetProperty("Entries")[0].GetProperty("EventId").GetString()!;
        Server.AdvanceTime(TimeSpan.Zero);
        return id;
    }

    /// <summary>The jobs of the queue when they have ended: the revision and the status, the oldest first.</summary>
    private async Task<string[]> JobsAsync()
    {
        for (int i = 0; i < 5; i++)
            Server.AdvanceJobs(); // SUBMITTED, PENDING, RUNNABLE, STARTING, RUNNING, SUCCEEDED
        return [.. (await Aws.Batch("ListJobs", """{"jobQueue":"q","filters":[{"name":"JOB_NAME","values":["*"]}]}""")).Succeeded().Json.GetProperty("jobSummaryList").EnumerateArray()
            .Select(job => $"{job.GetProperty("jobDefinition").GetString()!.Split('/')[^1]} {job.GetProperty("status").GetString()}").Order(StringComparer.Ordinal)];
    }

    private async Task<string?> NamedAsync() => (await Aws.Events("ListTargetsByRule", """{"Rule":"orders"}""")).Succeeded().Json.GetProperty("Targets").EnumerateArray()
        .Single(target => target.GetProperty("Id").GetString() == "job").GetProperty("BatchParameters").GetProperty("JobDefinition").GetString();

    /// <summary>The orders of which the other target of the rule heard.</summary>
    private async Task<string?[]> AuditAsync() =>
        [.. (await BodiesAsync((await Sqs("GetQueueUrl", """{"QueueName":"audit"}""")).Succeeded().Json.GetProperty("QueueUrl").GetString()!))
            .Select(body => JsonDocument.Parse(body).RootElement.GetProperty("detail").GetProperty("order").GetString()).Order(StringComparer.Ordinal)];
}
