using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Images;

/// <summary>Messages about Amazon ECR events. Reasons are clauses: they are part of a sentence.</summary>
internal static class PushEventMessages
{
    public static Message EventSkipped(string id, Message reason) => Message.Of($"Event {id} was skipped: {reason:clause}.");

    public static Message OriginSkipped(string origin, Message reason) => Message.Of($"{origin} was skipped: {reason:clause}.");

    public static Message NotReadable(string origin, Message fault) =>
        Message.Of($"{origin} is not a valid event: {fault:clause}. An event is one JSON object with source, detail-type, detail and other fields.");

    public static Message IsEntry() => Message.Of($"it is a PutEvents entry (Source, DetailType, Detail) and not an event (source, detail-type, detail)");

    public static Message Differs(string field, string value, string expected) => Message.Of($"its {field} is '{value}', not {expected}");

    public static Message Lacks(string field, string expected) => Message.Of($"its {field} is missing; {expected} is required");

    public static Message NoDetail() => Message.Of($"it has no detail");

    public static Message NoImage() => Message.Of($"its detail has no repository-name or no image-digest");

    public static Message NoTag(string digest) => Message.Of(
        $"it has no image-tag, as is usual for the parts of a multi-platform image; to run {digest}, specify it with {nameof(ImageSelection.ImageDigest):param}, or use {nameof(ImageUpdateOptions.IncludeUntagged):param}");

    public static Message NotRunnable(string tag, Message kind) => Message.Of($"{tag} is not a runnable image, but {kind:clause}");

    public static Message NotAnImage(string image) => Message.Of($"{image} is not a valid image of a repository");

    public static Message NoAccountOrRegion() => Message.Of($"it has no account or no region");
}
