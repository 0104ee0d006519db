using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.ServiceDeployments;

/// <summary>Finds services with the fewest calls: a listing only where a name has wildcards, and ten services in one description.</summary>
internal sealed class ServiceFinder(IEcsApi ecs, ItemRetry retry, int throttleLimit)
{
    /// <summary>https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html.</summary>
    public const int PerCall = 10;

    /// <summary>The services that the names fit, ordered by cluster and name. Named ones that were not found are reported as failures.</summary>
    /// <param name="clusters">Names or ARNs, with or without wildcards; none means all.</param>
    /// <param name="services">The same for services.</param>
    /// <param name="observer">Receives failures.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public async Task<IReadOnlyList<ServiceDocument>> FindAsync(IReadOnlyList<string> clusters, IReadOnlyList<string> services, IRunObserver observer, CancellationToken cancellationToken)
    {
        IReadOnlyList<NamePattern> clusterPatterns = NamePattern.ParseAll(clusters.Select(EcsText.Name));
        Wanted[] wanted = [.. NameLists.OrAll(services).Select(service => new Wanted(EcsText.ClusterOf(service), NamePattern.Parse(EcsText.Name(service))))];
        bool isListed = clusterPatterns.Any(pattern => pattern.HasWildcard) && wanted.Any(each => each.Cluster is null);
        HashSet<string> names = [.. clusterPatterns.Where(pattern => !pattern.HasWildcard).Select(pattern => pattern.Prefix)];
        if (isListed)
            names.UnionWith((await retry.RunAsync(() => ecs.ListClustersAsync(cancellationToken).ToListAsync(cancellationToken), cancellationToken)).Select(EcsText.Name).Where(IsMeant));
        names.UnionWith(wanted.Select(each => each.Cluster).OfType<string>().Where(IsMeant));

        List<ServiceDocument> found = [];
        bool failed = false;
        await foreach (IReadOnlyList<ServiceDocument>? some in OrderedParallel.SelectAsync(
            Streams.From(names.OrderBy(name => name, StringComparer.Ordinal)), throttleLimit,
            (cluster, token) => ItemGuard.RunAsync<IReadOnlyList<ServiceDocument>>(async () => await InClusterAsync(cluster, wanted, token), cluster, observer, token),
            cancellationToken))
        {
            failed |= some is null;
            found.AddRange(some ?? []);
        }

        foreach (Wanted each in failed ? [] : wanted.Where(each => !each.Service.HasWildcard && !found.Exists(service => each.IsMatch(service.ClusterName, service.ServiceName))))
        {
            observer.Failed(new ItemFailure(
                new OpsException(ErrorIds.ResourceNotFound, ServiceDeploymentMessages.NotFound(each.Service.Prefix, each.Cluster is { } cluster ? [cluster] : NameLists.OrAll(clusters))), each.Service.Prefix));
        }

        return found;

        bool IsMeant(string cluster) => clusterPatterns.Any(pattern => pattern.IsMatch(cluster));
    }

    private async Task<IReadOnlyList<ServiceDocument>> InClusterAsync(string cluster, Wanted[] all, CancellationToken cancellationToken)
    {
        Wanted[] wanted = [.. all.Where(each => each.Cluster is null || each.Cluster == cluster)];
        List<string> names = [.. wanted.Where(each => !each.Service.HasWildcard).Select(each => each.Service.Prefix)];
        if (wanted.Any(each => each.Service.HasWildcard))
        {
            names.AddRange((await retry.RunAsync(() => ecs.ListServicesAsync(cluster, cancellationToken).ToListAsync(cancellationToken), cancellationToken))
                .Select(EcsText.Name).Where(name => wanted.Any(each => each.Service.IsMatch(name))));
        }

        names = [.. names.Distinct(StringComparer.Ordinal).OrderBy(name => name, StringComparer.Ordinal)];
        List<ServiceDocument> found = [];
        for (int first = 0; first < names.Count; first += PerCall)
            found.AddRange(await DescribeAsync(ecs, retry, cluster, names.GetRange(first, Math.Min(PerCall, names.Count - first)), cancellationToken));
        return [.. found.OrderBy(service => service.ServiceName, StringComparer.Ordinal)];
    }

    /// <summary>Up to ten services of a cluster as they are now, without those that were deleted.</summary>
    public static async Task<IReadOnlyList<ServiceDocument>> DescribeAsync(IEcsApi ecs, ItemRetry retry, string cluster, IReadOnlyList<string> services, CancellationToken cancellationToken)
    {
        IReadOnlyList<JsonObject> documents = await retry.RunAsync(() => ecs.DescribeServicesAsync(cluster, services, cancellationToken), cancellationToken);
        return Read(documents, cluster);
    }

    /// <summary>Services without those that were deleted.</summary>
    public static IReadOnlyList<ServiceDocument> Read(IEnumerable<JsonObject> documents, string cluster) =>
        [.. documents.Select(document => ServiceDocument.From(document, cluster)).OfType<ServiceDocument>().Where(service => service.IsActive)];

    /// <summary>A service that is looked for.</summary>
    private sealed record Wanted(string? Cluster, NamePattern Service)
    {
        public bool IsMatch(string cluster, string service) => (Cluster is null || Cluster == cluster) && Service.IsMatch(service);
    }
}
