using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Checks;
using EventBridgeOps.Jobs;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Jobs;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Publishing;

namespace EventBridgeOps.PowerShell.Checks;

/// <summary>Checks the full delivery path of an event: identity, permissions, event bus, rules, targets, queues and table.</summary>
[Performs("check")]
[Requires("events:DescribeEventBus", "events:ListRules", "events:ListTargetsByRule")]
[Requires("events:PutEvents", On = "arn:aws:events:*:123456789012:event-bus/mvp-development")]
[Requires("batch:DescribeJobDefinitions", "batch:DescribeJobQueues")]
[Requires("sqs:GetQueueUrl", "sqs:GetQueueAttributes", On = "arn:aws:sqs:*:123456789012:mvp-dead-letters")]
[Requires("iam:GetRole", "iam:SimulatePrincipalPolicy", On = "arn:aws:iam::123456789012:role/*")]
[Requires("dynamodb:DescribeTable", On = "arn:aws:dynamodb:*:123456789012:table/mvp-development-jobs*")]
[Requires("iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies", On = "arn:aws:iam::123456789012:role/*", With = "Without iam:SimulatePrincipalPolicy")]
[Requires("iam:GetPolicy", "iam:GetPolicyVersion", With = "Without iam:SimulatePrincipalPolicy")]
[Requires("batch:ListJobs", With = "With -Send")]
[Requires("events:ListEventBuses", With = "With an event that no rule matches")]
[Cmdlet(VerbsDiagnostic.Test, "EbConnection", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(CheckResult))]
public sealed class TestEbConnectionCommand : JobCmdlet
{
    /// <summary>The name or ARN of the event bus. By default <c>EVENTBRIDGE_BUS_NAME</c>, or else the default event bus.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(EventBusCompleter))]
    public string? EventBusName { get; set; }

    /// <summary>Only these rules, with or without wildcards. By default <c>RULE_NAME</c>, or else all.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RulePatternCompleter))]
    public string[]? RuleName { get; set; }

    /// <summary>The source of the test event. By default, that of an MVP request.</summary>
    [Parameter]
    public string? Source { get; set; }

    /// <summary>The detail type of the test event. By default, that of an MVP request.</summary>
    [Parameter]
    public string? DetailType { get; set; }

    /// <summary>The detail of the test event: a hashtable, an object, or JSON text. By default, an MVP request for a test.</summary>
    [Parameter]
    public object? Detail { get; set; }

    /// <summary>Send the test event, and follow it to a Batch job.</summary>
    [Parameter]
    public SwitchParameter Send { get; set; }

    /// <summary>The maximum time to wait for a Batch job, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int TimeoutSeconds { get; set; } = (int)ConnectionQuery.DefaultTimeout.TotalSeconds;

    /// <summary>Do not check the job store.</summary>
    [Parameter]
    public SwitchParameter SkipJobStore { get; set; }

    /// <summary>Runs the checks, and writes each result as it arrives.</summary>
    protected override void ProcessRecord()
    {
        JobPlace place = Place();
        string? bus = EventBusName, detail = OrEnd(() => ShellDocument.Text(Detail) ?? "");
        string[]? rules = RuleName;
        Start(async () =>
        {
            OpsSession session = await OpenAsync(place.Session);
            ConnectionQuery query = ConnectionQuery.From(bus, rules, Source, DetailType, detail, session.Get<IdSource>(), Clock, Setting) with { Send = Send, Timeout = TimeSpan.FromSeconds(TimeoutSeconds) };
            MvpJobs? jobs = SkipJobStore ? null : await OpenJobsAsync(place);
            await WriteAllAsync(session.Get<ConnectionCheck>().RunAsync(query, jobs?.Store, ApproveAsync, Observer, StopToken));
        });
    }
}
