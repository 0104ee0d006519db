using System.Collections;
using System.Management.Automation;
using System.Text;
using EventBridgeOps.Archives;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.PowerShell.Events;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Rules;
using EventBridgeOps.Projects.Exporting;
using EventBridgeOps.Routes;
using EventBridgeOps.Rules;

namespace EventBridgeOps.PowerShell.Routes;

/// <summary>Gets which rules an event matches, which targets are invoked, and with what input. No event is sent.</summary>
/// <remarks>The pipeline contains events; with <c>-Event</c> or <c>-EventPath</c>, it contains rules.</remarks>
[Performs("route")]
[Requires("events:ListEventBuses", "events:ListRules", "events:DescribeRule", "events:ListTargetsByRule", "batch:DescribeJobDefinitions")]
[Cmdlet(VerbsCommon.Get, "EbRoute")]
[OutputType(typeof(Delivery))]
public sealed class GetEbRouteCommand : RuleQueryCmdlet
{
    private readonly EventFeed _events;
    private readonly List<RuleSummary> _rules = [];
    private Func<Task<EventRouter>> _router = null!;
    private bool _pipesRules;

    /// <summary>Makes the cmdlet.</summary>
    public GetEbRouteCommand() => _events = new EventFeed(Feed);

    /// <summary>Events: JSON text, hashtables, objects.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[]? Event { get; set; }

    /// <summary>Files of events: JSON, JSON lines, arrays; also compressed with gzip.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? EventPath { get; set; }

    /// <summary>Files of rules, instead of the rules of the account: JSON of the AWS CLI, CloudFormation templates, Terraform plans as JSON, folders of projects.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? RulePath { get; set; }

    /// <summary>For rules from files or the pipeline, do not look up the job definitions of Batch targets in AWS Batch.</summary>
    [Parameter]
    public SwitchParameter Offline { get; set; }

    /// <summary>The name of a replay, which each event gets in its field <c>replay-name</c>, as events that EventBridge replays have it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ReplayName { get; set; }

    /// <inheritdoc cref="RuleFileOptions.Parameter"/>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Parameter { get; set; }

    /// <inheritdoc cref="RuleFileOptions.Environment"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Environment { get; set; }

    /// <summary>An event; with <c>-Event</c> or <c>-EventPath</c>, a rule, instead of the rules of the account.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    public PSObject? InputObject { get; set; }

    /// <summary>Reads the parameters, before objects from the pipeline bind properties of the same names.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        bool hasEvents = Event is not null || EventPath is not null;
        _pipesRules = hasEvents && (MyInvocation.ExpectingInput || InputObject is not null);
        if (!hasEvents && !MyInvocation.ExpectingInput && InputObject is null)
            ThrowTerminatingError(ErrorRecords.From(EventFeed.Missing, null));
        _router = Router();
        if (!_pipesRules)
            StartRouting();
    }

    /// <summary>Adds an event or a rule.</summary>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
            return;
        if (_pipesRules)
            AddRule(InputObject);
        else if (IsRule(InputObject))
            WriteError(ErrorRecords.From(new OpsException(ErrorIds.InvalidEvent, ShellRouteMessages.RuleWithoutEvent()), InputObject));
        else
            _events.Add(InputObject);
    }

    /// <summary>Adds the events of the parameters, and waits until everything is written.</summary>
    protected override void EndProcessing()
    {
        if (_pipesRules)
            StartRouting();
        _events.Complete(Event, EventPath, InputPaths.Resolve(this, EventPath ?? []));
        base.EndProcessing();
    }

    private void StartRouting() => Start(async () =>
    {
        EventRouter router = await _router();
        IAsyncEnumerable<EventDocument> events = _events.ReadForCheckAsync(Observer, StopToken);
        if (ReplayName is { } name)
            events = ReplayedEvent.NameAsync(events, name, StopToken);
        await WriteAllAsync(router.RouteAsync(events, Observer, StopToken));
    });

    private Func<Task<EventRouter>> Router()
    {
        (string[]? buses, string[]? names) = (EventBusName, RuleName);
        SessionOptions session = SessionFor(null)!;
        if (RulePath is not null || _pipesRules)
        {
            IReadOnlyList<string> paths = InputPaths.Resolve(this, RulePath ?? []);
            RuleFileOptions files = new() { Parameter = RuleFileParameters.Of(Parameter), Environment = Environment };
            Func<string?, Task<BatchAccount>>? account = Offline ? null : async region => (await OpenAsync(session with { Region = session.Region ?? region })).Get<BatchAccount>();
            return async () => new EventRouter([.. await ProjectRules.ReadAsync(paths, files, Observer, StopToken), .. _rules], buses, names, account);
        }

        RuleQuery query = Rules;
        return async () => (await OpenAsync(session)).Get<Func<RuleQuery, EventRouter>>()(query);
    }

    private void AddRule(PSObject input)
    {
        if (input.BaseObject is RuleSummary rule)
        {
            _rules.Add(rule);
            return;
        }

        try
        {
            string json = input.BaseObject as string ?? Encoding.UTF8.GetString(EventJson.Write(input));
            _rules.AddRange(RuleFile.Read(json, Observer.Text(PipelineMessages.PipedObject()), SilentObserver.Instance));
        }
        catch (ShellJsonException e)
        {
            WriteError(ErrorRecords.From(new OpsException(ErrorIds.InvalidRule, ShellRouteMessages.NotARule(e.Fault), e), input));
        }
        catch (OpsException e)
        {
            WriteError(ErrorRecords.From(e, input));
        }
    }

    private static bool IsRule(PSObject input) =>
        input.BaseObject is RuleSummary || (input.BaseObject is not string && input.Properties["EventPattern"] is not null && input.Properties["ScheduleExpression"] is not null);
}
