using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Images;

/// <summary>What Amazon ECR tells EventBridge when an image was pushed.</summary>
/// <remarks>Shape: https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html.</remarks>
public static class EcrPushEvent
{
    private const string Source = "aws.ecr";
    private const string DetailType = "ECR Image Action";

    // cosign and notation push what belongs to an image beside it, under such a tag.
    private static readonly Regex Attachment = new(@"\Asha(256-[0-9a-f]{64}|512-[0-9a-f]{128})(\.[a-z]+)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static readonly string[] ImageConfigs = ["application/vnd.docker.container.image.v1+json", "application/vnd.oci.image.config.v1+json"];

    /// <summary>The push that an event tells of.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="observer">Hears, as a warning, why another event is left out; and, as a failure, what cannot be read.</param>
    /// <returns>The image; null when the event does not tell of the push of an image that runs.</returns>
    public static ImageSelection? Read(EventDocument happened, IRunObserver observer)
    {
        try
        {
            if (Judge(Document.Parse(happened.Text), out ImageSelection? push) is { } reason)
                observer.Warning($"{(happened.Id is { } id ? $"Event {id}" : happened.Origin)} is left out: {reason}.");
            return push;
        }
        catch (JsonException e)
        {
            observer.Failed(new ItemFailure(EventDocument.Invalid(happened.Origin, $"it cannot be told apart: {e.Message}", e), happened.Origin));
            return null;
        }
    }

    /// <summary>Why an event is no push of an image; null when it is one.</summary>
    private static string? Judge(JsonObject happened, out ImageSelection? push)
    {
        push = null;
        if (happened.ContainsKey("DetailType") && happened.ContainsKey("Source"))
            return "it is an entry for PutEvents (Source, DetailType, Detail), not an event (source, detail-type, detail)";
        if (happened.String("source") is var source && source != Source)
            return $"its source is {Quoted(source)}, not {Source}";
        if (happened.String("detail-type") is var type && type != DetailType)
            return $"its detail-type is {Quoted(type)}, not {DetailType}";
        if (happened["detail"] is not JsonObject detail)
            return "it has no detail";
        if (detail.String("action-type") is var action && action != "PUSH")
            return $"its action-type is {Quoted(action)}, not PUSH";
        if (detail.String("result") is var result && result != "SUCCESS")
            return $"its result is {Quoted(result)}, not SUCCESS";
        if (detail.String("repository-name") is not { Length: > 0 } repository || detail.String("image-digest") is not { Length: > 0 } digest)
            return "it does not name a repository-name and an image-digest";
        if (detail.String("image-tag") is not { Length: > 0 } tag)
            return "it has no image-tag, as the parts of a multi-platform image have none";
        if (Attachment.IsMatch(tag) || (detail.String("artifact-media-type") is { } artifact && !ImageConfigs.Contains(artifact)))
            return $"what was pushed as {tag} is no image that runs, but a signature, an attestation or the like";
        if (!ImageReference.TryParse($"{repository}:{tag}@{digest}", out ImageReference? image) || image.Registry is not null)
            return $"{repository}:{tag}@{digest} is no image of a repository";
        if (happened.String("account") is not { Length: > 0 } account || happened.String("region") is not { Length: > 0 } region)
            return "it does not name its account and region";
        push = new ImageSelection { RepositoryName = repository, ImageTag = tag, PushedDigest = digest, RegistryId = account, RegistryRegion = region };
        return null;
    }

    private static string Quoted(string? value) => value is null ? "missing" : $"'{value}'";
}
