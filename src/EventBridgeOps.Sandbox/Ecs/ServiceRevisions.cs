using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ecs;

/// <summary>The revisions of a service: what a deployment deploys, with the digests of its images.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRevision.html</remarks>
internal static class ServiceRevisions
{
    /// <summary>
    /// A new revision of a service. A tag is resolved to its digest once, when the deployment starts, and all of its tasks have that image:
    /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html#deployment-container-image-stability.
    /// </summary>
    /// <returns>Its ARN.</returns>
    public static string Create(Operation operation, string serviceKey, RawDocument service)
    {
        string arn = operation.Arn("ecs", $"service-revision/{serviceKey}/{EcsNames.Digits(operation)}");
        operation.State["ecsServiceRevisions"][arn] = RawDocument.Empty
            .With("serviceRevisionArn", arn)
            .With(service.Only("serviceArn", "clusterArn", "taskDefinition", "capacityProviderStrategy", "launchType", "platformVersion", "loadBalancers", "serviceRegistries", "networkConfiguration"))
            .With("containerImages", Images(operation, service))
            .With("guardDutyEnabled", false)
            .With("createdAt", Json.Time(operation.Now));
        return arn;
    }

    public static IEnumerable<RawDocument> ContainerImages(Operation operation, string arn) =>
        (operation.State["ecsServiceRevisions"].Find(arn) ?? RawDocument.Empty).List("containerImages").Select(RawDocument.From);

    /// <summary>Resolves the images that were not there when the deployment started.</summary>
    public static void ResolveMissing(Operation operation, string arn, RawDocument service)
    {
        if (ContainerImages(operation, arn).Any(image => image["imageDigest"] is null))
            operation.State["ecsServiceRevisions"][arn] = operation.State["ecsServiceRevisions"][arn].With("containerImages", Images(operation, service));
    }

    public static RawDocument Describe(Operation operation)
    {
        EcsErrors.Known(operation, "serviceRevisionArns");
        List<string> wanted = operation.Input.Texts("serviceRevisionArns").ToList();
        if (wanted.Count is 0 or > 20)
            throw EcsErrors.BadParameter("Service revision ARNs must be 1 to 20.");
        Table revisions = operation.State["ecsServiceRevisions"];
        return RawDocument.Empty
            .With("serviceRevisions", wanted.Where(revisions.ContainsKey).Select(arn => revisions[arn]))
            .With("failures", wanted.Where(arn => !revisions.ContainsKey(arn)).Select(EcsNames.Missing));
    }

    private static IEnumerable<RawDocument> Images(Operation operation, RawDocument service)
    {
        RawDocument definition = TaskDefinitions.Find(operation, service.Text("taskDefinition")!) ?? RawDocument.Empty;
        foreach (RawDocument container in definition.List("containerDefinitions").Select(RawDocument.From))
        {
            string image = container.Text("image")!;
            yield return RawDocument.Empty
                .With("containerName", container.Text("name"))
                .With("imageDigest", container.Text("versionConsistency") == "disabled" ? null : ImagePull.Digest(operation, image))
                .With("image", image);
        }
    }
}
