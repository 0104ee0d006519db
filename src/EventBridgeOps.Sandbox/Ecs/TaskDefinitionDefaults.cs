using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Ecs;

/// <summary>What ECS adds to a task definition that is registered. What it does not know of, it keeps.</summary>
internal static class TaskDefinitionDefaults
{
    private const string Capability = "com.amazonaws.ecs.capability.";

    private static readonly RawDocument Container = RawDocument.Parse(
        """{"cpu":0,"portMappings":[],"essential":true,"environment":[],"mountPoints":[],"volumesFrom":[],"systemControls":[]}""");

    public static RawDocument Complete(RawDocument input)
    {
        List<RawDocument> containers = input.List("containerDefinitions").Select(RawDocument.From).Select(container => Completed(container)).ToList();
        List<string> required = input.Texts("requiresCompatibilities").ToList();
        bool isFargate = required.Contains("FARGATE");
        string[] compatibilities = isFargate ? ["EC2", "FARGATE"] : ["EC2"];
        RawDocument complete = input
            .With("containerDefinitions", containers)
            .With("volumes", input["volumes"] ?? Json.Array([]))
            .With("placementConstraints", input["placementConstraints"] ?? Json.Array([]))
            .With("compatibilities", compatibilities)
            .With("requiresAttributes", Attributes(input, containers).Select(name => RawDocument.Empty.With("name", name)));
        return complete.With("networkMode", input.Text("networkMode") ?? (isFargate ? "awsvpc" : "bridge"));
    }

    private static RawDocument Completed(RawDocument container) =>
        Container.Members.Where(member => container[member.Key] is null).Aggregate(container, (all, member) => all.With(member.Key, member.Value));

    /// <summary>The attributes that an answer always has beside the document; a client that registers an answer again must leave them out.</summary>
    private static IEnumerable<string> Attributes(RawDocument input, IReadOnlyList<RawDocument> containers)
    {
        if (containers.Any(container => ImageReference.TryParse(container.Text("image"), out ImageReference? image) && image.Registry?.Kind == ImageRegistryKind.EcrPrivate))
            yield return Capability + "ecr-auth";
        yield return Capability + "docker-remote-api.1.18";
        if (input["taskRoleArn"] is not null)
            yield return Capability + "task-iam-role";
        if (input.Text("networkMode") == "awsvpc")
            yield return "ecs.capability.task-eni";
    }
}
