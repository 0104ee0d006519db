using System.Management.Automation;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Jobs;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Publishing;
using EventBridgeOps.Runs;

namespace EventBridgeOps.PowerShell.Jobs;

/// <summary>Sends MVP requests: each is recorded in the store, sent, and marked.</summary>
[Performs("mvp send")]
[Cmdlet(VerbsCommunications.Send, "MvpRequest", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(MvpSendResult))]
public sealed class SendMvpRequestCommand : JobCmdlet
{
    private readonly Feeder<SessionOptions, MvpRequest> _runs;
    private readonly RunSummary<EventStatus> _summary;

    /// <summary>Makes the cmdlet.</summary>
    public SendMvpRequestCommand()
    {
        _runs = new Feeder<SessionOptions, MvpRequest>(StopToken);
        _summary = new RunSummary<EventStatus>(this, Observer, EventTally.Start());
    }

    /// <summary>Who asks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string UserId { get; set; } = "";

    /// <summary>For which product.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string ProductId { get; set; } = "";

    /// <summary>The name of the business.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? BusinessName { get; set; }

    /// <summary>What it is to have; in one text several may be separated by commas or semicolons.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Features")]
    public string[]? Feature { get; set; }

    /// <summary>How urgent it is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public MvpPriority? Priority { get; set; }

    /// <summary>How long it is expected to take; a whole number goes as one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? EstimatedDuration { get; set; }

    /// <summary>The user's e-mail address.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? UserEmail { get; set; }

    /// <summary>The ARN of the Secrets Manager secret with the database's URL; or that URL, best as a SecureString, with <c>-AllowPlainDatabaseUrl</c>. By default <c>FOUNDERDASH_DB_URL</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public object? DatabaseUrl { get; set; }

    /// <summary>Send a URL itself in the event, where all who see the event see it.</summary>
    [Parameter]
    public SwitchParameter AllowPlainDatabaseUrl { get; set; }

    /// <summary>Anything else for the event's <c>metadata</c>: a hashtable, an object, or JSON text.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public object? Metadata { get; set; }

    /// <summary>The job's id; without it a new one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? JobId { get; set; }

    /// <summary>The bus's name or ARN. By default <c>EVENTBRIDGE_BUS_NAME</c>, else <c>mvp-development</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(EventBusCompleter))]
    public string? EventBusName { get; set; }

    /// <summary>Write what became of each request.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>How many requests are recorded, and how many calls are under way, at a time.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = ThrottleLimits.Default;

    /// <summary>Hands the request at hand to its session's run.</summary>
    protected override void ProcessRecord()
    {
        if (OrSkip(Request, Given(JobId) ?? UserId) is not { } request)
            return;
        SessionOptions session = SessionFor(null)!;
        string bus = Setting("EVENTBRIDGE_BUS_NAME") ?? MvpEvent.DefaultBus;
        int limit = ThrottleLimit;
        Feed(_runs.RunOf(session, requests => Start(async () =>
        {
            MvpJobs jobs = await OpenJobsAsync(session);
            await WriteAllAsync(jobs.Sender.SendAsync(requests, bus, limit, ApproveAsync, Observer, StopToken), PassThru, result => _summary.Add(result.Status));
        })), request);
    }

    /// <summary>Waits until all are sent.</summary>
    protected override void EndProcessing()
    {
        _runs.Complete();
        base.EndProcessing();
        _summary.Write();
    }

    private MvpRequest Request() => new()
    {
        JobId = Given(JobId),
        UserId = UserId,
        ProductId = ProductId,
        BusinessName = Given(BusinessName),
        Features = [.. (Feature ?? []).SelectMany(MvpRequestLine.SplitFeatures)],
        Priority = Priority ?? MvpPriority.Normal,
        EstimatedDuration = Given(EstimatedDuration),
        UserEmail = Given(UserEmail),
        DatabaseUrl = Reveal(DatabaseUrl) ?? Setting("FOUNDERDASH_DB_URL"),
        AllowPlainDatabaseUrl = AllowPlainDatabaseUrl,
        Metadata = ShellDocument.Object(Metadata, nameof(Metadata)),
        EventBusName = Given(EventBusName),
    };
}
