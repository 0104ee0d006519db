using System.Text.Json;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ecs;

/// <summary>
/// What becomes of the deployments of a service: <c>{"service": "name or *", "image": only those with this image, "fail": tasks that fail first,
/// "reason": why they fail, "seconds": how long the deployment takes}</c>. Without one, a deployment completes soon. A rollback follows no script.
/// </summary>
internal static class ServiceScript
{
    private const string Any = "*";
    private static readonly string[] Texts = ["service", "image", "reason", "region"];
    private static readonly string[] Numbers = ["fail", "seconds"];

    /// <summary>Keeps a script, in place of one for the same service and image.</summary>
    /// <exception cref="JsonException">It is not a script.</exception>
    public static void Keep(Region state, RawDocument script)
    {
        string[] known = [.. Texts, .. Numbers];
        foreach (KeyValuePair<string, JsonElement> member in script.Members)
        {
            if (!known.Contains(member.Key))
                throw new JsonException(EcsMessages.UnknownScriptMember(member.Key, known).ToString());
            if (Texts.Contains(member.Key) && script.Text(member.Key) is null)
                throw new JsonException(EcsMessages.NotAText(member.Key).ToString());
            if (Numbers.Contains(member.Key) && script.Number(member.Key) is not (>= 0 and <= int.MaxValue))
                throw new JsonException(EcsMessages.NotANumber(member.Key).ToString());
        }

        if (script.Text("image") is { } image && !ImageReference.TryParse(image, out _))
            throw new JsonException(EcsMessages.NotAnImage(image).ToString());
        state["ecsScripts"][$"{script.Text("service") ?? Any}|{script.Text("image")}"] = script;
    }

    /// <summary>The script for a deployment: the one for its image before the one for its service before that of all.</summary>
    public static RawDocument For(Operation operation, string serviceName, IReadOnlyList<string> images) => operation.State["ecsScripts"].Values
        .Where(script => (script.Text("service") ?? Any) is var service && (service == Any || service == serviceName) && (script.Text("image") is not { } image || images.Any(run => IsOf(image, run))))
        .OrderByDescending(script => script["image"] is not null)
        .ThenByDescending(script => script.Text("service") == serviceName)
        .FirstOrDefault() ?? RawDocument.Empty;

    /// <summary>Whether an image is the one that a script names: in full, or without registry or tag.</summary>
    private static bool IsOf(string wanted, string image) =>
        ImageReference.TryParse(wanted, out ImageReference? script) && ImageReference.TryParse(image, out ImageReference? run)
        && script.RepositoryName == run.RepositoryName
        && (script.Registry is null || script.Registry.IsSame(run.EffectiveRegistry))
        && (script.Tag is null || script.Tag == (run.Tag ?? ImageReference.DefaultTag))
        && (script.Digest is null || script.Digest == run.Digest);
}
