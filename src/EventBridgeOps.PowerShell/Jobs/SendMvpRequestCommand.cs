using System.Management.Automation;
using EventBridgeOps.Jobs;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Publishing;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;

namespace EventBridgeOps.PowerShell.Jobs;

/// <summary>Sends MVP requests: each is recorded in the job store, sent, and marked as sent.</summary>
[Performs("mvp send")]
[Requires("events:PutEvents", "events:DescribeEventBus", On = "arn:aws:events:*:123456789012:event-bus/mvp-development")]
[Requires("dynamodb:GetItem", "dynamodb:PutItem", On = "arn:aws:dynamodb:*:123456789012:table/mvp-development-jobs*")]
[Requires("events:ListEventBuses", "events:ListRules", With = "Without -EventBusName")]
[Cmdlet(VerbsCommunications.Send, "MvpRequest", DefaultParameterSetName = OfUser, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(MvpSendResult))]
public sealed class SendMvpRequestCommand : JobCmdlet
{
    private const string OfUser = nameof(OfUser);
    private const string OfTest = nameof(OfTest);

    private readonly Feeder<JobPlace, MvpRequest> _runs;
    private readonly RunSummary<EventStatus> _summary;

    /// <summary>Makes the cmdlet.</summary>
    public SendMvpRequestCommand()
    {
        _runs = new Feeder<JobPlace, MvpRequest>(StopToken);
        _summary = new RunSummary<EventStatus>(this, Observer, EventTally.Start());
    }

    /// <summary>The ID of the user.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = OfUser)]
    [Parameter(ParameterSetName = OfTest)]
    [AllowEmptyString]
    public string UserId { get; set; } = "";

    /// <summary>The ID of the product.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = OfUser)]
    [Parameter(ParameterSetName = OfTest)]
    [AllowEmptyString]
    public string ProductId { get; set; } = "";

    /// <summary>Send this number of test requests, with users and products that do not exist.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OfTest)]
    public int TestCount { get; set; }

    /// <summary>The name of the business.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? BusinessName { get; set; }

    /// <summary>The features of the MVP. A string can contain several, separated by commas or semicolons.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Features")]
    public string[]? Feature { get; set; }

    /// <summary>The priority.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Names(typeof(MvpPriority))]
    public MvpPriority? Priority { get; set; }

    /// <summary>The estimated duration: a number of seconds, a time span, or units, for example <c>4h</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? EstimatedDuration { get; set; }

    /// <summary>The email address of the user.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? UserEmail { get; set; }

    /// <summary>The ARN of the Secrets Manager secret that contains the database URL, or, with <c>-AllowPlainDatabaseUrl</c>, the URL itself, preferably as a SecureString. By default <c>FOUNDERDASH_DB_URL</c>, <c>FOUNDERDASH_DATABASE_URL</c> or <c>DATABASE_URL</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public object? DatabaseUrl { get; set; }

    /// <summary>Send the URL itself in the event, where everyone who can read the event can see it.</summary>
    [Parameter]
    public SwitchParameter AllowPlainDatabaseUrl { get; set; }

    /// <summary>Further fields of <c>metadata</c> in the event: a hashtable, an object, or JSON text.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public object? Metadata { get; set; }

    /// <summary>The ID of the job. By default, a new ID.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? JobId { get; set; }

    /// <summary>The name or ARN of the event bus. By default <c>EVENTBRIDGE_BUS_NAME</c>, or else the default event bus.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(EventBusCompleter))]
    public string? EventBusName { get; set; }

    /// <summary>Write the result of each request.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The maximum number of requests that are recorded, and of calls that are made, concurrently.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = ThrottleLimits.Default;

    /// <summary>Passes the current request to the run of its session.</summary>
    protected override void ProcessRecord()
    {
        if (OrSkip(Requests, Given(JobId) ?? UserId) is not { } requests)
            return;
        JobPlace place = Place();
        string? bus = DefaultBus.Find(null, Setting);
        int limit = ThrottleLimit;
        foreach (MvpRequest request in requests)
        {
            Feed(_runs.RunOf(place, all => Start(async () =>
            {
                MvpJobs jobs = await OpenJobsAsync(place);
                await WriteAllAsync(jobs.Sender.SendAsync(all, bus, limit, ApproveAsync, Observer, StopToken), PassThru, result => _summary.Add(result.Status));
            })), request);
        }
    }

    /// <summary>Waits until all are sent.</summary>
    protected override void EndProcessing()
    {
        _runs.Complete();
        base.EndProcessing();
        _summary.Write();
    }

    private IReadOnlyList<MvpRequest> Requests() => ParameterSetName == OfTest ? MvpTestRequests.Of(TestCount, Request()) : [Request()];

    private MvpRequest Request() => new MvpRequest
    {
        JobId = Given(JobId),
        UserId = UserId,
        ProductId = ProductId,
        BusinessName = Given(BusinessName),
        Features = [.. (Feature ?? []).SelectMany(MvpRequestLine.SplitFeatures)],
        Priority = Priority ?? MvpPriority.Normal,
        EstimatedDuration = Given(EstimatedDuration),
        UserEmail = Given(UserEmail),
        AllowPlainDatabaseUrl = AllowPlainDatabaseUrl,
        Metadata = ShellDocument.Object(Metadata, PipelineMessages.ParameterName(nameof(Metadata))),
        EventBusName = Given(EventBusName),
    }.WithDatabase(Reveal(DatabaseUrl), Setting);
}
