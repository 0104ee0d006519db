using System.CommandLine;
using EventBridgeOps.Cli.Events;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
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
    private readonly RequestOptions<ImageUpdateOptions> _options = new(ImageUpdateOptions.Request);

    public IEnumerable<Option> All =>
    [
        _jobDefinition, _repositoryName, _imageTag, _imageDigest, _registryId, _imageUri, .. _events.All, _containerName,
        .. _options.All,
    ];

    public ImageUpdateOptions BindOptions(ParseResult parsed, Terminal terminal)
    {
        ImageUpdateOptions options = _options.Read(parsed, terminal.Environment);
        return options with { PlanPath = terminal.Host.FullPathOrNone(options.PlanPath) };
    }

    /// <summary>The selected images: by repository, by URI, or by events.</summary>
    public async Task<IReadOnlyList<ImageSelection>> ReadAsync(ParseResult parsed, bool includeUntagged, Screen screen, CancellationToken cancellationToken)
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
                if (EcrPushEvent.Read(document, screen, includeUntagged) is { } push)
                    selections.Add(push);
            }
        }

        return [.. selections.Select(selection => selection with { JobDefinition = parsed.GetValue(_jobDefinition) ?? [], ContainerName = parsed.GetValue(_containerName) ?? [] })];
    }
}
