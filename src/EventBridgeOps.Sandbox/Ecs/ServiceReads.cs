using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ecs;

/// <summary>Describes and lists services.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html</remarks>
internal static class ServiceReads
{
    private const int MostDescribed = 10;

    public static RawDocument Describe(Operation operation)
    {
        EcsErrors.Known(operation, "cluster", "services", "include");
        (string cluster, _) = ClusterOperations.Find(operation, operation.Input.Text("cluster"));
        List<string> wanted = operation.Input.Texts("services").ToList();
        if (wanted.Count == 0)
            throw EcsErrors.BadParameter("Services cannot be empty.");
        if (wanted.Count > MostDescribed)
            throw EcsErrors.BadParameter($"Services cannot be more than {MostDescribed}.");

        bool withTags = EcsTags.AreIncluded(operation);
        List<RawDocument> found = [];
        List<RawDocument> missing = [];
        foreach (string reference in wanted)
        {
            string key = ServiceOperations.KeyIn(operation, cluster, reference);
            if (operation.State["ecsServices"].Find(key) is { } service)
                found.Add(withTags ? service.With("tags", EcsTags.Of(operation, service.Text("serviceArn")!)) : service);
            else
                missing.Add(EcsNames.Missing(reference.StartsWith("arn:", StringComparison.Ordinal) ? reference : operation.Arn("ecs", "service/" + key)));
        }

        return RawDocument.Empty.With("services", found).With("failures", missing);
    }

    public static RawDocument List(Operation operation)
    {
        RawDocument input = operation.Input;
        EcsErrors.Known(operation, "cluster", "nextToken", "maxResults", "launchType", "schedulingStrategy");
        (string cluster, _) = ClusterOperations.Find(operation, input.Text("cluster"));
        Paging.Page<KeyValuePair<string, RawDocument>> page = operation.Page(
            operation.State["ecsServices"].Where(row =>
                row.Key.StartsWith(cluster + "/", StringComparison.Ordinal)
                && row.Value.Text("status") != ServiceOperations.Inactive
                && (input.Text("launchType") is not { } launch || row.Value.Text("launchType") == launch)
                && (input.Text("schedulingStrategy") is not { } strategy || row.Value.Text("schedulingStrategy") == strategy)),
            row => row.Key, input.Number("maxResults") ?? MostDescribed, input.Text("nextToken"));
        return RawDocument.Empty.With("serviceArns", page.Items.Select(row => row.Value.Text("serviceArn")!)).With("nextToken", page.NextToken);
    }
}
