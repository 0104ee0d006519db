using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Images;

/// <summary>What a registry holds besides images, by its media types.</summary>
/// <remarks>
/// A registry names what it holds by the media type of its configuration, or by an artifact type: https://github.com/opencontainers/image-spec/blob/main/manifest.md.
/// The types are those that the tools document: Helm, cosign, Notation, BuildKit, SOCI, ORAS and others.
/// </remarks>
internal static class ArtifactTypes
{
    private static readonly string[] Images = ["application/vnd.docker.container.image.v1+json", "application/vnd.oci.image.config.v1+json"];

    private static readonly string[] Indexes = ["application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json"];

    private static readonly string[] ImageLayers = ["application/vnd.docker.image.rootfs.", "application/vnd.oci.image.layer."];

    // By their beginnings, since most have a version at the end.
    private static readonly (string Start, Func<Message> Kind)[] Others =
    [
        ("application/vnd.cncf.helm.", ArtifactMessages.HelmChart),
        ("application/vnd.dev.cosign.", ArtifactMessages.Signature),
        ("application/vnd.dev.sigstore.", ArtifactMessages.Signature),
        ("application/vnd.cncf.notary.", ArtifactMessages.Signature),
        ("application/vnd.in-toto", ArtifactMessages.Attestation),
        ("application/vnd.dsse.", ArtifactMessages.Attestation),
        ("application/spdx", ArtifactMessages.BillOfMaterials),
        ("text/spdx", ArtifactMessages.BillOfMaterials),
        ("application/vnd.cyclonedx", ArtifactMessages.BillOfMaterials),
        ("application/vnd.syft", ArtifactMessages.BillOfMaterials),
        ("application/sarif", ArtifactMessages.ScanReport),
        ("application/vnd.buildkit.cacheconfig.", ArtifactMessages.BuildCache),
        ("application/vnd.amazon.soci.", ArtifactMessages.SociIndex),
        ("application/vnd.docker.plugin.", ArtifactMessages.Plugin),
        ("application/vnd.docker.ai.", ArtifactMessages.Model),
        ("application/vnd.cncf.model.", ArtifactMessages.Model),
        ("application/vnd.wasm.", ArtifactMessages.WebAssembly),
        ("application/vnd.module.wasm.", ArtifactMessages.WebAssembly),
        ("application/vnd.cncf.openpolicyagent.", ArtifactMessages.Policy),
        ("application/vnd.opa.", ArtifactMessages.Policy),
        ("application/vnd.cncf.flux.", ArtifactMessages.Artifact),
        ("application/vnd.docker.compose.", ArtifactMessages.Artifact),
        ("application/vnd.aquasec.", ArtifactMessages.Artifact),
        ("application/vnd.opentofu.", ArtifactMessages.Artifact),
        ("application/vnd.oci.empty.", ArtifactMessages.Artifact),
        ("application/vnd.oci.artifact.", ArtifactMessages.Artifact),
        ("application/vnd.unknown.", ArtifactMessages.Artifact),
    ];

    /// <summary>Whether it is the type of an image's configuration.</summary>
    public static bool IsImage(string type) => Images.Contains(type, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it is the type of the manifest of a multi-platform image.</summary>
    public static bool IsIndex(string? type) => Indexes.Contains(type, StringComparer.OrdinalIgnoreCase);

    /// <summary>What a type stands for that is certainly not an image; null for an image, and for what is not known.</summary>
    public static Message? Other(string? type) =>
        type is null ? null : Array.Find(Others, other => type.StartsWith(other.Start, StringComparison.OrdinalIgnoreCase)).Kind?.Invoke();

    /// <summary>What a manifest is that is certainly not an image; null for an image, and for what is not known.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="isKnown">Whether it is known to be an image where the answer is null.</param>
    public static Message? Other(JsonObject manifest, out bool isKnown)
    {
        string? type = manifest.String("artifactType") ?? (manifest["config"] as JsonObject)?.String("mediaType");
        isKnown = type is null || IsImage(type);
        if (Other(type) is { } kind)
            return kind;
        JsonObject[] manifests = [.. (manifest["manifests"] as JsonArray ?? []).OfType<JsonObject>()];
        if (manifests.Length > 0 && manifests.All(each => each.ContainsKey("artifactType") || (each["platform"] as JsonObject)?.String("architecture") == "unknown"))
            return ArtifactMessages.IndexOfOthers();
        if (manifest["subject"] is JsonObject)
            return ArtifactMessages.Attached();
        string[] layers = [.. (manifest["layers"] as JsonArray ?? []).OfType<JsonObject>().Select(layer => layer.String("mediaType")).OfType<string>().Distinct(StringComparer.Ordinal)];
        return layers.Length > 0 && !layers.Any(layer => ImageLayers.Any(start => layer.StartsWith(start, StringComparison.OrdinalIgnoreCase)))
            ? layers.Select(Other).FirstOrDefault(other => other is not null) ?? ArtifactMessages.NoImageLayers(layers)
            : null;
    }
}
