using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Images;

/// <summary>What a registry holds besides images. All are clauses: they are part of a sentence.</summary>
internal static class ArtifactMessages
{
    public static Message HelmChart() => Message.Of($"a Helm chart");

    public static Message Signature() => Message.Of($"a signature");

    public static Message Attestation() => Message.Of($"an attestation");

    public static Message BillOfMaterials() => Message.Of($"a software bill of materials (SBOM)");

    public static Message ScanReport() => Message.Of($"a scan report");

    public static Message BuildCache() => Message.Of($"a build cache");

    public static Message SociIndex() => Message.Of($"a SOCI index");

    public static Message Plugin() => Message.Of($"a Docker plugin");

    public static Message Model() => Message.Of($"an AI model");

    public static Message WebAssembly() => Message.Of($"a WebAssembly module");

    public static Message Policy() => Message.Of($"a policy");

    public static Message Artifact() => Message.Of($"an OCI artifact of another kind");

    public static Message Attached() => Message.Of($"an artifact that belongs to another image");

    public static Message IndexOfOthers() => Message.Of($"an index without an image for any platform");

    public static Message NoImageLayers(IEnumerable<string> types) => Message.Of($"an artifact with content of type {types}");

    public static Message SignatureOrAttestation() => Message.Of($"for example a signature or an attestation");
}
