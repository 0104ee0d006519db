using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Images;

/// <summary>What is known of an image before a job definition is updated to run it.</summary>
/// <param name="Digest">Its digest; null if it was not looked up and the reference does not include it.</param>
/// <param name="Platforms">The platforms that a multi-platform image has, such as <c>linux/arm64</c>; null if its manifest does not list them.</param>
internal sealed record ImageFacts(string? Digest, IReadOnlyList<string>? Platforms = null)
{
    /// <summary>When it was pushed; null if it is not known.</summary>
    public DateTimeOffset? PushedAt { get; init; }

    /// <summary>What it is instead of an image; null if it is an image, or may be one.</summary>
    public Message? NotRunnable { get; init; }
}

/// <summary>Looks images up in Amazon ECR, each once in a run.</summary>
internal sealed class ImageInspector(IEcrApi ecr, string region, ItemRetry retry, TimeProvider time, ImageUpdateOptions options, IRunObserver observer, CancellationToken ended)
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(15);

    private static readonly FindingSeverity[] Severities = [FindingSeverity.Critical, FindingSeverity.High, FindingSeverity.Medium, FindingSeverity.Low, FindingSeverity.Informational];

    private readonly ConcurrentDictionary<string, Lazy<Task<ImageFacts>>> _known = new(StringComparer.Ordinal);

    /// <summary>What is known of an image.</summary>
    /// <exception cref="OpsException">The image does not exist, is not allowed, or could not be looked up.</exception>
    public Task<ImageFacts> InspectAsync(ImageReference image) => _known.GetOrAdd(image.Identity, _ => new Lazy<Task<ImageFacts>>(() => LookUpAsync(image))).Value;

    /// <summary>The multi-platform image that an image is a part of, as its tag; null if there is none, or none yet.</summary>
    /// <param name="image">An image by its digest.</param>
    /// <param name="facts">What is known of it.</param>
    /// <exception cref="OpsException">The images of the repository could not be listed.</exception>
    public async Task<string?> IndexOfAsync(ImageReference image, ImageFacts facts)
    {
        if (Unseen(image) is not null)
            return null;
        EcrRepository repository = new(image.Registry!.RegistryId!, image.Registry.Region!, image.RepositoryName);
        List<JsonObject> tagged = await retry.RunAsync(() => ecr.DescribeTaggedImagesAsync(repository.Region, repository.RegistryId, repository.Name, ended).ToListAsync(ended), ended);

        // The parts are pushed first.
        foreach (JsonObject index in tagged.Where(each => ArtifactTypes.IsIndex(each.String("imageManifestMediaType")) && !(ImageScanner.PushedAt(each) < facts.PushedAt)))
        {
            (JsonObject? manifest, _) = await ManifestAsync(repository, new ImageIdentifier(index.String("imageDigest"), null));
            if ((manifest?["manifests"] as JsonArray ?? []).OfType<JsonObject>().Any(part => part.String("digest") == image.Digest))
                return Document.Text((index["imageTags"] as JsonArray)?.FirstOrDefault()) ?? index.String("imageDigest");
        }

        return null;
    }

    private async Task<ImageFacts> LookUpAsync(ImageReference image)
    {
        if (Unseen(image) is { } why)
        {
            if (!options.SkipImageCheck)
                observer.Warning(ImageMessages.NotChecked(image, why));
            if (options.PinDigest && image.Digest is null)
                throw new OpsException(ErrorIds.ImageUnresolved, ImageMessages.DigestUnknown(image, why));
            return new ImageFacts(image.Digest);
        }

        EcrRepository repository = new(image.Registry!.RegistryId!, image.Registry.Region!, image.RepositoryName);
        JsonObject detail = await FindAsync(repository, image);
        string digest = detail.String("imageDigest")
            ?? throw new OpsException(ErrorIds.MalformedAnswer, ImageMessages.NoDigest(image));
        ImageIdentifier exact = new(digest, null);
        string? type = detail.String("artifactMediaType");
        if (ArtifactTypes.Other(type) is { } kind)
            return new ImageFacts(digest) { NotRunnable = kind };
        if (options.MaxSeverity is { } most)
            await CheckFindingsAsync(repository, image, exact, most);
        return ArtifactTypes.IsIndex(detail.String("imageManifestMediaType")) ? await LookIntoIndexAsync(repository, exact)
            : type is null || ArtifactTypes.IsImage(type) ? new ImageFacts(digest) { PushedAt = ImageScanner.PushedAt(detail) }
            : await LookIntoManifestAsync(repository, image, exact, type);
    }

    private TimeSpan Patience => options.WaitTimeout;

    /// <summary>Why an image cannot be looked up; null when it can.</summary>
    private Message? Unseen(ImageReference image) =>
        options.SkipImageCheck ? ImageMessages.CheckSkipped()
        : image.Registry?.Kind != ImageRegistryKind.EcrPrivate ? ImageMessages.NotPrivateEcr(image.Registry ?? ImageRegistry.DockerHub)
        : Partitions.Of(image.Registry.Region!) != Partitions.Of(region) ? ImageMessages.OtherPartition(image.Registry.Region, region)
        : null;

    private async Task<JsonObject> FindAsync(EcrRepository repository, ImageReference image)
    {
        long start = time.GetTimestamp();
        TimeSpan delay = FirstLook;
        while (true)
        {
            try
            {
                IReadOnlyList<JsonObject> found = await retry.RunAsync(() => ecr.DescribeImagesAsync(repository, [new ImageIdentifier(image.Digest, image.Tag)], ended), ended);
                return found.Count > 0 ? found[0] : throw new OpsException(ErrorIds.ImageNotFound, ImageMessages.NotDescribed(image));
            }
            catch (ServiceCallException e) when (e.ErrorId == ErrorIds.ResourceNotFound)
            {
                // A repository does not come by itself, an image does.
                bool mayCome = options.WaitForImage && e.Call.Code == EcrCodes.ImageNotFound;
                if (!mayCome || time.GetElapsedTime(start) + delay > Patience)
                    throw Missing(repository, image, e, mayCome);
            }

            observer.Progress(new RunProgress(ImageMessages.WaitingForImage(), (int)time.GetElapsedTime(start).TotalSeconds, (int)Patience.TotalSeconds, image.ToString()));
            await time.Delay(delay, ended);
            delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, LongestLook.Ticks));
        }
    }

    private OpsException Missing(EcrRepository repository, ImageReference image, ServiceCallException cause, bool waited) => new(
        ErrorIds.ImageNotFound,
        cause.Call.Code == EcrCodes.RepositoryNotFound ? ImageMessages.RepositoryNotFound(repository, image)
        : waited ? ImageMessages.ImageNotPushed(repository, image, Math.Round(Patience.TotalSeconds))
        : ImageMessages.ImageNotFound(repository, image),
        cause);

    private async Task CheckFindingsAsync(EcrRepository repository, ImageReference image, ImageIdentifier exact, FindingSeverity most)
    {
        JsonObject scan;
        try
        {
            scan = await retry.RunAsync(() => ecr.DescribeImageScanFindingsAsync(repository, exact, ended), ended);
        }
        catch (ServiceCallException e) when (e.ErrorId == ErrorIds.ResourceNotFound)
        {
            observer.Warning(ImageMessages.NeverScanned(image));
            return;
        }

        string? status = (scan["imageScanStatus"] as JsonObject)?.String("status");
        if (status is not ("COMPLETE" or "ACTIVE")) // ACTIVE: scanned, and looked at again when something new is known
        {
            observer.Warning(ImageMessages.ScanIncomplete(image, status));
            return;
        }

        JsonObject? counts = (scan["imageScanFindings"] as JsonObject)?["findingSeverityCounts"] as JsonObject;
        List<Message> barring = [.. Severities.Where(severity => severity > most).Select(severity => (Severity: severity, Count: Count(counts, severity)))
            .Where(found => found.Count > 0).Select(found => ImageMessages.Finding(found.Count, found.Severity))];
        if (barring.Count > 0)
            throw new OpsException(ErrorIds.ImageBarred, ImageMessages.TooSevere(image, barring, most));
    }

    private static int Count(JsonObject? counts, FindingSeverity severity) =>
        counts?[severity.ToString().ToUpperInvariant()] is JsonValue value && value.TryGetValue(out int count) ? count : 0;

    /// <summary>Only an index lists its platforms; for other manifests they are part of a layer, which is not fetched.</summary>
    private async Task<ImageFacts> LookIntoIndexAsync(EcrRepository repository, ImageIdentifier exact)
    {
        (JsonObject? manifest, Message? fault) = await ManifestAsync(repository, exact);
        if (manifest is null)
        {
            if (fault is not null)
                observer.Verbose(ImageMessages.PlatformsUnknown(exact, repository, fault));
            return new ImageFacts(exact.Digest);
        }

        List<string> platforms = [.. (manifest["manifests"] as JsonArray ?? []).OfType<JsonObject>().Select(Platform).OfType<string>().Distinct()];
        return new ImageFacts(exact.Digest, platforms.Count > 0 ? platforms : null) { NotRunnable = ArtifactTypes.Other(manifest, out _) };
    }

    private async Task<ImageFacts> LookIntoManifestAsync(EcrRepository repository, ImageReference image, ImageIdentifier exact, string type)
    {
        (JsonObject? manifest, Message? fault) = await ManifestAsync(repository, exact);
        if (manifest is null)
        {
            observer.Warning(ImageMessages.KindNotChecked(image, type, fault ?? ImageMessages.NoManifest()));
            return new ImageFacts(exact.Digest);
        }

        Message? kind = ArtifactTypes.Other(manifest, out bool isKnown);
        if (kind is null && !isKnown)
            observer.Warning(ImageMessages.KindUnknown(image, type));
        return new ImageFacts(exact.Digest) { NotRunnable = kind };
    }

    /// <summary>The manifest, or why it cannot be read; neither if there is none.</summary>
    private async Task<(JsonObject? Manifest, Message? Fault)> ManifestAsync(EcrRepository repository, ImageIdentifier image)
    {
        try
        {
            return (await retry.RunAsync(() => ecr.GetImageManifestAsync(repository, image, ended), ended) is { } text ? Document.Parse(text) : null, null);
        }
        catch (JsonException e)
        {
            return (null, ImageMessages.ManifestNotReadable(EventDocument.Reason(e)));
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            return (null, ImageMessages.LookupFailed(e));
        }
    }

    // What is attached to an image (a signature, an attestation) stands in the index as a manifest of an unknown platform.
    private static string? Platform(JsonObject manifest) =>
        manifest["platform"] is JsonObject platform && platform.String("architecture") is { } architecture && architecture != "unknown"
            ? $"{platform.String("os")}/{architecture}"
            : null;
}

/// <summary>Amazon ECR's error codes, where one id of ours stands for several.</summary>
internal static class EcrCodes
{
    public const string ImageNotFound = "ImageNotFoundException";
    public const string RepositoryNotFound = "RepositoryNotFoundException";
}
