using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Images;

/// <summary>What the commands for images say.</summary>
internal static class ImageCommandMessages
{
    public static Message Count(int count, IEnumerable<string> states) => Message.Of($"{count:container|containers}: {states}.");

    public static Message WhichImage() =>
        Message.Of($"Specify exactly one image source: {"RepositoryName":param} (with {"ImageTag":param} or {"ImageDigest":param}), {"ImageUri":param}, or events ({"Event":param} or {"EventPath":param}).");

    public static Message OnlyWithRepository() =>
        Message.Of($"{"ImageTag":param}, {"ImageDigest":param} and {"RegistryId":param} require {"RepositoryName":param}. An image URI or an event already contains these values.");
}
