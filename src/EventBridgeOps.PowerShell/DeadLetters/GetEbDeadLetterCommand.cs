using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.DeadLetters;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Sessions;
using EventBridgeOps.Runs;

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
public sealed class GetEbDeadLetterCommand : SessionCmdlet
{
    private readonly List<(SessionOptions Session, DeadLetterQuery Query)> _queries = [];

    /// <inheritdoc cref="DeadLetterQuery.QueueName"/>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[]? QueueName { get; set; }

    /// <inheritdoc cref="DeadLetterQuery.EventBusName"/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EventBusPatternCompleter))]
    public string[]? EventBusName { get; set; }

    /// <inheritdoc cref="DeadLetterQuery.RuleName"/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RulePatternCompleter))]
    public string[]? RuleName { get; set; }

    /// <inheritdoc cref="DeadLetterQuery.MessageId"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? MessageId { get; set; }

    /// <inheritdoc cref="DeadLetterQuery.Cause"/>
    [Parameter]
    [Names(typeof(DeadLetterCause))]
    public DeadLetterCause? Cause { get; set; }

    /// <inheritdoc cref="DeadLetterQuery.MaxCount"/>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int MaxCount { get; set; } = DeadLetterQuery.DefaultMaxCount;

    /// <inheritdoc cref="DeadLetterQuery.Force"/>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc cref="DeadLetterQuery.ThrottleLimit"/>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = ThrottleLimits.Default;

    /// <summary>Collects the queries.</summary>
    protected override void ProcessRecord()
    {
        DeadLetterQuery query = new() { QueueName = QueueName ?? [], RuleName = RuleName ?? ["*"], MessageId = MessageId ?? [], Cause = Cause, MaxCount = MaxCount, Force = Force, ThrottleLimit = ThrottleLimit };
        _queries.Add((SessionFor(null)!, EventBusName is null ? query : query with { EventBusName = EventBusName }));
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
