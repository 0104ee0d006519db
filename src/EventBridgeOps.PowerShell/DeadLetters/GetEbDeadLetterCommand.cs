using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.DeadLetters;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.DeadLetters;

/// <summary>Gets dead letters, which are events that could not be delivered: why each was not delivered, and whether it could be now.</summary>
[Performs("dlq list")]
[Requires("events:ListEventBuses", "events:DescribeEventBus", "events:ListRules", "events:ListTargetsByRule", "batch:DescribeJobDefinitions", "cloudtrail:LookupEvents")]
[Requires("lambda:GetFunctionConfiguration", "lambda:GetFunctionEventInvokeConfig")]
[Requires("sqs:GetQueueUrl", "sqs:GetQueueAttributes", "sqs:ReceiveMessage", "sqs:ChangeMessageVisibility", On = "arn:aws:sqs:*:123456789012:mvp-dead-letters")]
[Requires("lambda:GetPolicy", "sns:GetTopicAttributes", "iam:GetRole", "iam:SimulatePrincipalPolicy", With = "With other causes than a revision")]
[Requires("batch:DescribeJobQueues", With = "With other causes than a revision")]
[Cmdlet(VerbsCommon.Get, "EbDeadLetter")]
[OutputType(typeof(DeadLetter))]
public sealed class GetEbDeadLetterCommand : DeadLetterQueryCmdlet
{
    private readonly List<(SessionOptions Session, DeadLetterQuery Query)> _queries = [];

    /// <inheritdoc cref="DeadLetterQuery.QueueName"/>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[]? QueueName { get; set; }

    /// <inheritdoc cref="DeadLetterQuery.MessageId"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? MessageId { get; set; }

    /// <inheritdoc cref="DeadLetterQuery.Force"/>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Collects the queries.</summary>
    protected override void ProcessRecord()
    {
        DeadLetterQuery query = Fill<DeadLetterQuery>() with { QueueName = QueueName ?? [], EventBusName = EventBusName ?? ["*"], RuleName = RuleName ?? ["*"], MessageId = MessageId ?? [], Force = Force };
        _queries.Add((SessionFor(null)!, query));
    }

    /// <summary>Reads the queues, and writes each dead letter.</summary>
    protected override void EndProcessing()
    {
        Start(async () =>
        {
            foreach ((SessionOptions options, DeadLetterQuery query) in _queries)
            {
                OpsSession session = await OpenAsync(options);
                await ForItemAsync(query, () => WriteAllAsync(session.Get<DeadLetterReader>().ReadAsync(query, Observer, StopToken), nothing: query.NothingFound()));
            }
        });
        base.EndProcessing();
    }
}
