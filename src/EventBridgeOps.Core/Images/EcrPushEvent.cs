using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Images;

/// <summary>Reads the event that Amazon ECR sends when an image was pushed.</summary>
/// <remarks>Shape: https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html.</remarks>
public static class EcrPushEvent
{
    private const string Source = "aws.ecr";
    private const string DetailType = "ECR Image Action";

    // cosign and notation push what belongs to an image beside it, under such a tag.
    private static readonly Regex Attachment = new(@"\Asha(256-[0-9a-f]{64}|512-[0-9a-f]{128})(\.[a-z]+)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    /// <summary>Reads the pushed image from an event.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="observer">Receives a warning for each event that is skipped, and a failure for each one that cannot be read.</param>
    /// <param name="includeUntagged">Whether a push without a tag is read as well, see <see cref="ImageUpdateOptions.IncludeUntagged"/>.</param>
    /// <returns>The image; null if the event does not describe the push of a runnable image.</returns>
    public static ImageSelection? Read(EventDocument happened, IRunObserver observer, bool includeUntagged = false)
    {
        try
        {
            if (Judge(Document.Parse(happened.Text), includeUntagged, out ImageSelection? push) is { } reason)
                observer.Warning(happened.Id is { } id ? PushEventMessages.EventSkipped(id, reason) : PushEventMessages.OriginSkipped(happened.Origin, reason));
            return push;
        }
        catch (JsonException e)
        {
            observer.Failed(new ItemFailure(new OpsException(ErrorIds.InvalidEvent, PushEventMessages.NotReadable(happened.Origin, EventDocument.Reason(e)), e), happened.Origin));
            return null;
        }
    }

    /// <summary>Why an event is not the push of an image; null if it is.</summary>
    private static Message? Judge(JsonObject happened, bool includeUntagged, out ImageSelection? push)
    {
        push = null;
        if (happened.ContainsKey("DetailType") && happened.ContainsKey("Source"))
            return PushEventMessages.IsEntry();
        if (happened.String("source") is var source && source != Source)
            return Other("source", source, Source);
        if (happened.String("detail-type") is var type && type != DetailType)
            return Other("detail-type", type, DetailType);
        if (happened["detail"] is not JsonObject detail)
            return PushEventMessages.NoDetail();
        if (detail.String("action-type") is var action && action != "PUSH")
            return Other("action-type", action, "PUSH");
        if (detail.String("result") is var result && result != "SUCCESS")
            return Other("result", result, "SUCCESS");
        if (detail.String("repository-name") is not { Length: > 0 } repository || detail.String("image-digest") is not { Length: > 0 } digest)
            return PushEventMessages.NoImage();
        string? tag = detail.String("image-tag") is { Length: > 0 } named ? named : null;
        if (ArtifactTypes.Other(detail.String("artifact-media-type")) is { } kind)
            return PushEventMessages.NotRunnable(tag ?? digest, kind);
        if (tag is null && !includeUntagged)
            return PushEventMessages.NoTag(digest);
        if (tag is not null && Attachment.IsMatch(tag))
            return PushEventMessages.NotRunnable(tag, ArtifactMessages.SignatureOrAttestation());
        string text = $"{repository}{(tag is null ? "" : ":" + tag)}@{digest}";
        if (!ImageReference.TryParse(text, out ImageReference? image) || image.Registry is not null)
            return PushEventMessages.NotAnImage(text);
        if (happened.String("account") is not { Length: > 0 } account || happened.String("region") is not { Length: > 0 } region)
            return PushEventMessages.NoAccountOrRegion();
        push = new ImageSelection { RepositoryName = repository, ImageTag = tag, ImageDigest = tag is null ? digest : null, PushedDigest = digest, RegistryId = account, RegistryRegion = region, PushedAt = Time(happened.String("time")) };
        return null;
    }

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time) ? time : null;

    private static Message Other(string field, string? value, string expected) =>
        value is null ? PushEventMessages.Lacks(field, expected) : PushEventMessages.Differs(field, value, expected);
}
