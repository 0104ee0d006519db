using System.Management.Automation;
using System.Threading.Channels;
using EventBridgeOps.Aws;
using EventBridgeOps.Images;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Sessions;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Sync;

namespace EventBridgeOps.PowerShell.Images;

/// <summary>Registers a new revision of every job definition that runs an image of a repository, with the new image and nothing else changed.</summary>
/// <remarks>Events of the pipeline are worked on while more of them come, each in its own region unless <c>-Region</c> is given.</remarks>
[Cmdlet(VerbsData.Update, "BatchImage", DefaultParameterSetName = ByEvent, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(BatchImageUpdate))]
public sealed class UpdateBatchImageCommand : SessionCmdlet
{
    private const string ByRepository = nameof(ByRepository);
    private const string ByUri = nameof(ByUri);
    private const string ByEvent = nameof(ByEvent);
    private const int Waiting = 64;

    private readonly Dictionary<SessionOptions, ChannelWriter<ImageSelection>> _runs = [];
    private readonly JsonTextAssembler _text = new();
    private readonly RunSummary<SyncStatus> _summary;

    /// <summary>Makes the cmdlet.</summary>
    public UpdateBatchImageCommand() => _summary = new RunSummary<SyncStatus>(this, Observer, Tally.OfChanges());

    /// <summary>Job definition names, with or without wildcards. By default every one that runs an image of the repository.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("JobDefinitionName")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? JobDefinition { get; set; }

    /// <summary>The repository, without its registry: <c>team/app</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByRepository, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? RepositoryName { get; set; }

    /// <summary>The tag to run.</summary>
    [Parameter(ParameterSetName = ByRepository, ValueFromPipelineByPropertyName = true)]
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
    public int ThrottleLimit { get; set; } = RuleQuery.DefaultThrottleLimit;

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
        switch (ParameterSetName)
        {
            case ByUri:
                Take(() => [ImageSelection.ForUri(ImageUri!)]);
                break;
            case ByRepository:
                // An image of the pipeline may have both; what was typed goes before it, and a tag before the digest.
                bool byDigest = IsGiven(nameof(ImageDigest)) || string.IsNullOrEmpty(ImageTag);
                Take(() => [ImageSelection.ForRepository(RepositoryName!, byDigest && !IsGiven(nameof(ImageTag)) ? null : ImageTag, byDigest ? ImageDigest : null, RegistryId)]);
                break;
            case ByEvent when InputObject?.BaseObject is string line:
                foreach (string text in _text.Add(line))
                    Take(() => EcrPushEvent.Read(text, Observer));
                break;
            case ByEvent when InputObject is not null && PipedImage.TryRead(InputObject, out PipedImage? image):
                Take(() => [image.Select()], isItem: true);
                break;
            case ByEvent when InputObject is not null:
                Take(() => EcrPushEvent.Read(ShellJson.Text(InputObject), Observer));
                break;
        }
    }

    /// <summary>Waits until all is done.</summary>
    protected override void EndProcessing()
    {
        Take(() =>
        {
            _text.Finish();
            return [];
        });
        foreach (ChannelWriter<ImageSelection> run in _runs.Values)
            run.Complete();
        base.EndProcessing();
        _summary.Write();
    }

    private void Take(Func<IReadOnlyList<ImageSelection>> read, bool isItem = false)
    {
        IReadOnlyList<ImageSelection> selections;
        try
        {
            selections = read();
        }
        catch (OpsException e)
        {
            ErrorRecord record = ErrorRecords.From(e, InputObject);
            if (e.EndsRun && !isItem)
                ThrowTerminatingError(record);
            WriteError(record);
            return;
        }

        foreach (ImageSelection selection in selections)
            Hand(selection with { JobDefinition = JobDefinition ?? [], ContainerName = ContainerName ?? [] });
    }

    private void Hand(ImageSelection selection)
    {
        SessionOptions session = SessionFor(null)!;
        if (ParameterSetName == ByEvent && !IsGiven(nameof(Region)))
            session = session with { Region = selection.RegistryRegion };
        if (!_runs.TryGetValue(session, out ChannelWriter<ImageSelection>? run))
        {
            Channel<ImageSelection> selections = Channel.CreateBounded<ImageSelection>(Waiting);
            _runs.Add(session, run = selections.Writer);
            ImageUpdateOptions options = Options;
            Start(async () =>
            {
                OpsSession opened = await OpenAsync(session);
                await WriteAllAsync(opened.ImageUpdate.RunAsync(ReadAsync(selections.Reader), options, ApproveAsync, Observer, StopToken), write: true, update => _summary.Add(update.Status, update.ChangeId));
            });
        }

        Feed(run, selection);
    }
}
