using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ecr;

/// <summary>What ECR reports of images.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html: "ECR Image Action", without resources.</remarks>
internal static class ImageEvents
{
    public static void Pushed(Operation operation, string repository, RawDocument image, string? tag) => Report(operation, "PUSH", repository, image, tag);

    public static void Deleted(Operation operation, string repository, RawDocument image, string? tag) => Report(operation, "DELETE", repository, image, tag);

    private static void Report(Operation operation, string action, string repository, RawDocument image, string? tag)
    {
        RawDocument detail = RawDocument.Empty
            .With("result", "SUCCESS")
            .With("repository-name", repository)
            .With("image-digest", image.Text("imageDigest"))
            .With("action-type", action)
            .With("image-tag", tag ?? "") // As recorded events of untagged images have it.
            .With("manifest-media-type", image.Text("imageManifestMediaType")) // The page shows these two in newer events only; recorded pushes have them.
            .With("artifact-media-type", image.Text("artifactMediaType"));
        operation.Account.Events.Report(operation, "aws.ecr", "ECR Image Action", [], detail);
    }
}
