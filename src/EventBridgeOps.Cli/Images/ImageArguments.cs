using System.CommandLine;
using EventBridgeOps.Cli.Events;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Rules;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Completion;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Images;

namespace EventBridgeOps.Cli.Images;

/// <summary>The options that select the image and the job definitions to update.</summary>
internal sealed class ImageArguments
{
    private readonly Option<string[]> _jobDefinition = Options.List("--job-definition", "name", "The job definitions. Supports wildcards (default: all that use the repository).").Naming(NameKind.JobDefinition);
    private readonly Option<string?> _repositoryName = Options.Text("--repository-name", "name", "The name of the repository, without the registry.").Naming(NameKind.Repository);
    private readonly Option<string?> _imageTag = Options.Text("--image-tag", "tag", "The tag of the image.").Naming(NameKind.ImageTag);
    private readonly Option<string?> _imageDigest = Options.Text("--image-digest", "digest", "The digest of the image, instead of a tag.");
    private readonly Option<string?> _registryId = Options.Text("--registry-id", "account", "Update only images in the registry of this account.");
    private readonly Option<string?> _imageUri = Options.Text("--image-uri", "uri", "The URI of the image: the registry, the repository, and a tag, a digest, or both.");
    private readonly EventArguments _events = new("event");
    private readonly Option<string[]> _containerName = Options.List("--container-name", "name", "The names of the containers to update. Supports wildcards.");
    private readonly Option<bool> _pinDigest = Options.Flag("--pin-digest", "Write the digest (repository@sha256:...) instead of the tag.");
    private readonly Option<bool> _waitForImage = Options.Flag("--wait-for-image", "Wait for an image that is still being pushed.");
    private readonly Option<int> _waitTimeout = new("--wait-timeout") { HelpName = "seconds", Description = "The maximum time to wait for the image, in seconds.", DefaultValueFactory = _ => ImageUpdateOptions.DefaultWaitSeconds };
    private readonly Option<string> _maxSeverity = Options.ChoiceOr(
        null, "--max-severity", "The highest severity that the findings of a completed image scan can have: informational, low, medium, high or critical.", "informational", "low", "medium", "high", "critical");
    private readonly Option<bool> _skipImageCheck = Options.Flag("--skip-image-check", "Do not look up the image in Amazon ECR.");
    private readonly Option<int?> _keepRevisions = Options.Number("--keep-revisions", "number", "The number of ACTIVE revisions to keep. Older revisions that are not in use are deregistered.");
    private readonly ThrottleArgument _throttle = new();

    public ImageArguments() => _maxSeverity.HelpName = "severity";

    public IEnumerable<Option> All =>
    [
        _jobDefinition, _repositoryName, _imageTag, _imageDigest, _registryId, _imageUri, .. _events.All, _containerName,
        _pinDigest, _waitForImage, _waitTimeout, _maxSeverity, _skipImageCheck, _keepRevisions, _throttle.Option,
    ];

    public ImageUpdateOptions BindOptions(ParseResult parsed) => new()
    {
        PinDigest = parsed.GetValue(_pinDigest),
        WaitForImage = parsed.GetValue(_waitForImage),
        WaitTimeout = parsed.GetResult(_waitTimeout) is { Implicit: false } ? TimeSpan.FromSeconds(parsed.GetValue(_waitTimeout)) : null,
        MaxSeverity = parsed.GetValue(_maxSeverity) is { } severity ? Enum.Parse<FindingSeverity>(severity, ignoreCase: true) : null,
        SkipImageCheck = parsed.GetValue(_skipImageCheck),
        KeepRevisions = parsed.GetValue(_keepRevisions),
        ThrottleLimit = _throttle.Bind(parsed),
    };

    /// <summary>The selected images: by repository, by URI, or by events.</summary>
    public async Task<IReadOnlyList<ImageSelection>> ReadAsync(ParseResult parsed, Screen screen, CancellationToken cancellationToken)
    {
        (string? repository, string? uri, bool happened) = (parsed.GetValue(_repositoryName), parsed.GetValue(_imageUri), _events.IsGiven(parsed));
        if (new[] { repository is not null, uri is not null, happened }.Count(given => given) != 1)
            throw new OpsException(ErrorIds.InvalidArgument, ImageCommandMessages.WhichImage());
        bool narrowed = parsed.GetValue(_imageTag) is not null || parsed.GetValue(_imageDigest) is not null || parsed.GetValue(_registryId) is not null;
        if (repository is null && narrowed)
            throw new OpsException(ErrorIds.InvalidArgument, ImageCommandMessages.OnlyWithRepository());
        List<ImageSelection> selections = [];
        if (repository is not null)
            selections.Add(ImageSelection.ForRepository(repository, parsed.GetValue(_imageTag), parsed.GetValue(_imageDigest), parsed.GetValue(_registryId)));
        else if (uri is not null)
            selections.Add(ImageSelection.ForUri(uri));
        else
        {
            await foreach (EventDocument document in _events.Bind(parsed, screen, cancellationToken))
            {
                if (EcrPushEvent.Read(document, screen) is { } push)
                    selections.Add(push);
            }
        }

        return [.. selections.Select(selection => selection with { JobDefinition = parsed.GetValue(_jobDefinition) ?? [], ContainerName = parsed.GetValue(_containerName) ?? [] })];
    }
}
