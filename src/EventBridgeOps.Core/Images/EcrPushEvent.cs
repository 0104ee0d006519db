using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Documents;
using EventBridgeOps.Runs;

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

    /// <summary>The pushes in a JSON text: an event, an array of events, or several one after the other. What is none is told to the observer and left out.</summary>
    /// <param name="json">JSON text.</param>
    /// <param name="observer">Hears, as warnings, why an event is left out.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidEvent"/>: it is no JSON.</exception>
    public static IReadOnlyList<ImageSelection> ReadAll(string json, IRunObserver observer)
    {
        JsonTextAssembler assembler = new();
        List<ImageSelection> pushes = [.. assembler.Add(json).SelectMany(text => Read(text, observer))];
        assembler.Finish();
        return pushes;
    }

    /// <summary>The pushes in one JSON value: an event, or an array of events.</summary>
    /// <param name="json">JSON text.</param>
    /// <param name="observer">Hears, as warnings, why an event is left out.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidEvent"/>: it is no JSON.</exception>
    public static IReadOnlyList<ImageSelection> Read(string json, IRunObserver observer)
    {
        JsonNode? value;
        try
        {
            value = Document.Parse($$"""{"":{{json}}}""")[""];
        }
        catch (JsonException e)
        {
            throw new OpsException(ErrorIds.InvalidEvent, $"The text '{Beginning(json)}' is not the JSON text of an event: {e.Message} Give the event as EventBridge delivers it.", e);
        }

        List<ImageSelection> pushes = [];
        foreach (JsonNode? each in value is JsonArray batch ? [.. batch] : new[] { value })
        {
            string? reason = Judge(each as JsonObject, out ImageSelection? push);
            if (push is not null)
                pushes.Add(push);
            else
                observer.Warning($"{((each as JsonObject)?.String("id") is { } id ? $"Event {id}" : $"'{Beginning(Document.Write(each))}'")} is left out: {reason}.");
        }

        return pushes;
    }

    /// <summary>Why an event is no push of an image; null when it is one.</summary>
    private static string? Judge(JsonObject? happened, out ImageSelection? push)
    {
        push = null;
        if (happened is null)
            return "it is no JSON object";
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

    /// <summary>As much of a text as tells people which one it is.</summary>
    internal static string Beginning(string text)
    {
        const int Shown = 60;
        text = SecretRedactor.Redact(text);
        return text.Length <= Shown ? text : text.Substring(0, Shown) + "...";
    }
}
