using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Names;
using EventBridgeOps.JobDefinitions;

namespace EventBridgeOps.Images;

/// <summary>The effect of a selection on one revision of a job definition: which containers are updated to which image.</summary>
internal sealed class ImageEdit
{
    private ImageEdit(JobDefinitionDocument definition, JsonObject after, IReadOnlyList<ImageStep> steps) =>
        (Definition, After, Steps) = (definition, after, steps);

    /// <summary>The revision that it is about.</summary>
    public JobDefinitionDocument Definition { get; }

    /// <summary>The containers that are meant, changed or not.</summary>
    public IReadOnlyList<ImageStep> Steps { get; }

    /// <summary>The containers whose image changes.</summary>
    public IReadOnlyList<ImageStep> Changes => [.. Steps.Where(step => step.From != step.To)];

    private JsonObject After { get; }

    /// <summary>Finds the containers that are meant; none is a possible outcome.</summary>
    /// <param name="definition">A revision.</param>
    /// <param name="selection">What is meant.</param>
    /// <param name="write">What to write for the image before and the one that is meant; null to write what is meant.</param>
    public static ImageEdit Of(JobDefinitionDocument definition, ImageSelection selection, Func<ImageReference, ImageReference, ImageReference>? write = null)
    {
        IReadOnlyList<NamePattern> names = NamePattern.ParseAll(selection.ContainerName);
        JsonObject after = definition.ForRegistration();
        List<ImageStep> steps = [];
        foreach (ContainerImage container in JobDefinitionImages.Of(after).ToList())
        {
            if (!ImageReference.TryParse(container.Image, out ImageReference? from) || !selection.IsMeant(from) || !names.Any(name => name.IsMatch(container.Name)))
                continue;
            ImageReference meant = from.With(selection.ImageTag, selection.ImageDigest);
            ImageReference to = write?.Invoke(from, meant) ?? meant;
            if (to.IsSame(from))
                to = from; // the same image, written differently
            JobDefinitionImages.Set(container, to.ToString());
            steps.Add(new ImageStep(container, from, meant, to));
        }

        return new ImageEdit(definition, after, steps);
    }

    /// <summary>The values to set: the images, and the tags that say which one was meant and when it was pushed.</summary>
    /// <param name="digest">The digest of the image; null if it is not known.</param>
    /// <param name="selection">What is meant.</param>
    public IReadOnlyList<DocumentDifference> Edits(string? digest, ImageSelection selection)
    {
        JsonObject before = Definition.ForRegistration();
        List<DocumentDifference> edits = [.. DocumentDiff.Between(before, After)];
        if (before["tags"] is JsonObject != before.ContainsKey("tags"))
            return edits;
        Tag(RevisionStamp.ImageDigest, digest);
        if (selection.PushedAt is { } time)
            Tag(RevisionStamp.ImagePushedAt, PushTimes.Of(before).With(selection.PushedTo, time).ToString());
        return edits;

        void Tag(string key, string? value)
        {
            string? earlier = (before["tags"] as JsonObject)?.String(key);
            if (earlier != value)
                edits.Add(new DocumentDifference(["tags", key], earlier, value) { Adds = earlier is null, Removes = value is null });
        }
    }

    /// <summary>What the job definition would be like, as a revision that is not there yet.</summary>
    /// <param name="edits">The values to set.</param>
    public JobDefinitionDocument Planned(IReadOnlyList<DocumentDifference> edits) =>
        DocumentDiff.Apply(Definition.Document, edits) is { } after ? Definition with { Document = after } : Definition;
}

/// <summary>One container's image before and after.</summary>
/// <param name="Container">The container, with the image before.</param>
/// <param name="From">The image before.</param>
/// <param name="Meant">The image that the selection names, in the registry that the container names.</param>
/// <param name="To">The image as it is to be written.</param>
internal sealed record ImageStep(ContainerImage Container, ImageReference From, ImageReference Meant, ImageReference To);
