using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Images;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Events;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Sessions;
using EventBridgeOps.Runs;

namespace EventBridgeOps.PowerShell.Images;

/// <summary>Registers a new revision of each job definition that runs an image of a repository. Only the image changes.</summary>
/// <remarks>Events from the pipeline are processed as they arrive, each in its own Region unless <c>-Region</c> is given.</remarks>
[Performs("image update")]
[Requires("batch:DescribeJobDefinitions")]
[Requires("batch:RegisterJobDefinition", "batch:TagResource", On = "arn:aws:batch:*:123456789012:job-definition/*")]
[Requires("ecr:DescribeImages", "ecr:BatchGetImage", On = "arn:aws:ecr:*:123456789012:repository/newsarchive-backend")]
[Requires("events:ListEventBuses", "events:ListRules", "events:ListTargetsByRule", "events:ListRuleNamesByTarget")]
[Requires("batch:DescribeJobQueues")]
[Requires("iam:PassRole", On = "arn:aws:iam::123456789012:role/batch-*", PassedTo = ["ecs-tasks.amazonaws.com", "batch.amazonaws.com"])]
[Requires("ecr:DescribeImageScanFindings", On = "arn:aws:ecr:*:123456789012:repository/newsarchive-backend", With = "With -MaxSeverity")]
[Requires("events:ListEventBuses", "events:ListRules", "events:ListTargetsByRule", With = "With -KeepRevisions")]
[Requires("batch:DescribeJobQueues", "batch:ListJobs", With = "With -KeepRevisions")]
[Requires("batch:DeregisterJobDefinition", On = "arn:aws:batch:*:123456789012:job-definition/*", With = "With -KeepRevisions")]
[Cmdlet(VerbsData.Update, "BatchImage", DefaultParameterSetName = ByEvent, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(BatchImageUpdate))]
public sealed class UpdateBatchImageCommand : SessionCmdlet
{
    private const string ByRepository = nameof(ByRepository);
    private const string ByUri = nameof(ByUri);
    private const string ByEvent = nameof(ByEvent);

    private readonly Feeder<SessionOptions, ImageSelection> _runs;
    private readonly EventInput _events = new();
    private readonly RunSummary<SyncStatus> _summary;

    /// <summary>Makes the cmdlet.</summary>
    public UpdateBatchImageCommand()
    {
        _runs = new Feeder<SessionOptions, ImageSelection>(StopToken);
        _summary = new RunSummary<SyncStatus>(this, Observer, ChangeTally.Start());
    }

    /// <summary>Job definition names, with or without wildcards. By default, all that run an image of the repository.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("JobDefinitionName")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JobDefinitionPatternCompleter))]
    public string[]? JobDefinition { get; set; }

    /// <summary>The repository, without its registry: <c>team/app</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByRepository, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RepositoryCompleter))]
    public string? RepositoryName { get; set; }

    /// <summary>The tag to run.</summary>
    [Parameter(ParameterSetName = ByRepository, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ImageTagCompleter))]
    public string? ImageTag { get; set; }

    /// <summary>The digest to run, instead of a tag.</summary>
    [Parameter(ParameterSetName = ByRepository, ValueFromPipelineByPropertyName = true)]
    public string? ImageDigest { get; set; }

    /// <summary>The account ID of the registry, to update only images of that registry.</summary>
    [Parameter(ParameterSetName = ByRepository, ValueFromPipelineByPropertyName = true)]
    public string? RegistryId { get; set; }

    /// <summary>The image URI: registry, repository, and tag or digest or both.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByUri)]
    [ValidateNotNullOrEmpty]
    public string? ImageUri { get; set; }

    /// <summary>A push event of Amazon ECR: its JSON text, also line by line, or an object. Or an image: the output of <c>Get-ECRImageMetadata</c> or <c>Get-BatchImage</c>, or an object with such properties.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByEvent, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    public PSObject? InputObject { get; set; }

    /// <summary>Only containers with these names, with or without wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? ContainerName { get; set; }

    /// <inheritdoc cref="ImageUpdateOptions.PinDigest"/>
    [Parameter]
    public SwitchParameter PinDigest { get; set; }

    /// <inheritdoc cref="ImageUpdateOptions.WaitForImage"/>
    [Parameter]
    public SwitchParameter WaitForImage { get; set; }

    /// <inheritdoc cref="ImageUpdateOptions.WaitTimeout"/>
    [Parameter]
    [ValidateRange(0, 86400)]
    public int WaitTimeout { get; set; } = ImageUpdateOptions.DefaultWaitSeconds;

    /// <inheritdoc cref="ImageUpdateOptions.IncludeUntagged"/>
    [Parameter]
    public SwitchParameter IncludeUntagged { get; set; }

    /// <inheritdoc cref="ImageUpdateOptions.MaxSeverity"/>
    [Parameter]
    [Names(typeof(FindingSeverity))]
    public FindingSeverity? MaxSeverity { get; set; }

    /// <inheritdoc cref="ImageUpdateOptions.SkipImageCheck"/>
    [Parameter]
    public SwitchParameter SkipImageCheck { get; set; }

    /// <inheritdoc cref="ImageUpdateOptions.KeepRevisions"/>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? KeepRevisions { get; set; }

    /// <inheritdoc cref="ImageUpdateOptions.RevertOnFailure"/>
    [Parameter]
    public SwitchParameter RevertOnFailure { get; set; }

    /// <inheritdoc cref="ImageUpdateOptions.PlanPath"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PlanPath { get; set; }

    /// <inheritdoc cref="WriteOptions.ThrottleLimit"/>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = ThrottleLimits.Default;

    /// <summary>The folder of the change journal. By default <c>EBOPS_JOURNAL</c>, or else a folder of the user.</summary>
    [Parameter]
    public string? JournalPath { get; set; }

    private protected override string? JournalFolder => JournalPath;

    /// <summary>Whether no other cmdlet of the pipeline, such as <c>Sync-EbBatchTarget</c>, repairs the targets next.</summary>
    private bool IsLast => MyInvocation.PipelinePosition == MyInvocation.PipelineLength;

    private ImageUpdateOptions Options => new()
    {
        PinDigest = PinDigest,
        WaitForImage = WaitForImage,
        WaitTimeout = TimeSpan.FromSeconds(WaitTimeout),
        IncludeUntagged = IncludeUntagged,
        MaxSeverity = MaxSeverity,
        SkipImageCheck = SkipImageCheck,
        KeepRevisions = KeepRevisions,
        RevertOnFailure = RevertOnFailure,
        PlanPath = FullPath(PlanPath),
        ThrottleLimit = ThrottleLimit,
    };

    /// <summary>Passes the selection to the run of its session.</summary>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != ByEvent)
            Take(Selection);
        else if (InputObject is { BaseObject: not string } && PipedImage.TryRead(InputObject, out PipedImage? image))
            Take(image.Select);
        else
            Take(_events.Add(InputObject));
    }

    /// <summary>Waits until everything is done.</summary>
    protected override void EndProcessing()
    {
        Take(_events.Complete());
        _runs.Complete();
        base.EndProcessing();
        _summary.Write();
    }

    private ImageSelection Selection()
    {
        if (ParameterSetName == ByUri)
            return ImageSelection.ForUri(ImageUri!);

        // An image from the pipeline may have both; what was typed takes precedence, and a tag over the digest.
        bool byDigest = IsGiven(nameof(ImageDigest)) || string.IsNullOrEmpty(ImageTag);
        return ImageSelection.ForRepository(RepositoryName!, byDigest && !IsGiven(nameof(ImageTag)) ? null : ImageTag, byDigest ? ImageDigest : null, RegistryId);
    }

    /// <summary>An invalid parameter ends the cmdlet; an invalid object from the pipeline fails by itself.</summary>
    private void Take(Func<ImageSelection> read)
    {
        if ((MyInvocation.ExpectingInput ? OrSkip(read, InputObject) : OrEnd(read)) is { } selection)
            Hand(selection);
    }

    private void Take(IEnumerable<EventInputPart> parts)
    {
        foreach (EventDocument happened in parts.SelectMany(part => Await(EventInput.ReadAllAsync(part, Observer, StopToken))))
        {
            if (EcrPushEvent.Read(happened, Observer, IncludeUntagged) is { } push)
                Hand(push);
        }
    }

    private void Hand(ImageSelection selection)
    {
        selection = selection with { JobDefinition = JobDefinition ?? [], ContainerName = ContainerName ?? [] };
        SessionOptions session = SessionFor(null)!;
        bool isOfEvent = ParameterSetName == ByEvent && !IsGiven(nameof(Region)) && selection.RegistryRegion is not null;
        if (isOfEvent)
            session = session with { Region = selection.RegistryRegion };
        ImageUpdateOptions options = Options;
        Feed(_runs.RunOf(session, selections => Start(async () =>
        {
            OpsSession opened = await OpenAsync(session);
            HashSet<string> registered = [];
            await WriteAllAsync(opened.Get<ImageUpdate>().RunAsync(selections, options, ApproveAsync, Observer, StopToken), write: true, update =>
            {
                _summary.Add(update.Status, update.ChangeId);
                if (update.Status == SyncStatus.Updated)
                    registered.Add(update.JobDefinitionName);
            });
            if (IsLast && await opened.Get<TargetsBehind>().FindAsync(registered, isOfEvent ? session.Region : null, options.ThrottleLimit, Observer, StopToken) is { } step)
                _summary.Add(step);
        })), selection);
    }
}
