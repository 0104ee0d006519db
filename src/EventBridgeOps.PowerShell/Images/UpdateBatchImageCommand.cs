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

/// <summary>Registers a new revision of every job definition that runs an image of a repository, with the new image and nothing else changed.</summary>
/// <remarks>Events of the pipeline are worked on while more of them come, each in its own region unless <c>-Region</c> is given.</remarks>
[Performs("image update")]
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

    /// <summary>Job definition names, with or without wildcards. By default every one that runs an image of the repository.</summary>
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

    /// <summary>The digest to run, in place of a tag.</summary>
    [Parameter(ParameterSetName = ByRepository, ValueFromPipelineByPropertyName = true)]
    public string? ImageDigest { get; set; }

    /// <summary>The account of the registry, where only images of that one are meant.</summary>
    [Parameter(ParameterSetName = ByRepository, ValueFromPipelineByPropertyName = true)]
    public string? RegistryId { get; set; }

    /// <summary>Registry, repository, and tag or digest or both.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByUri)]
    [ValidateNotNullOrEmpty]
    public string? ImageUri { get; set; }

    /// <summary>An event of Amazon ECR about a push: its JSON text, also line by line, or an object. Or an image: of <c>Get-ECRImageMetadata</c>, <c>Get-BatchImage</c>, or with the like properties.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByEvent, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    public PSObject? InputObject { get; set; }

    /// <summary>Only containers of these names, with or without wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? ContainerName { get; set; }

    /// <summary>Write <c>repository@sha256:...</c> in place of the tag, so that a tag that is moved cannot change what runs.</summary>
    [Parameter]
    public SwitchParameter PinDigest { get; set; }

    /// <summary>Wait for an image that is still being pushed.</summary>
    [Parameter]
    public SwitchParameter WaitForImage { get; set; }

    /// <summary>How long to wait for it, in seconds.</summary>
    [Parameter]
    [ValidateRange(0, 86400)]
    public int WaitTimeout { get; set; } = ImageUpdateOptions.DefaultWaitSeconds;

    /// <summary>The most severe finding that a completed scan of the image may have.</summary>
    [Parameter]
    public FindingSeverity? MaxSeverity { get; set; }

    /// <summary>Do not look the image up in Amazon ECR.</summary>
    [Parameter]
    public SwitchParameter SkipImageCheck { get; set; }

    /// <summary>How many ACTIVE revisions of each job definition stay; older ones that nobody uses are deregistered.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? KeepRevisions { get; set; }

    /// <summary>How many job definitions are worked on at a time.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = ThrottleLimits.Default;

    /// <summary>The change journal's folder. By default <c>EBOPS_JOURNAL</c>, else one of the user's own.</summary>
    [Parameter]
    public string? JournalPath { get; set; }

    private protected override string? JournalFolder => JournalPath;

    private ImageUpdateOptions Options => new()
    {
        PinDigest = PinDigest,
        WaitForImage = WaitForImage,
        WaitTimeout = TimeSpan.FromSeconds(WaitTimeout),
        MaxSeverity = MaxSeverity,
        SkipImageCheck = SkipImageCheck,
        KeepRevisions = KeepRevisions,
        ThrottleLimit = ThrottleLimit,
    };

    /// <summary>Hands what is asked for to its session's run.</summary>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != ByEvent)
            Take(Selection);
        else if (InputObject is { BaseObject: not string } && PipedImage.TryRead(InputObject, out PipedImage? image))
            Take(image.Select);
        else
            Take(_events.Add(InputObject));
    }

    /// <summary>Waits until all is done.</summary>
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

        // An image of the pipeline may have both; what was typed goes before it, and a tag before the digest.
        bool byDigest = IsGiven(nameof(ImageDigest)) || string.IsNullOrEmpty(ImageTag);
        return ImageSelection.ForRepository(RepositoryName!, byDigest && !IsGiven(nameof(ImageTag)) ? null : ImageTag, byDigest ? ImageDigest : null, RegistryId);
    }

    /// <summary>What was typed wrongly ends the cmdlet; an object of the pipeline fails by itself.</summary>
    private void Take(Func<ImageSelection> read)
    {
        if ((MyInvocation.ExpectingInput ? OrSkip(read, InputObject) : OrEnd(read)) is { } selection)
            Hand(selection);
    }

    private void Take(IEnumerable<EventInputPart> parts)
    {
        foreach (EventDocument happened in parts.SelectMany(part => Await(EventInput.ReadAllAsync(part, Observer, StopToken))))
        {
            if (EcrPushEvent.Read(happened, Observer) is { } push)
                Hand(push);
        }
    }

    private void Hand(ImageSelection selection)
    {
        selection = selection with { JobDefinition = JobDefinition ?? [], ContainerName = ContainerName ?? [] };
        SessionOptions session = SessionFor(null)!;
        if (ParameterSetName == ByEvent && !IsGiven(nameof(Region)))
            session = session with { Region = selection.RegistryRegion };
        ImageUpdateOptions options = Options;
        Feed(_runs.RunOf(session, selections => Start(async () =>
        {
            OpsSession opened = await OpenAsync(session);
            await WriteAllAsync(opened.ImageUpdate.RunAsync(selections, options, ApproveAsync, Observer, StopToken), write: true, update => _summary.Add(update.Status, update.ChangeId));
        })), selection);
    }
}
