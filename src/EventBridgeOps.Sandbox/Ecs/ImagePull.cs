using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Ecr;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ecs;

/// <summary>Whether an image can be pulled. Only the images in this Region's ECR of the account are known; any other one can.</summary>
internal static class ImagePull
{
    /// <summary>The digest that an image has now; null if it is not known.</summary>
    public static string? Digest(Operation operation, string image) =>
        ImageReference.TryParse(image, out ImageReference? reference) ? reference.Digest ?? Find(operation, reference)?.Text("imageDigest") : null;

    /// <summary>Why a task cannot pull an image; null if it can.</summary>
    /// <param name="operation">The Region.</param>
    /// <param name="image">The image of a container.</param>
    /// <param name="digest">The digest to which it was resolved; null if it was not.</param>
    public static string? Fault(Operation operation, string image, string? digest)
    {
        if (!ImageReference.TryParse(image, out ImageReference? reference) || !IsHere(operation, reference))
            return null;
        ImageReference pulled = digest is null ? reference : reference.With(null, digest);
        return Find(operation, pulled) is null
            ? $"CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref {pulled}: {pulled}: not found" // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html
            : null;
    }

    private static RawDocument? Find(Operation operation, ImageReference image) => IsHere(operation, image)
        ? ImageOperations.FindImage(operation, image.RepositoryName, image.Digest is { } digest
            ? RawDocument.Empty.With("imageDigest", digest)
            : RawDocument.Empty.With("imageTag", image.Tag ?? ImageReference.DefaultTag))
        : null;

    private static bool IsHere(Operation operation, ImageReference image) => image.Registry is { Kind: ImageRegistryKind.EcrPrivate } registry
        && registry.RegistryId == operation.Account.Id && registry.Region == operation.Call.Region;
}
