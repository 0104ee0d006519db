using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Images;

/// <summary>The one place that knows where a job definition's document holds images.</summary>
/// <remarks>
/// In the containers of every kind: a single container, the containers of ECS tasks, those and the init containers of EKS pods, and all of
/// these in each node range of a multi-node job. https://docs.aws.amazon.com/batch/latest/APIReference/API_RegisterJobDefinition.html.
/// </remarks>
internal static class JobDefinitionImages
{
    /// <summary>The name that AWS Batch uses for a container without a name.</summary>
    public const string UnnamedContainer = "default";

    private const string Image = "image";
    private const string FargateDefault = "X86_64";

    /// <summary>Every container that has an image, in the document's order.</summary>
    public static IEnumerable<ContainerImage> Of(JsonObject definition)
    {
        string? otherwise = Elements(definition["platformCapabilities"]).Any(capability => Document.Text(capability) == "FARGATE") ? FargateDefault : null;
        return Inside(definition, "containerProperties", "", "", otherwise)
            .Concat(Objects(definition["nodeProperties"] as JsonObject, "nodeRangeProperties")
                .SelectMany(range => Inside(range.Document, "container", "/nodeProperties" + range.Pointer, range.Document.String("targetNodes") + "/", otherwise)));
    }

    /// <summary>Sets an image that <see cref="Of"/> found in the same document.</summary>
    public static void Set(ContainerImage container, string image) => container.Holder[Image] = image;

    private static IEnumerable<ContainerImage> Inside(JsonObject document, string single, string pointer, string prefix, string? otherwise)
    {
        if (document[single] is JsonObject container)
        {
            foreach (ContainerImage image in From(container, $"{pointer}/{single}", prefix, Architecture(container) ?? otherwise))
                yield return image;
        }

        foreach ((JsonObject task, string place) in Objects(document["ecsProperties"] as JsonObject, "taskProperties"))
        {
            foreach ((JsonObject each, string at) in Objects(task, "containers"))
            {
                foreach (ContainerImage image in From(each, $"{pointer}/ecsProperties{place}{at}", prefix, Architecture(task) ?? otherwise))
                    yield return image;
            }
        }

        JsonObject? pod = (document["eksProperties"] as JsonObject)?["podProperties"] as JsonObject;
        foreach ((JsonObject each, string at) in Objects(pod, "containers").Concat(Objects(pod, "initContainers")))
        {
            foreach (ContainerImage image in From(each, $"{pointer}/eksProperties/podProperties{at}", prefix, otherwise))
                yield return image;
        }
    }

    private static IEnumerable<ContainerImage> From(JsonObject container, string pointer, string prefix, string? architecture)
    {
        if (container.String(Image) is { } image)
            yield return new ContainerImage(prefix, container.String("name") is { Length: > 0 } name ? name : UnnamedContainer, image, $"{pointer}/{Image}", architecture, container);
    }

    private static string? Architecture(JsonObject document) => (document["runtimePlatform"] as JsonObject)?.String("cpuArchitecture");

    private static IEnumerable<(JsonObject Document, string Pointer)> Objects(JsonObject? document, string field) =>
        Elements(document?[field]).Select((element, i) => (element as JsonObject, $"/{field}/{i}")).Where(element => element.Item1 is not null)!;

    private static IEnumerable<JsonNode?> Elements(JsonNode? node) => node as JsonArray ?? [];
}

/// <summary>A container and its image.</summary>
/// <param name="Prefix">The node range of a multi-node job with a slash, <c>0:3/</c>; else empty.</param>
/// <param name="Name">The container's name.</param>
/// <param name="Image">The image as written.</param>
/// <param name="Pointer">The image's place in the document, as a JSON pointer.</param>
/// <param name="Architecture"><c>X86_64</c> or <c>ARM64</c>, where the definition says; else null.</param>
/// <param name="Holder">The container's own part of the document.</param>
internal sealed record ContainerImage(string Prefix, string Name, string Image, string Pointer, string? Architecture, JsonObject Holder)
{
    /// <summary>The container, for people: <c>default</c>, <c>main</c>, <c>0:3/default</c>.</summary>
    public string Label => Prefix + Name;
}
