using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ecr;

/// <summary>A push without a client: puts an image with a made-up manifest, in a repository that is created if it is missing.</summary>
internal static class ImagePush
{
    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    private const string ConfigType = "application/vnd.oci.image.config.v1+json";

    /// <summary>Reads <c>{"image": "acme:v2", "region": "eu-west-1"}</c>; the Region may be left out.</summary>
    /// <exception cref="InvalidDataException">It has another member, or another kind of value.</exception>
    public static (string? Image, string? Region) Read(RawDocument request) =>
        request.Without("image", "region").Members.Count == 0 && request.Members.All(member => member.Value.ValueKind == JsonValueKind.String)
            ? (request.Text("image"), request.Text("region"))
            : throw new InvalidDataException(EcrMessages.NotAnImage().ToString());

    /// <summary>Pushes an image; each push is another image.</summary>
    /// <exception cref="InvalidDataException">The image is not one that ECR takes.</exception>
    public static SandboxImage Push(Operation operation, string? text)
    {
        if (!ImageReference.TryParse(text, out ImageReference? image) || image.Digest is not null)
            throw new InvalidDataException(Fault(text, image).ToString());
        string host = ImageRegistry.EcrHost(operation.Account.Id, operation.Call.Region);
        if (image.Registry is { } registry && registry.ToString() != host)
            throw new InvalidDataException(EcrMessages.OtherRegistry(registry.ToString(), host).ToString());

        string tag = image.Tag ?? ImageReference.DefaultTag;
        NotedEvents events = new(operation.Account.Events);
        operation = new(operation.Call, operation.State, operation.Account with { Events = events });
        try
        {
            RawDocument named = RawDocument.Empty.With("repositoryName", image.RepositoryName);
            if (!operation.State["repositories"].ContainsKey(image.RepositoryName))
                RepositoryOperations.Create(operation.With(named));
            RawDocument put = ImageOperations.Put(operation.With(named
                .With("imageTag", tag)
                .With("imageManifestMediaType", ManifestType)
                .With("imageManifest", Manifest(operation, $"{image.RepositoryName}:{tag}").ToString())));
            return new(image.RepositoryName, tag, put.Object("image")!.Object("imageId")!.Text("imageDigest")!) { EventId = events.Last?.Id, MatchingRules = events.Last?.Rules ?? 0 };
        }
        catch (AwsError e)
        {
            throw new InvalidDataException(e.Message, e); // A name that is too short for ECR, or an immutable tag.
        }
    }

    private static Message Fault(string? text, ImageReference? image) => text switch
    {
        null => EcrMessages.NotAnImage(),
        _ when image is not null => EcrMessages.WithDigest(text),
        _ when ImageReference.TryParse(text.ToLowerInvariant(), out _) => EcrMessages.NotLowerCase(text),
        _ => EcrMessages.InvalidImage(text),
    };

    /// <summary>The revision makes each manifest another one, as it would be after a build.</summary>
    private static RawDocument Manifest(Operation operation, string name) => RawDocument.Empty
        .With("schemaVersion", 2)
        .With("mediaType", ManifestType)
        .With("config", RawDocument.Empty.With("mediaType", ConfigType))
        .With("layers", Json.Array([]))
        .With("annotations", RawDocument.Empty
            .With("org.opencontainers.image.ref.name", name)
            .With("org.opencontainers.image.revision", operation.State.NextNumber().ToString(CultureInfo.InvariantCulture)));
}
