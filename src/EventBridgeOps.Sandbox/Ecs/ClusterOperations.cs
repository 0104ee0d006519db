using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ecs;

/// <summary>Clusters: what services are in.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html</remarks>
internal static class ClusterOperations
{
    private const string Active = "ACTIVE";
    private const string Inactive = "INACTIVE";

    private static readonly string[] Plain = ["clusterArn", "clusterName", "status"];

    public static RawDocument Create(Operation operation)
    {
        RawDocument input = operation.Input;
        EcsErrors.Known(operation, "clusterName", "tags", "settings", "configuration", "capacityProviders", "defaultCapacityProviderStrategy");
        string name = input.Text("clusterName") ?? "default";
        if (!Regex.IsMatch(name, $@"\A{EcsNames.NamePattern}\z", RegexOptions.CultureInvariant))
            throw EcsErrors.BadParameter("Identifiers must be 255 or fewer letters (uppercase and lowercase), numbers, hyphens and underscores.");

        // The same call again answers the cluster that there is: https://docs.aws.amazon.com/cli/latest/reference/ecs/create-cluster.html.
        string arn = operation.Arn("ecs", "cluster/" + name);
        Table clusters = operation.State["ecsClusters"];
        if (clusters.Find(name)?.Text("status") != Active)
        {
            clusters[name] = RawDocument.Empty
                .With("clusterArn", arn)
                .With("clusterName", name)
                .With("status", Active)
                .With("settings", Json.Parse("""[{"name":"containerInsights","value":"disabled"}]"""))
                .With("capacityProviders", Json.Array([]))
                .With("defaultCapacityProviderStrategy", Json.Array([]))
                .With(input.Without("clusterName", "tags"));
            EcsTags.Set(operation, arn, input);
        }

        return RawDocument.Empty.With("cluster", Answer(operation, clusters[name], _ => true));
    }

    public static RawDocument Describe(Operation operation)
    {
        List<string> wanted = operation.Input.Texts("clusters").ToList();
        if (wanted.Count > 100)
            throw EcsErrors.BadParameter("Clusters can not be more than 100.");
        HashSet<string> include = [.. operation.Input.Texts("include")];
        List<RawDocument> found = [];
        List<RawDocument> missing = [];
        foreach (string reference in wanted.DefaultIfEmpty("default"))
        {
            string name = EcsNames.ClusterName(operation, reference);
            if (operation.State["ecsClusters"].Find(name) is { } cluster)
                found.Add(Answer(operation, cluster, include.Contains));
            else
                missing.Add(EcsNames.Missing(reference.StartsWith("arn:", StringComparison.Ordinal) ? reference : operation.Arn("ecs", "cluster/" + name)));
        }

        return RawDocument.Empty.With("clusters", found).With("failures", missing);
    }

    public static RawDocument List(Operation operation)
    {
        Paging.Page<KeyValuePair<string, RawDocument>> page = operation.Page(
            operation.State["ecsClusters"].Where(row => row.Value.Text("status") == Active),
            row => row.Key, operation.Input.Number("maxResults"), operation.Input.Text("nextToken"));
        return RawDocument.Empty.With("clusterArns", page.Items.Select(row => row.Value.Text("clusterArn")!)).With("nextToken", page.NextToken);
    }

    public static RawDocument Delete(Operation operation)
    {
        (string name, RawDocument cluster) = Find(operation, EcsErrors.Required(operation.Input, "cluster", "Cluster"));
        if (ServicesOf(operation, name).Any(service => service.Text("status") != Inactive))
            throw new AwsError(400, "ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active.");

        // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCluster.html: it goes to INACTIVE, and may be described for a while.
        operation.State["ecsClusters"][name] = cluster = cluster.With("status", Inactive);
        return RawDocument.Empty.With("cluster", Answer(operation, cluster, _ => true));
    }

    /// <summary>The ACTIVE cluster that a reference names.</summary>
    public static (string Name, RawDocument Cluster) Find(Operation operation, string? reference)
    {
        string name = EcsNames.ClusterName(operation, reference);
        return operation.State["ecsClusters"].Find(name) is { } cluster && cluster.Text("status") == Active ? (name, cluster) : throw EcsErrors.NoCluster();
    }

    private static IEnumerable<RawDocument> ServicesOf(Operation operation, string cluster) => operation.State["ecsServices"]
        .Where(row => row.Key.StartsWith(cluster + "/", StringComparison.Ordinal)).Select(row => row.Value);

    private static RawDocument Answer(Operation operation, RawDocument cluster, Func<string, bool> isIncluded)
    {
        string name = cluster.Text("clusterName")!;
        List<RawDocument> services = ServicesOf(operation, name).Where(service => service.Text("status") == Active).ToList();
        RawDocument answer = cluster.Only(Plain)
            .With("registeredContainerInstancesCount", 0)
            .With("runningTasksCount", services.Sum(service => service.Number("runningCount") ?? 0))
            .With("pendingTasksCount", services.Sum(service => service.Number("pendingCount") ?? 0))
            .With("activeServicesCount", services.Count)
            .With("statistics", Json.Array([]))
            .With("tags", isIncluded("TAGS") ? EcsTags.Of(operation, cluster.Text("clusterArn")!) : [])
            .With("settings", isIncluded("SETTINGS") ? cluster["settings"]!.Value : Json.Array([]))
            .With(cluster.Only("capacityProviders", "defaultCapacityProviderStrategy"));
        return isIncluded("CONFIGURATIONS") ? answer.With(cluster.Only("configuration")) : answer;
    }
}
