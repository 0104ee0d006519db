using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.DeadLetters;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.DeadLetters;

/// <summary>Removes dead letters from their queue without delivering their events.</summary>
[Performs("dlq remove")]
[Requires("events:ListEventBuses", "events:DescribeEventBus", "events:ListRules", "events:ListTargetsByRule")]
[Requires("lambda:GetFunctionConfiguration", "lambda:GetFunctionEventInvokeConfig")]
[Requires("sqs:GetQueueUrl", "sqs:GetQueueAttributes", "sqs:ReceiveMessage", "sqs:ChangeMessageVisibility", "sqs:DeleteMessage", On = "arn:aws:sqs:*:123456789012:mvp-dead-letters")]
[Cmdlet(VerbsCommon.Remove, "EbDeadLetter", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(DeadLetterResult))]
public sealed class RemoveEbDeadLetterCommand : DeadLetterCmdlet
{
    private readonly RunSummary<DeadLetterStatus> _summary;

    /// <summary>Makes the cmdlet.</summary>
    public RemoveEbDeadLetterCommand() => _summary = new RunSummary<DeadLetterStatus>(this, Observer, DeadLetterTally.Start());

    /// <inheritdoc cref="DeadLetterQuery.Force"/>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Write the result of each dead letter.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Removes, and writes the counts.</summary>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        _summary.Write();
    }

    private protected override DeadLetterQuery Query() => Fill<DeadLetterQuery>() with { Force = Force };

    private protected override async Task RunAsync(IReadOnlyList<(OpsSession Session, DeadLetterQuery Query)> queries)
    {
        foreach ((OpsSession session, DeadLetterQuery query) in queries)
        {
            await ForItemAsync(query, () => WriteAllAsync(
                session.Get<DeadLetterRemoval>().RunAsync(query, ApproveAsync, Observer, StopToken), query.NothingFound(), PassThru, result => _summary.Add(result.Status)));
        }
    }
}
