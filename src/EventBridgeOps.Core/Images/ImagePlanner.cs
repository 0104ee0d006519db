using EventBridgeOps.Changes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.JobDefinitions;

namespace EventBridgeOps.Images;

/// <summary>Decides for each job definition what an image selection means for it.</summary>
internal sealed class ImagePlanner(ImageInspector inspector, ImageRunState state, ImageUpdateOptions options, string region, TimeProvider time, IRunObserver observer)
{
    /// <summary>Plans the updates. A job definition found by wildcards that runs no image of the repository has no plan.</summary>
    public async IAsyncEnumerable<Draft<BatchImageUpdate>> PlanAsync(ImageSelection selection, FoundJobDefinitions found)
    {
        foreach (string name in found.Missing)
            yield return Fail(Begin(name), new OpsException(ErrorIds.JobDefinitionMissing, ImageMessages.DefinitionNotFound(name, region)));
        bool any = found.Missing.Count > 0;
        foreach (JobDefinitionDocument definition in found.Latest)
        {
            ImageEdit edit = ImageEdit.Of(definition, selection);
            if (edit.Steps.Count > 0)
                yield return await PlanAsync(selection, definition, edit);
            else if (found.Named.Contains(definition.Name))
                yield return Fail(Describe(Begin(definition.Name), edit), NoContainer(selection, definition));
            any |= edit.Steps.Count > 0 || found.Named.Contains(definition.Name);
        }

        if (!any && ContainersOf(selection, found) is { Length: > 0 } containers)
            observer.Failed(new ItemFailure(new OpsException(ErrorIds.ContainerNotFound, ImageMessages.NoContainerNamed(selection.ContainerName, Repository(selection), region, containers)), selection.ToString()));
        else if (!any)
            observer.Warning(selection.JobDefinition.Count > 0 ? ImageMessages.NothingToUpdateOf(selection.JobDefinition, Repository(selection), region) : ImageMessages.NothingToUpdate(Repository(selection), region));
    }

    private async Task<Draft<BatchImageUpdate>> PlanAsync(ImageSelection selection, JobDefinitionDocument definition, ImageEdit edit)
    {
        BatchImageUpdate draft = Describe(Begin(definition.Name), edit);
        try
        {
            Dictionary<string, ImageFacts> facts = new(StringComparer.Ordinal);
            foreach (ImageReference image in edit.Steps.Select(step => step.Meant))
                facts[image.ToString()] = await inspector.InspectAsync(image);
            edit = ImageEdit.Of(definition, selection, (from, meant) => Write(from, meant, facts[meant.ToString()].Digest ?? selection.PushedDigest));
            draft = Describe(draft, edit) with { Digest = facts.Values.Select(each => each.Digest).FirstOrDefault(digest => digest is not null) };
            if (selection.PushedDigest is { } pushed && draft.Digest is { } now && pushed != now)
                return new Draft<BatchImageUpdate>(draft with { Status = SyncStatus.Skipped, Reason = observer.Text(ImageMessages.TagMoved(selection.ImageTag, now, pushed)) });
            if (edit.Steps.FirstOrDefault(step => facts[step.Meant.ToString()].NotRunnable is not null)?.Meant is { } other)
            {
                Message kind = facts[other.ToString()].NotRunnable!;
                return selection.PushedDigest is null
                    ? Fail(draft, new OpsException(ErrorIds.ImageBarred, ImageMessages.NotRunnable(other, kind)))
                    : new Draft<BatchImageUpdate>(draft with { Status = SyncStatus.Skipped, Reason = observer.Text(ImageMessages.PushedNotRunnable(other, kind)) });
            }

            if (edit.Changes.Count == 0)
            {
                observer.Verbose(ImageMessages.Unchanged(definition, draft.Image));
                return new Draft<BatchImageUpdate>(draft with { Status = SyncStatus.AlreadyCurrent, Verified = true });
            }

            if (selection.PushedAt is { } pushedAt && state.NewestPush(definition, selection) is { } newer && newer > pushedAt)
                return new Draft<BatchImageUpdate>(draft with { Status = SyncStatus.Skipped, Reason = observer.Text(ImageMessages.OlderPush(pushedAt, definition, newer)) });
            if (selection.IsUntaggedPush && await inspector.IndexOfAsync(edit.Steps[0].Meant, facts[edit.Steps[0].Meant.ToString()]) is { } index)
                return new Draft<BatchImageUpdate>(draft with { Status = SyncStatus.Skipped, Reason = observer.Text(ImageMessages.PartOfIndex(edit.Steps[0].Meant, index)) });
            WarnOfPlatforms(definition, edit, facts);
            observer.Verbose(ImageMessages.WillRegister(definition, draft.PreviousImage, draft.Image));
            return Plan(selection, definition, edit, draft);
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            return Fail(draft, e);
        }
    }

    // What is specified by its digest stays so: it is there so that nothing else runs.
    private ImageReference Write(ImageReference from, ImageReference meant, string? digest) =>
        options.PinDigest && digest is not null ? from.With(null, digest)
        : from.Digest is null || meant.Digest is not null ? meant
        : digest is not null ? from.With(from.Tag is null ? null : meant.Tag, digest)
        : throw new OpsException(ErrorIds.ImageUnresolved, ImageMessages.PinnedDigestUnknown(from, meant));

    private Draft<BatchImageUpdate> Plan(ImageSelection selection, JobDefinitionDocument definition, ImageEdit edit, BatchImageUpdate draft)
    {
        IReadOnlyList<DocumentDifference> edits = edit.Edits(draft.Digest, selection);
        if (selection.PushedAt is not null && !RevisionStamp.HasRoomForPush(definition.ForRegistration()))
            observer.Warning(ImageMessages.PushTimeNotRecorded(definition));
        state.Plan(edit.Planned(edits));
        return new Draft<BatchImageUpdate>(draft, RegistrationKind.Plan(definition, edits, time.GetUtcNow()));
    }

    private void WarnOfPlatforms(JobDefinitionDocument definition, ImageEdit edit, Dictionary<string, ImageFacts> facts)
    {
        foreach (ImageStep step in edit.Changes)
        {
            if (step.Container.Architecture is not { } wanted || facts[step.Meant.ToString()].Platforms is not { } platforms)
                continue;
            string architecture = wanted == "ARM64" ? "arm64" : "amd64"; // https://go.dev/doc/install/source#environment has the names of images
            if (!platforms.Any(platform => platform.EndsWith("/" + architecture, StringComparison.Ordinal)))
                observer.Warning(ImageMessages.OtherArchitecture(step.Container.Label, definition, wanted, step.Meant, platforms));
        }
    }

    private BatchImageUpdate Begin(string name) => new() { JobDefinitionName = name, Region = region };

    private static BatchImageUpdate Describe(BatchImageUpdate draft, ImageEdit edit)
    {
        // What changes is what counts; where nothing does, what is meant.
        IReadOnlyList<ImageStep> steps = edit.Changes.Count > 0 ? edit.Changes : edit.Steps;
        return draft with
        {
            PreviousRevision = edit.Definition.Revision,
            Revision = edit.Definition.Revision,
            JobDefinitionArn = edit.Definition.Arn,
            PreviousImage = steps.Count == 0 ? null : string.Join(", ", steps.Select(step => step.From.ToString()).Distinct()),
            Image = steps.Count == 0 ? null : string.Join(", ", steps.Select(step => step.To.ToString()).Distinct()),
            Containers = [.. edit.Changes.Select(step => step.Container.Label)],
        };
    }

    private static OpsException NoContainer(ImageSelection selection, JobDefinitionDocument definition)
    {
        string[] images = [.. JobDefinitionImages.Of(definition.Document).Select(container => $"{container.Label} {container.Image}")];
        Message there = images.Length > 0 ? ImageMessages.Images(images) : ImageMessages.NoImages();
        return new OpsException(ErrorIds.ContainerNotFound, selection.ContainerName.Count > 0
            ? ImageMessages.NoContainerOf(selection.ContainerName, definition, Repository(selection), there)
            : ImageMessages.NoContainer(definition, Repository(selection), there));
    }

    /// <summary>The containers that run an image of the repository, where only the names of containers select none.</summary>
    private static string[] ContainersOf(ImageSelection selection, FoundJobDefinitions found) => selection.ContainerName.Count == 0 ? [] :
        [.. found.Latest.SelectMany(definition => ImageEdit.Of(definition, selection with { ContainerName = [] }).Steps.Select(step => $"{definition} {step.Container.Label}"))];

    private static Message Repository(ImageSelection selection) => selection switch
    {
        { IsUntaggedPush: true } => ImageMessages.RepositoryByDigest(Repository(selection with { PushedDigest = null })),
        { Registry: { } registry } => ImageMessages.RepositoryOfHost(registry.Host, selection.RepositoryName),
        { RegistryId: { } account, RegistryRegion: { } region } => ImageMessages.RepositoryOfRegistry(selection.RepositoryName, account, region),
        { RegistryId: { } account } => ImageMessages.RepositoryOfAccount(selection.RepositoryName, account),
        _ => ImageMessages.Repository(selection.RepositoryName),
    };

    private Draft<BatchImageUpdate> Fail(BatchImageUpdate draft, OpsException error) =>
        new(draft with { Status = SyncStatus.Failed, Reason = observer.Text(error), ErrorId = error.ErrorId }, null, error);
}
