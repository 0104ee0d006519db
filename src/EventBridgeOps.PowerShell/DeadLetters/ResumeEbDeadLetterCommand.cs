using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.DeadLetters;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.DeadLetters;

/// <summary>Delivers the events of dead letters whose cause is gone to their target alone, and deletes the messages.</summary>
[Performs("dlq redrive")]
[Requires("events:ListEventBuses", "events:DescribeEventBus", "events:ListRules", "events:ListTargetsByRule", "batch:DescribeJobDefinitions", "cloudtrail:LookupEvents")]
[Requires("lambda:GetFunctionConfiguration", "lambda:GetFunctionEventInvokeConfig")]
[Requires("sqs:GetQueueUrl", "sqs:GetQueueAttributes", "sqs:ReceiveMessage", "sqs:ChangeMessageVisibility", "sqs:DeleteMessage", On = "arn:aws:sqs:*:123456789012:mvp-dead-letters")]
[Requires("batch:SubmitJob", "batch:TagResource")]
[Requires("lambda:GetPolicy", "sns:GetTopicAttributes", "iam:GetRole", "iam:SimulatePrincipalPolicy", With = "With other causes and targets")]
[Requires("batch:DescribeJobQueues", With = "With other causes and targets")]
[Requires("sqs:SendMessage", "sns:Publish", "lambda:InvokeFunction", "events:PutEvents", With = "With other causes and targets")]
[Cmdlet(VerbsLifecycle.Resume, "EbDeadLetter", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(DeadLetterResult))]
public sealed class ResumeEbDeadLetterCommand : DeadLetterCmdlet
{
    private readonly RunSummary<DeadLetterStatus> _summary;

    /// <summary>Makes the cmdlet.</summary>
    public ResumeEbDeadLetterCommand() => _summary = new RunSummary<DeadLetterStatus>(this, Observer, DeadLetterTally.Start());

    /// <inheritdoc cref="RedriveOptions.Force"/>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The folder of the change journal. By default <c>EBOPS_JOURNAL</c>, or else a folder of the user.</summary>
    [Parameter]
    public string? JournalPath { get; set; }

    private protected override string? JournalFolder => JournalPath;

    /// <summary>Delivers, and writes the counts.</summary>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        _summary.Write();
    }

    private protected override DeadLetterQuery Query() => Fill<RedriveOptions>() with { Force = Force };

    private protected override async Task RunAsync(IReadOnlyList<(OpsSession Session, DeadLetterQuery Query)> queries)
    {
        foreach ((OpsSession session, DeadLetterQuery query) in queries)
        {
            await ForItemAsync(query, () => WriteAllAsync(
                session.Get<DeadLetterRedrive>().RunAsync((RedriveOptions)query, ApproveAsync, Observer, StopToken), query.NothingFound(), each: result => _summary.Add(result.Status)));
        }
    }
}
