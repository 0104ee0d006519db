using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Completion;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.Images;

/// <summary>Lists the images that job definitions run, and whether they exist.</summary>
/// <param name="batch">The account's AWS Batch.</param>
/// <param name="ecr">Amazon ECR.</param>
/// <param name="region">The Region of the session.</param>
/// <param name="retry">Retries an item when a call has used up its retries.</param>
/// <param name="time">The clock.</param>
public sealed class ImageScanner(IBatchApi batch, IEcrApi ecr, string region, ItemRetry retry, TimeProvider time)
{
    /// <summary>How many images are asked for in one call.</summary>
    private const int PerCall = 100;

    /// <summary>The containers of the latest ACTIVE revisions, ordered by job definition.</summary>
    /// <param name="query">Which.</param>
    /// <param name="observer">Receives progress and failures.</param>
    /// <param name="cancellationToken">Cancels the scan.</param>
    /// <exception cref="OpsException">The job definitions cannot be listed, or a name cannot be read.</exception>
    public async IAsyncEnumerable<BatchImage> ScanAsync(ImageQuery query, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ThrottleLimits.Check(query.ThrottleLimit);
        IReadOnlyList<NamePattern> repositories = NamePattern.ParseAll(query.RepositoryName);
        JobDefinitionFinder finder = new(batch, retry, time, query.ThrottleLimit);
        FoundJobDefinitions found = await finder.FindAsync(query.JobDefinition.Select(JobDefinitionText.Name), cancellationToken);
        foreach (string name in found.Missing)
            observer.Failed(new ItemFailure(new OpsException(ErrorIds.JobDefinitionMissing, ImageMessages.DefinitionNotFound(name, region)), name));

        List<Running> running = [.. found.Latest.SelectMany(definition => JobDefinitionImages.Of(definition.Document).Select(container => new Running(definition, container)))
            .Where(each => query.RepositoryName.Count == 0 || (each.Image is { } image && repositories.Any(pattern => image.RepositoryNames.Any(pattern.IsMatch))))];
        Dictionary<string, Verdict> verdicts = query.SkipImageCheck ? [] : await LookUpAsync(running, query.ThrottleLimit, observer, cancellationToken);
        foreach (Running each in running)
            yield return Describe(each, verdicts, observer);
    }

    private async Task<Dictionary<string, Verdict>> LookUpAsync(List<Running> running, int throttleLimit, IRunObserver observer, CancellationToken cancellationToken)
    {
        ProgressCount progress = new(observer, ImageMessages.LookingUp());
        List<(EcrRepository Repository, IReadOnlyList<ImageIdentifier> Images)> calls = running.Where(each => each.Repository is not null && Partitions.Of(each.Repository.Region) == Partitions.Of(region))
            .GroupBy(each => each.Repository!)
            .SelectMany(repository => Chunks([.. repository.Select(each => each.Identifier).Distinct()]).Select(images => (Repository: repository.Key, Images: images)))
            .ToList();
        progress.Expect(calls.Count);
        Dictionary<string, Verdict> verdicts = new(StringComparer.Ordinal);
        await foreach (IReadOnlyList<(ImageIdentifier Image, Verdict Verdict)> some in OrderedParallel.SelectAsync(Streams.From(calls), throttleLimit, async (call, token) =>
        {
            IReadOnlyList<(ImageIdentifier, Verdict)> answer = [.. (await DescribeAsync(call.Repository, call.Images, token)).Select(each => (each.Image, each.Verdict with { Repository = call.Repository }))];
            progress.Finish(call.Repository.ToString());
            return answer;
        }, cancellationToken))
        {
            foreach ((ImageIdentifier image, Verdict verdict) in some)
                verdicts[Key(verdict.Repository!, image)] = verdict;
        }

        return verdicts;
    }

    /// <summary>One call for all; only where one of them is missing, halves of them, until it is known which.</summary>
    private async Task<IEnumerable<(ImageIdentifier Image, Verdict Verdict)>> DescribeAsync(EcrRepository repository, IReadOnlyList<ImageIdentifier> images, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<JsonObject> details = await retry.RunAsync(() => ecr.DescribeImagesAsync(repository, images, cancellationToken), cancellationToken);
            return images.Select(image => (image, details.FirstOrDefault(detail => IsOf(detail, image)) is { } detail ? new Verdict(ImageState.Exists, detail, null) : new Verdict(ImageState.Missing, null, null)));
        }
        catch (ServiceCallException e) when (e.ErrorId == ErrorIds.ResourceNotFound && e.Call.Code == EcrCodes.ImageNotFound && images.Count > 1)
        {
            int half = images.Count / 2;
            return (await DescribeAsync(repository, [.. images.Take(half)], cancellationToken)).Concat(await DescribeAsync(repository, [.. images.Skip(half)], cancellationToken));
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            Verdict verdict = e.ErrorId != ErrorIds.ResourceNotFound ? new Verdict(ImageState.Unresolved, null, ImageMessages.LookupFailed(e))
                : new Verdict(ImageState.Missing, null, e is ServiceCallException { Call.Code: EcrCodes.RepositoryNotFound } ? ImageMessages.NoRepository(repository) : null);
            return images.Select(image => (image, verdict));
        }
    }

    private BatchImage Describe(Running each, Dictionary<string, Verdict> verdicts, IRunObserver observer)
    {
        Verdict verdict = each.Repository is { } repository && verdicts.TryGetValue(Key(repository, each.Identifier), out Verdict? known) ? known
            : new Verdict(ImageState.NotChecked, null, each.Image is null ? ImageMessages.NotAReference() : each.Repository is null ? ImageMessages.InOtherRegistry() : null);
        return new BatchImage
        {
            JobDefinitionName = each.Definition.Name,
            Revision = each.Definition.Revision,
            JobDefinitionArn = each.Definition.Arn,
            ContainerName = each.Container.Name,
            TargetNodes = each.Container.Prefix.Length > 0 ? each.Container.Prefix.TrimEnd('/') : null,
            Image = each.Container.Image,
            RegistryId = each.Repository?.RegistryId,
            RepositoryName = each.Image?.RepositoryName,
            ImageTag = each.Image?.Tag,
            ImageDigest = each.Image?.Digest ?? verdict.Detail?.String("imageDigest"),
            PushedAt = PushedAt(verdict.Detail),
            State = verdict.State,
            Reason = verdict.Reason is { } reason ? observer.Text(reason) : null,
            Region = region,
        };
    }

    // ECR's JSON has times as seconds, with a fraction: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html.
    internal static DateTimeOffset? PushedAt(JsonObject? detail) =>
        detail?["imagePushedAt"] is JsonValue value && value.TryGetValue(out double seconds) && seconds is > 0 and < 100_000_000_000
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
            : null;

    private static bool IsOf(JsonObject detail, ImageIdentifier image) => image.Digest is { } digest
        ? detail.String("imageDigest") == digest
        : (detail["imageTags"] as JsonArray ?? []).Any(tag => tag is JsonValue value && value.TryGetValue(out string? text) && text == image.Tag);

    private static string Key(EcrRepository repository, ImageIdentifier image) => $"{repository.RegistryId} {repository.Region} {repository.Name} {image}";

    private static IEnumerable<IReadOnlyList<ImageIdentifier>> Chunks(List<ImageIdentifier> all)
    {
        for (int first = 0; first < all.Count; first += PerCall)
            yield return all.GetRange(first, Math.Min(PerCall, all.Count - first));
    }

    private sealed record Verdict(ImageState State, JsonObject? Detail, Message? Reason)
    {
        public EcrRepository? Repository { get; init; }
    }

    private sealed class Running(JobDefinitionDocument definition, ContainerImage container)
    {
        public JobDefinitionDocument Definition => definition;

        public ContainerImage Container => container;

        public ImageReference? Image { get; } = ImageReference.TryParse(container.Image, out ImageReference? image) ? image : null;

        /// <summary>The private repository of Amazon ECR; null for others.</summary>
        public EcrRepository? Repository => Image?.Registry is { Kind: ImageRegistryKind.EcrPrivate } registry ? new EcrRepository(registry.RegistryId!, registry.Region!, Image.RepositoryName) : null;

        /// <summary>Without a tag and a digest, it is the default tag of Docker.</summary>
        public ImageIdentifier Identifier => new(Image?.Digest, Image?.Digest is null ? Image?.Tag ?? ImageReference.DefaultTag : null);
    }
}

/// <summary>Which images to list.</summary>
[Request]
public sealed partial record ImageQuery
{
    /// <summary>The job definitions.</summary>
    /// <remarks>In an ARN or <c>name:revision</c>, only the name is used.</remarks>
    [Option("name", Wildcards = true, Otherwise = "all", Names = nameof(NameKind.JobDefinition))]
    public IReadOnlyList<string> JobDefinition { get; init; } = [];

    /// <summary>The repositories.</summary>
    /// <remarks>Without it, values that are not valid image references are listed too.</remarks>
    [Option("name", Wildcards = true, Otherwise = "all", Names = nameof(NameKind.Repository))]
    public IReadOnlyList<string> RepositoryName { get; init; } = [];

    /// <summary>Do not look up the images in Amazon ECR.</summary>
    [Option]
    public bool SkipImageCheck { get; init; }

    /// <summary>The maximum number of concurrent API calls.</summary>
    [Option("number", Min = 1, Max = ThrottleLimits.Max)]
    public int ThrottleLimit { get; init; } = ThrottleLimits.Default;

    /// <summary>Checks the query.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: the limit is not from 1 to 256.</exception>
    public void Check() => RequestLimits.Check(this, Request);

    /// <summary>Says that no image was found, and what was looked at.</summary>
    public Message NothingFound() => NameLists.IsAll(JobDefinition) && NameLists.IsAll(RepositoryName) ? ImageMessages.NoImagesHere() : ImageMessages.NothingFound(NameLists.OrAll(JobDefinition), NameLists.OrAll(RepositoryName));

}
