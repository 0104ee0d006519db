using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.PowerShell.Images;

/// <summary>What is said about objects that should name an image.</summary>
internal static class ShellImageMessages
{
    public static Message RepositoryUnknown(string item) =>
        Message.Of($"'{item}' does not name the repository of the image (the objects of Get-ECRImage, for example, do not). Set {nameof(UpdateBatchImageCommand.RepositoryName):param}.");

    public static Message ImageUnknown(string item, string repository) =>
        Message.Of($"'{item}' names repository {repository}, but no image in it. Use {nameof(UpdateBatchImageCommand.RepositoryName):param} {repository} with {nameof(UpdateBatchImageCommand.ImageTag):param} or {nameof(UpdateBatchImageCommand.ImageDigest):param}.");
}
