using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.DeadLetters;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.DeadLetters;

/// <summary>Saves dead letters in a file, one JSON object a line. The messages stay in the queue.</summary>
[Performs("dlq export")]
[Requires("events:ListEventBuses", "events:DescribeEventBus", "events:ListRules", "events:ListTargetsByRule", "batch:DescribeJobDefinitions", "cloudtrail:LookupEvents")]
[Requires("lambda:GetFunctionConfiguration", "lambda:GetFunctionEventInvokeConfig")]
[Requires("sqs:GetQueueUrl", "sqs:GetQueueAttributes", "sqs:ReceiveMessage", "sqs:ChangeMessageVisibility", On = "arn:aws:sqs:*:123456789012:mvp-dead-letters")]
[Requires("lambda:GetPolicy", "sns:GetTopicAttributes", "iam:GetRole", "iam:SimulatePrincipalPolicy", With = "With other causes than a revision")]
[Requires("batch:DescribeJobQueues", With = "With other causes than a revision")]
[Cmdlet(VerbsData.Export, "EbDeadLetter", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(void))]
public sealed class ExportEbDeadLetterCommand : DeadLetterCmdlet
{
    /// <summary>The file, which must not exist. Only you can read it.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <inheritdoc cref="DeadLetterQuery.Force"/>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override DeadLetterQuery Query() => Fill<DeadLetterQuery>() with { Force = Force };

    private protected override async Task RunAsync(IReadOnlyList<(OpsSession Session, DeadLetterQuery Query)> queries)
    {
        string path = await AskAsync(() => FullPath(Path)!);
        if (await DeadLetterFile.SaveAsync(path, ReadAsync(queries), ApproveAsync, StopToken) is { } said)
            Observer.Verbose(said);
    }

    private async IAsyncEnumerable<DeadLetter> ReadAsync(IReadOnlyList<(OpsSession Session, DeadLetterQuery Query)> queries)
    {
        foreach ((OpsSession session, DeadLetterQuery query) in queries)
        {
            await foreach (DeadLetter letter in session.Get<DeadLetterReader>().ReadAsync(query, Observer, StopToken))
                yield return letter;
        }
    }
}
